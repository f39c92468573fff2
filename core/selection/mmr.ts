import { argMax } from './rank'
import { dot, type Vector } from './similarity'

/** `lambda` 0–1: 1 = relevance alone. `pool` = the only frames to pick from. `start` = frames that are chosen already. */
export type MmrParameters = { readonly lambda: number; readonly pool?: readonly number[]; readonly start?: readonly number[] }

/**
 * Maximal marginal relevance (Carbonell and Goldstein 1998): again and again the frame with the highest
 * λ s_i − (1 − λ) max_{j ∈ S} ⟨v_i, v_j⟩, the maximum over nothing being 0. Of equals the more relevant. O(n k d).
 *
 * @param lambda 0.5–0.7 is usual
 * @returns `start`, then the picked frames in the order of picking; at most k, fewer when the pool is empty
 */
export function mmr(scores: readonly number[], vectors: readonly Vector[], k: number, parameters: MmrParameters): number[] {
  const { lambda, pool, start = [] } = parameters
  const chosen: number[] = []
  const likeness = new Array<number>(scores.length).fill(0)
  const allowed = pool === undefined ? null : new Set(pool)
  const open = scores.map((_, index) => allowed?.has(index) ?? true)
  const choose = (index: number) => {
    const [vector, isFirst] = [vectors[index] ?? [], chosen.length === 0]
    for (const [other, otherVector] of vectors.entries()) {
      const cosine = dot(vector, otherVector)
      likeness[other] = isFirst ? cosine : Math.max(likeness[other] ?? 0, cosine)
    }
    open[index] = false
    chosen.push(index)
  }
  for (const index of start.slice(0, k)) choose(index)
  while (chosen.length < k) {
    const gains = scores.map((score, index) =>
      open[index] === true ? lambda * score - (1 - lambda) * (likeness[index] ?? 0) : Number.NEGATIVE_INFINITY,
    )
    const next = argMax(gains, scores)
    if (next === -1) break
    choose(next)
  }
  return chosen
}
