/** For tests in Node: the list and the files of the embedded models, as the server would give them, with what was asked for. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type ListedModel, type ModelPart, modelListSchema } from '@/core/models/model-list'
import { modelsManifestSchema } from '@/server/models/models-manifest'
import type { ModelStore } from './models'

export type TestStore = ModelStore & { readonly asked: string[] }

export async function storeForTests(folder: string): Promise<TestStore> {
  const manifest = modelsManifestSchema.parse(JSON.parse(await readFile(path.join(folder, 'models.json'), 'utf8')))
  const models = manifest.models.map(({ name, file, sha256, bytes, vocabulary, licence, source }): ListedModel => {
    const files: ModelPart[] = [{ file, sha256, bytes }, ...(vocabulary === null ? [] : [vocabulary])]
    return { name, kind: name === 'ssd-coco' ? 'detector' : 'encoder', isEmbedded: true, dtype: 'fp32', licence, source, files }
  })
  return storeOf(modelListSchema.parse({ models }).models, async ({ file }) => new Uint8Array(await readFile(path.join(folder, file))))
}

export function storeOf(models: ListedModel[], bytesOf: (part: ModelPart) => Promise<Uint8Array<ArrayBuffer>>): TestStore {
  const asked: string[] = []
  const store: TestStore = {
    asked,
    list: async () => ({ models }),
    read: async (part) => {
      asked.push(part.file)
      return bytesOf(part)
    },
    weights: async (model, options) => {
      const part = model.files.find(({ file }) => file.endsWith('.onnx')) ?? { file: '', sha256: '', bytes: 0 }
      return { name: model.name, dtype: model.dtype, sha256: part.sha256, content: await store.read(part, options) }
    },
  }
  return store
}

/** A model as the list names it, from its bytes. */
export function listed(kind: ListedModel['kind'], files: Readonly<Record<string, Uint8Array>>): ListedModel {
  const parts = Object.entries(files).map(([file, content]) => {
    return { file, sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length }
  })
  return { name: `test/${kind}`, kind, isEmbedded: true, dtype: 'fp32', licence: null, source: 'made by a test', files: parts }
}
