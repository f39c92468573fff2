/** Event-anchored selection, after EFS (arXiv 2603.00983): one frame for each thing that happens, then the most telling of them. */
import { mmr } from './mmr'
import { argMax } from './rank'
import { deviationOf, dot, meanOf, type Vector } from './similarity'

/** Neighbours whose likeness differs by less than this do not show a change, only rounding. */
const STILL = 1e-6

/** Frames `start` to `end` − 1. */
export type Event = { readonly start: number; readonly end: number }

/**
 * Cuts a video where its embedding jumps: before frame i when c_i = ⟨v_{i−1}, v_i⟩ < mean(c) − spread · deviation(c). O(n d).
 *
 * @param spread how far below the usual likeness of neighbours a cut lies, in standard deviations
 * @returns events in time order that together hold every frame once; none for no frames
 */
export function eventsOf(vectors: readonly Vector[], spread: number): Event[] {
  if (vectors.length === 0) return []
  const likeness = vectors.slice(1).map((vector, at) => dot(vectors[at] ?? [], vector))
  const deviation = deviationOf(likeness)
  const limit = deviation > STILL ? meanOf(likeness) - spread * deviation : Number.NEGATIVE_INFINITY
  const starts = [0, ...likeness.flatMap((value, at) => (value < limit ? [at + 1] : []))]
  return starts.map((start, at) => ({ start, end: starts[at + 1] ?? vectors.length }))
}

/** The most relevant frame of an event; of equals the one nearest to its middle. */
function anchorOf({ start, end }: Event, scores: readonly number[]): number {
  const part = scores.slice(start, end)
  return (
    start +
    argMax(
      part,
      part.map((_, at) => -Math.abs(at - (part.length - 1) / 2)),
    )
  )
}

/**
 * Events by embedding change, the most relevant frame of each as its anchor, MMR among the anchors. When there are fewer events than
 * frames wanted, MMR goes on over all frames, with the anchors chosen already. O(n k d).
 *
 * @param parameters `lambda` as in `mmr`; `spread` as in `eventsOf`
 * @returns min(k, n) distinct indices in the order of picking
 */
export function eventAnchored(
  scores: readonly number[],
  vectors: readonly Vector[],
  k: number,
  { lambda, spread }: { readonly lambda: number; readonly spread: number },
): number[] {
  const anchors = eventsOf(vectors, spread).map((event) => anchorOf(event, scores))
  const start = mmr(scores, vectors, k, { lambda, pool: anchors })
  return mmr(scores, vectors, k, { lambda, start })
}
