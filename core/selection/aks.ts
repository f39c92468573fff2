/** AKS, adaptive keyframe sampling (CVPR 2025): relevance inside a part of the video against coverage of its parts. */
import { bestFirst, fillUp } from './rank'
import { meanOf, normalised } from './similarity'
import { uniform } from './uniform'

/** A part of the video, frames `start` to `end` − 1, after `depth` halvings. */
type Segment = { readonly start: number; readonly end: number; readonly depth: number }

/** `threshold` = t1; `maxDepth` = most halvings. */
export type AksParameters = { readonly threshold: number; readonly maxDepth: number }

function leavesOf(relative: readonly number[], k: number, { threshold, maxDepth }: AksParameters): Segment[] {
  const split = (segment: Segment): Segment[] => {
    const { start, end, depth } = segment
    const part = relative.slice(start, end)
    const top = bestFirst(part).slice(0, k)
    const lead = meanOf(top.map((at) => part[at] ?? 0)) - meanOf(part)
    if (lead > threshold || depth >= maxDepth || part.length < 2) return [segment]
    const middle = start + Math.floor(part.length / 2)
    return [...split({ start, end: middle, depth: depth + 1 }), ...split({ start: middle, end, depth: depth + 1 })]
  }
  return split({ start: 0, end: relative.length, depth: 0 })
}

/**
 * Recursive halving: a segment is a leaf when mean(top-k ŝ) − mean(ŝ) > t1, or at the greatest depth; else both halves are looked
 * at. A leaf of depth d gives its ⌊k / 2^d⌋ best frames. The original's second threshold (deviation above −100) always holds and
 * is left out. Two repairs for small budgets: the depth is capped at ⌊log2 k⌋, because deeper leaves would give no frame, and what
 * the rounding loses is filled up with the best of the rest. All equal → uniform. O(n log n · depth).
 *
 * @returns min(k, n) distinct indices, those of the leaves first
 */
export function aks(scores: readonly number[], k: number, parameters: AksParameters): number[] {
  const relative = normalised(scores)
  if (relative === null) return uniform(scores.length, k)
  const maxDepth = Math.min(parameters.maxDepth, Math.floor(Math.log2(k)))
  const picked = leavesOf(relative, k, { ...parameters, maxDepth }).flatMap(({ start, end, depth }) => {
    const best = bestFirst(relative.slice(start, end))
    return best.slice(0, Math.floor(k / 2 ** depth)).map((at) => start + at)
  })
  return fillUp(picked, scores, k)
}
