/**
 * What the embedded sentence encoder (Universal Sentence Encoder lite) takes and gives: texts as a sparse matrix of pieces on the way
 * in, one vector a text on the way out. Pure, so that worker and browser feed the graph with the same numbers.
 */
import { z } from 'zod'
import { AppError } from '../errors'
import { floatsOf, type TensorInputs, type TensorOutputs } from './tensors'
import type { UnigramTokenizer, VocabularyEntry } from './unigram-tokenizer'

/** Numbers of a vector. */
export const ENCODER_DIMENSIONS = 512
/** Texts at a time: padding costs more than it saves beyond this. */
export const ENCODER_BATCH = 32
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

/** One batch of texts: for each piece `indices` (text, place in it) and its number in `values`. */
export function encoderFeed(tokenizer: UnigramTokenizer, texts: readonly string[]): TensorInputs {
  // A text without a single piece would leave its row out of the matrix; a blank has one.
  return piecesFeed(texts.map((text) => tokenizer.encode(text === '' ? ' ' : text)))
}

/** The same from numbers of pieces, one list a text. */
export function piecesFeed(texts: readonly (readonly number[])[]): TensorInputs {
  const places = texts.flatMap((ids, row) => ids.flatMap((_, place) => [BigInt(row), BigInt(place)]))
  const values = BigInt64Array.from(texts.flat(), BigInt)
  return {
    indices: { type: 'int64', data: BigInt64Array.from(places), dims: [values.length, 2] },
    values: { type: 'int64', data: values, dims: [values.length] },
  }
}

/** One vector of 512 numbers for each of `count` texts. @throws AppError model_bad_answer for other outputs, or NaN in them */
export function encoderRows(outputs: TensorOutputs, count: number): Float32Array[] {
  const embedding = floatsOf(outputs, 'embedding')
  if (embedding.length !== count * ENCODER_DIMENSIONS || !embedding.every(Number.isFinite)) {
    throw new AppError('model_bad_answer', 'The sentence encoder did not give one vector for each text.', { texts: count })
  }
  return Array.from({ length: count }, (_, row) => embedding.slice(row * ENCODER_DIMENSIONS, (row + 1) * ENCODER_DIMENSIONS))
}
