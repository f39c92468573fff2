/** A determinantal point process over frames: the chosen ones shall be relevant and span a large volume. */
import { argMax, fillUp } from './rank'
import { dot, meanOf, normalised, type Vector } from './similarity'

/** What is left of a frame beside the chosen ones; below this it shows nothing new (float32 rounding of two equal pictures). */
const NOTHING_NEW = 1e-6

/** `beta` weighs relevance; `gate` = how far the best frame must stand out for it to count at all. */
export type DppParameters = { readonly beta: number; readonly gate: number }

/** β, or 0 when no frame stands out: then the question tells nothing about this video and diversity alone decides (AdaRD-Key). */
function gatedBeta(scores: readonly number[], { beta, gate }: DppParameters): number {
  let max = Number.NEGATIVE_INFINITY
  for (const score of scores) max = Math.max(max, score)
  return max - meanOf(scores) < gate ? 0 : beta
}

/**
 * Greedy MAP of the DPP with kernel L_ij = r_i r_j ⟨v_i, v_j⟩, r = exp(β ŝ): again and again the frame that makes det(L_S) largest.
 * Because det(L_S) = Π r_i² · det(⟨v_i, v_j⟩), that frame has the largest 2 β ŝ_i + ln e_i, where e_i is what remains of v_i after
 * projection on the chosen vectors; e is kept up by one Cholesky row a pick (Chen, Zhang and Zhou 2018). O(n k² + n k d).
 *
 * When nothing new is left (e < 10⁻⁶: duplicates, or more frames than dimensions) the most relevant of the rest fill up.
 *
 * @param parameters `beta` ≥ 0, weight of relevance; `gate`: with max(s) − mean(s) below it β counts as 0
 * @returns min(k, n) distinct indices in the order of picking
 */
export function dpp(scores: readonly number[], vectors: readonly Vector[], k: number, parameters: DppParameters): number[] {
  const relative = normalised(scores) ?? scores.map(() => 0)
  const beta = gatedBeta(scores, parameters)
  const left = new Float64Array(scores.length).fill(1)
  const rows: Float64Array[] = []
  const chosen: number[] = []
  while (chosen.length < Math.min(k, scores.length)) {
    const volumes = relative.map((value, index) => {
      const rest = left[index] ?? 0
      return rest > NOTHING_NEW ? 2 * beta * value + Math.log(rest) : Number.NEGATIVE_INFINITY
    })
    const next = argMax(volumes, scores)
    if (next === -1) break
    rows.push(choleskyRow(vectors, rows, next, left))
    chosen.push(next)
  }
  return fillUp(chosen, scores, k)
}

/** The next row c_i = (⟨v_i, v_next⟩ − Σ c_i c_next) / √e_next; takes its square off what is left of each frame. */
function choleskyRow(vectors: readonly Vector[], rows: readonly Float64Array[], next: number, left: Float64Array): Float64Array {
  const [pivot, root] = [vectors[next] ?? [], Math.sqrt(left[next] ?? 1)]
  const row = Float64Array.from(vectors, (vector, index) => {
    const known = rows.reduce((sum, each) => sum + (each[index] ?? 0) * (each[next] ?? 0), 0)
    return (dot(vector, pivot) - known) / root
  })
  for (const [index, value] of row.entries()) left[index] = (left[index] ?? 0) - value ** 2
  left[next] = 0
  return row
}
