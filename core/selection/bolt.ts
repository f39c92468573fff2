/** BOLT (CVPR 2025): frames by inverse transform sampling of the relevance. */
import { fillUp } from './rank'
import { normalised } from './similarity'
import { uniform } from './uniform'

/** numpy's linspace(1/k, 1 − 1/k, k). With k = 1 that would be 1, the end of the video; the median is meant. */
function levels(k: number): number[] {
  if (k === 1) return [0.5]
  const step = (1 - 1 / k - 1 / k) / (k - 1)
  return Array.from({ length: k }, (_, at) => 1 / k + at * step)
}

/** The first index with cdf[index] ≥ level (numpy's searchsorted, left), by halving. */
function firstAtLeast(cdf: Float64Array, level: number): number {
  let [low, high] = [0, cdf.length - 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((cdf[middle] ?? 1) >= level) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * p_i ∝ ŝ_i^α, cdf = cumulative sum of p, u = linspace(1/k, 1 − 1/k, k), pick the first frame whose cdf reaches each u.
 * Deterministic. The original may name a frame twice (with k = 2 both u are ½); here each counts once and the best of the
 * rest fill up. All equal → uniform. O(n + k log n + n k).
 *
 * @param alpha how sharply relevance is preferred: 0 = not at all, 3 for VideoMME and MLVU, 2.5 for LongVideoBench
 * @returns min(k, n) distinct indices, the sampled ones first, in time order
 */
export function bolt(scores: readonly number[], k: number, alpha: number): number[] {
  const relative = normalised(scores)
  if (relative === null) return uniform(scores.length, k)
  const weights = relative.map((value) => value ** alpha)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const cdf = new Float64Array(weights.length)
  let sum = 0
  for (const [index, weight] of weights.entries()) {
    sum += weight / total
    cdf[index] = sum
  }
  return fillUp(
    levels(k).map((level) => firstAtLeast(cdf, level)),
    scores,
    k,
  )
}
