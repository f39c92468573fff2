/** How good a choice of frames is, measured against the core frames that people settled on. */
import { AppError } from '../errors'
import { meanOf } from './similarity'

/** Frames exactly δ apart match, although their difference may come out a little above it. */
const SLACK_SEC = 1e-9

/** Frames matched one to one, and the shares 0–1 made of them. */
export type FrameMatch = { readonly matched: number; readonly precision: number; readonly recall: number; readonly f1: number }

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)

/**
 * Greatest number of pairs (s, g) with |s − g| ≤ δ in which no frame is used twice. On a line with equal tolerance, going through
 * both lists in time order and pairing what can be paired is optimal. O(n log n).
 */
function countPairs(selected: readonly number[], reference: readonly number[], deltaSec: number): number {
  const [left, right] = [ascending(selected), ascending(reference)]
  let [at, other, pairs] = [0, 0, 0]
  while (at < left.length && other < right.length) {
    const difference = (left[at] ?? 0) - (right[other] ?? 0)
    const isPair = Math.abs(difference) <= deltaSec + SLACK_SEC
    if (isPair) pairs += 1
    if (isPair || difference < 0) at += 1
    if (isPair || difference > 0) other += 1
  }
  return pairs
}

/**
 * Precision TP / |S|, recall TP / |G| and F1 = 2 TP / (|S| + |G|) with a one-to-one match within ±δ (LV-Haystack's temporal match).
 * A share of nothing is 0.
 *
 * @param selected  times of the chosen frames S in seconds, any order
 * @param reference times of the reviewed core frames G in seconds
 * @param deltaSec  δ in seconds, 1 or 2 in reports
 */
export function matchFrames(selected: readonly number[], reference: readonly number[], deltaSec: number): FrameMatch {
  const matched = countPairs(selected, reference, deltaSec)
  const share = (whole: number) => (whole === 0 ? 0 : matched / whole)
  const [precision, recall] = [share(selected.length), share(reference.length)]
  return { matched, precision, recall, f1: share((selected.length + reference.length) / 2) }
}

/**
 * mean over s ∈ S of exp(−Δ² / 2σ²), Δ = distance of s to the nearest reference frame (Open-o3 Video). 0 to 1; 0 when a side is
 * empty. O(|S| · |G|).
 *
 * @param sigmaSec σ in seconds, above 0; 1 in Open-o3 Video
 */
export function temporalProximity(selected: readonly number[], reference: readonly number[], sigmaSec = 1): number {
  if (!(sigmaSec > 0)) throw new AppError('invalid_input', `Sigma is a number of seconds above 0, not ${sigmaSec}.`, { sigmaSec })
  if (reference.length === 0) return 0
  return meanOf(
    selected.map((time) => {
      const distance = reference.reduce((least, other) => Math.min(least, Math.abs(time - other)), Number.POSITIVE_INFINITY)
      return Math.exp(-(distance ** 2) / (2 * sigmaSec ** 2))
    }),
  )
}

/**
 * Share of the candidate frames that need not be shown: 1 − |S| / N.
 *
 * @throws AppError `invalid_input` when there were no candidates, or fewer than were chosen
 */
export function reductionOf(selected: number, candidates: number): number {
  if (!(candidates > 0) || selected > candidates)
    throw new AppError('invalid_input', `${selected} frames cannot have been chosen out of ${candidates}.`, { selected, candidates })
  return 1 - selected / candidates
}

/** How many frames samples got. */
export type FrameCounts = {
  readonly mean: number
  readonly median: number
  /** How many samples got that many frames, from the fewest frames to the most. */
  readonly histogram: readonly { readonly frames: number; readonly samples: number }[]
}

/** Mean, median and histogram of |S| over samples (the paper reports a mean of 2.36). All 0 for no samples. O(n log n). */
export function frameCounts(sizes: readonly number[]): FrameCounts {
  const sorted = ascending(sizes)
  const middle = sorted.length / 2
  const median = meanOf(sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1))
  const samples = new Map<number, number>()
  for (const size of sorted) samples.set(size, (samples.get(size) ?? 0) + 1)
  return { mean: meanOf(sizes), median, histogram: [...samples].map(([frames, count]) => ({ frames, samples: count })) }
}
