/** Asking the embedder and checking what it gives. */
import { vectorProblem } from '@/core/models/vectors'
import type { Embedder } from '../models/roles'
import { badAnswer } from './bad-answer'

/** One unit vector for each text, in their order; no texts are not asked for. Throws AppError model_bad_answer. */
export async function embedAll(embedder: Embedder, texts: readonly string[]): Promise<Float32Array[]> {
  if (texts.length === 0) return []
  const vectors = await embedder.embed(texts)
  const problem = vectorProblem(vectors, texts.length, embedder.dimensions)
  if (problem !== null) throw badAnswer('embedder', problem)
  return vectors
}

/** The same by text. */
export async function vectorsOf(embedder: Embedder, texts: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
  const vectors = await embedAll(embedder, texts)
  return new Map(texts.map((text, at) => [text, vectors[at] ?? new Float32Array()]))
}
