/** Vectors of texts: what an embedder hands over, checked, and how alike two of them are. */
import { AppError } from '../errors'

/** A vector may be off unit length by this much: a float32 row of 1,024 numbers is rounded that far. */
const UNIT_TOLERANCE = 1e-3

/**
 * Cosine of two unit vectors, −1 to 1: S of the paper's semantic redundancy removal and temporal grounding.
 *
 * @throws AppError `invalid_input` when they are not equally long
 */
export function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length)
    throw new AppError('invalid_input', `Vectors of ${a.length} and ${b.length} numbers cannot be compared.`, { a: a.length, b: b.length })
  let sum = 0
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0)
  return Math.min(1, Math.max(-1, sum))
}

/** What is wrong with the vectors an embedder gave for `count` texts, as one sentence; null = nothing. */
export function vectorProblem(vectors: readonly Float32Array[], count: number, dimensions: number): string | null {
  if (vectors.length !== count) return `${count} texts were to be embedded, ${vectors.length} vectors came back.`
  for (const [position, vector] of vectors.entries()) {
    if (vector.length !== dimensions) return `Vector ${position + 1} has ${vector.length} numbers, not ${dimensions}.`
    const length = Math.hypot(...vector)
    // Written so that NaN is refused too.
    if (!(Math.abs(length - 1) <= UNIT_TOLERANCE)) return `Vector ${position + 1} is not of unit length.`
  }
  return null
}
