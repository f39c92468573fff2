/** Vectors of frames, captions and questions, and the scores that every method starts from. */

/** A unit vector as a model or a JSON file gives it. */
export type Vector = ArrayLike<number>

/** Scores closer together than this say nothing: two equal pictures come out of a float32 model this far apart. */
const FLAT = 1e-6

/** ⟨a, b⟩, the cosine of two unit vectors, unitless, −1 to 1. They must be equally long (`checkInput`). O(d). */
export function dot(a: Vector, b: Vector): number {
  // Four sums side by side: one alone waits for itself at every step, which makes 256 × 256 vectors of 1281 numbers four times slower.
  let [first, second, third, fourth] = [0, 0, 0, 0]
  const even = a.length - (a.length % 4)
  for (let at = 0; at < even; at += 4) {
    first += (a[at] ?? 0) * (b[at] ?? 0)
    second += (a[at + 1] ?? 0) * (b[at + 1] ?? 0)
    third += (a[at + 2] ?? 0) * (b[at + 2] ?? 0)
    fourth += (a[at + 3] ?? 0) * (b[at + 3] ?? 0)
  }
  for (let at = even; at < a.length; at += 1) first += (a[at] ?? 0) * (b[at] ?? 0)
  return first + second + (third + fourth)
}

/**
 * Min-max normalisation ŝ = (s − min) / (max − min), 0 to 1.
 *
 * @returns null when all scores are equal: there is nothing to rank by, and a method falls back to uniform
 */
export function normalised(scores: readonly number[]): number[] | null {
  // A loop, because Math.min(...list) fails for very long lists.
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const score of scores) {
    min = Math.min(min, score)
    max = Math.max(max, score)
  }
  const range = max - min
  return range > FLAT ? scores.map((score) => (score - min) / range) : null
}

/** The mean of numbers; 0 of none. */
export const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

/** Population standard deviation √(Σ(x − μ)²/n); 0 of none. */
export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)))
}
