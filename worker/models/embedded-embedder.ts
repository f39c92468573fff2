/** Sentence embeddings on this machine: Universal Sentence Encoder lite, 512 numbers a text. English. */
import { z } from 'zod'
import { AppError } from '@/core/errors'
import { type UnigramTokenizer, unigramTokenizer, type VocabularyEntry } from '@/core/pipeline/unigram-tokenizer'
import { embeddedFolder, embeddedModel } from './embedded-folder'
import { floatsOf, type OnnxModel, openOnnxModel } from './onnx-runtime'
import { type ModelFile, readVerified } from './read-verified'
import type { Embedder } from './roles'

const DIMENSIONS = 512
/** Texts at a time: padding costs more than it saves beyond this. */
const BATCH = 32
/** Some pieces (`:`, `://`) have null for a score; the original counts it as 0, and so the numbers come out the same. */
const scoreSchema = z
  .number()
  .nullable()
  .transform((score) => score ?? 0)
const vocabularySchema = z.array(z.tuple([z.string(), scoreSchema])).min(100)

/** The pieces in the order of their numbers; null when the text is no vocabulary. */
export function readVocabulary(text: string): VocabularyEntry[] | null {
  try {
    return vocabularySchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** @throws AppError missing_file, bad_file, model_unavailable */
export async function embeddedEmbedder(folder = embeddedFolder()): Promise<Embedder> {
  const { entry, model: file, vocabulary } = await embeddedModel('use-lite', folder)
  if (vocabulary === null) throw new AppError('bad_file', `The sentence encoder has no vocabulary. ${file.remedy}`)
  const [model, tokenizer] = await Promise.all([openOnnxModel(file), openTokenizer(vocabulary)])
  return {
    identity: { kind: 'model', provider: 'embedded', model: entry.name, version: entry.version },
    dimensions: DIMENSIONS,
    async embed(texts) {
      const vectors: Float32Array[] = []
      for (let from = 0; from < texts.length; from += BATCH)
        vectors.push(...(await embedBatch(model, tokenizer, texts.slice(from, from + BATCH))))
      return vectors
    },
  }
}

async function openTokenizer(file: ModelFile): Promise<UnigramTokenizer> {
  const vocabulary = readVocabulary((await readVerified(file)).toString('utf8'))
  if (vocabulary === null) throw new AppError('bad_file', `The vocabulary of the sentence encoder cannot be read. ${file.remedy}`)
  return unigramTokenizer(vocabulary)
}

/** The model takes a sparse matrix: for each piece (text, place in it) and its number. */
async function embedBatch(model: OnnxModel, tokenizer: UnigramTokenizer, texts: readonly string[]): Promise<Float32Array[]> {
  const places: bigint[] = []
  const values: bigint[] = []
  texts.forEach((text, row) => {
    // A text without a single piece would leave its row out of the matrix; a blank has one.
    tokenizer.encode(text === '' ? ' ' : text).forEach((id, place) => {
      places.push(BigInt(row), BigInt(place))
      values.push(BigInt(id))
    })
  })
  const outputs = await model.run({
    indices: { type: 'int64', data: BigInt64Array.from(places), dims: [values.length, 2] },
    values: { type: 'int64', data: BigInt64Array.from(values), dims: [values.length] },
  })
  const embedding = floatsOf(outputs, 'embedding')
  if (embedding.length !== texts.length * DIMENSIONS || !embedding.every(Number.isFinite)) {
    throw new AppError('model_bad_answer', 'The sentence encoder did not give one vector for each text.', { texts: texts.length })
  }
  return texts.map((_, row) => embedding.slice(row * DIMENSIONS, (row + 1) * DIMENSIONS))
}
