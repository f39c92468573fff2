import { bestFirst } from './rank'
import { normalised } from './similarity'
import { uniform } from './uniform'

/**
 * Top-k, the other baseline: the k frames of the highest relevance s_i = ⟨v_i, q⟩. It likes neighbours that show the same.
 * All equal → uniform. O(n log n).
 *
 * @returns min(k, n) distinct indices, best first
 */
export function topK(scores: readonly number[], k: number): number[] {
  if (normalised(scores) === null) return uniform(scores.length, k)
  return bestFirst(scores).slice(0, k)
}
