/** Embeddings by a registered model (BGE-M3 class), at unit length. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '@/core/errors'
import { cannotOpen, cannotRun, openRegistered } from './open-registered'
import type { Embedder } from './roles'

const BATCH = 16
/** How sentence-transformers says that the first token stands for the text. */
const poolingSchema = z.looseObject({ pooling_mode_cls_token: z.boolean().optional(), pooling_mode_mean_tokens: z.boolean().optional() })

/** @throws AppError missing_file, bad_file */
export async function registeredEmbedder(name: string, root?: string): Promise<Embedder> {
  const model = await openRegistered(name, root)
  const extract = await model.transformers.pipeline('feature-extraction', name, model.options).catch(cannotOpen(name, 'embeddings'))
  const pooling = await poolingOf(model.folder, name)
  const embedBatch = async (texts: readonly string[]): Promise<Float32Array[]> => {
    const output = await extract([...texts], { pooling, normalize: true }).catch(cannotRun(name))
    const [rows, width] = output.dims
    const { data } = output
    if (!(data instanceof Float32Array) || rows !== texts.length || width === undefined || !data.every(Number.isFinite)) {
      throw new AppError('model_bad_answer', `The model ${name} did not give one vector for each text.`, { name })
    }
    return texts.map((_, row) => data.slice(row * width, (row + 1) * width))
  }
  const [probe] = await embedBatch(['frame'])
  return {
    identity: model.identity,
    dimensions: probe?.length ?? 0,
    async embed(texts) {
      const vectors: Float32Array[] = []
      for (let from = 0; from < texts.length; from += BATCH) vectors.push(...(await embedBatch(texts.slice(from, from + BATCH))))
      return vectors
    },
  }
}

async function poolingOf(folder: string, name: string): Promise<'cls' | 'mean'> {
  const text = await readFile(path.join(folder, '1_Pooling', 'config.json'), 'utf8').catch(() => null)
  if (text === null) return /bge/i.test(name) ? 'cls' : 'mean'
  return poolingSchema.safeParse(JSON.parse(text)).data?.pooling_mode_cls_token === true ? 'cls' : 'mean'
}
