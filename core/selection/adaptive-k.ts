/** Adaptive k: as many frames as the question needs. VideoEspresso's selector takes 2.36 on average. */
import { argMax, bestFirst } from './rank'
import { dot, normalised, type Vector } from './similarity'

/** Frames that are weighed against each other: coverage compares each with each. The most relevant ones are taken. */
const MOST_WEIGHED = 256

/** `most` = upper limit of k; `rho` = ρ, least relevance as a share of the best; `epsilon` = ε, coverage a further frame must add. */
export type AdaptiveParameters = { readonly most: number; readonly rho: number; readonly epsilon: number }

type Weighed = { readonly index: number; readonly weight: number }

/** E: frames with ŝ ≥ ρ, most relevant first. Where relevance tells nothing, every frame counts the same. */
function weighed(scores: readonly number[], rho: number): Weighed[] {
  const relative = normalised(scores)
  const all = scores.map((_, index) => ({ index, weight: relative?.[index] ?? 1 })).filter(({ weight }) => weight >= rho && weight > 0)
  if (all.length <= MOST_WEIGHED) return all
  if (relative === null) return all.filter((_, at) => at % Math.ceil(all.length / MOST_WEIGHED) === 0)
  return bestFirst(all.map(({ weight }) => weight))
    .slice(0, MOST_WEIGHED)
    .flatMap((at) => all[at] ?? [])
}

/** max(0, ⟨v_i, v_j⟩) of each with each; each pair is compared once. */
function likenessOf(vectors: readonly Vector[]): readonly Float64Array[] {
  const rows: Float64Array[] = []
  for (const [at, vector] of vectors.entries()) {
    const likenessTo = (other: Vector, place: number) => (place < at ? (rows[place]?.[at] ?? 0) : Math.max(0, dot(vector, other)))
    rows.push(Float64Array.from(vectors, likenessTo))
  }
  return rows
}

/**
 * Coverage of the relevant frames E = {i : ŝ_i ≥ ρ · max ŝ} by a choice S:
 * C(S) = Σ_{i ∈ E} ŝ_i max_{j ∈ S} max(0, ⟨v_i, v_j⟩) / Σ_{i ∈ E} ŝ_i, 0 to 1. The first frame is the most relevant one; then
 * again and again the frame that adds most to C, until the gain is ≤ ε or `most` frames are chosen (ours; facility location is
 * submodular, so gains only fall and greedy is within 1 − 1/e of the best). All equally relevant → coverage alone decides.
 * At most 256 frames are weighed. O(m² d + m² k), m = min(|E|, 256).
 *
 * @returns 1 to `most` distinct indices in the order of picking
 */
export function adaptiveK(scores: readonly number[], vectors: readonly Vector[], { most, rho, epsilon }: AdaptiveParameters): number[] {
  const frames = weighed(scores, rho)
  const weights = frames.map(({ weight }) => weight)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const likeness = likenessOf(frames.map(({ index }) => vectors[index] ?? []))
  const covered = new Float64Array(frames.length)
  const gains = () =>
    likeness.map((row) => row.reduce((sum, value, at) => sum + (weights[at] ?? 0) * Math.max(0, value - (covered[at] ?? 0)), 0) / total)
  const chosen: number[] = []
  while (chosen.length < Math.min(most, frames.length)) {
    const added = gains()
    const next = chosen.length === 0 ? argMax(weights, added) : argMax(added, weights)
    if (chosen.length > 0 && (added[next] ?? 0) <= epsilon) break
    for (const [at, value] of (likeness[next] ?? []).entries()) covered[at] = Math.max(covered[at] ?? 0, value)
    chosen.push(frames[next]?.index ?? 0)
  }
  return chosen
}

/**
 * What each frame of a choice adds to C(S), S = the ones before it. Says how much of the relevant frames a choice stands for,
 * whoever chose it. O(m k d).
 *
 * @param order indices in the order in which they are added
 * @returns one gain a frame, 0 to 1, in that order; their sum is C of the whole choice
 */
export function coverageGains(scores: readonly number[], vectors: readonly Vector[], order: readonly number[], rho: number): number[] {
  const frames = weighed(scores, rho)
  const total = frames.reduce((sum, { weight }) => sum + weight, 0)
  const covered = new Float64Array(frames.length)
  return order.map((index) => {
    let gain = 0
    for (const [at, { index: other, weight }] of frames.entries()) {
      const more = dot(vectors[other] ?? [], vectors[index] ?? []) - (covered[at] ?? 0)
      if (more <= 0) continue
      gain += (weight * more) / total
      covered[at] = (covered[at] ?? 0) + more
    }
    return gain
  })
}
