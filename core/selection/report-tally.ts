/** Sums of a selector report. Those of two videos add up, so that no more than one video's rows are ever in memory. */
import { matchFrames, reductionOf, temporalProximity } from './metrics'
import type { MethodRow, SampleRow, VideoRows } from './report-row'
import { SELECTION_METHODS, type SelectionMethod } from './selection-options'

/** Tolerances δ in seconds at which frames match. */
export const DELTAS = [1, 2] as const
export type Delta = (typeof DELTAS)[number]

/**
 * Frames matched within ±δ, and what the interval of F1 = Σa / Σb needs: sums over videos of a², ab and b², a = 2 · matched and
 * b = chosen + reviewed frames of one video. Samples of one video are not independent of each other; videos are.
 */
export type MatchTally = { readonly matched: number; readonly aa: number; readonly ab: number; readonly bb: number }

/** Sums over samples. `frames` = chosen, `reviewed` = core frames; `sizes` = how many samples got that many frames. */
export type Tally = {
  readonly videos: number
  readonly samples: number
  readonly frames: number
  readonly reviewed: number
  readonly candidates: number
  readonly lookedAt: number
  readonly reduction: number
  readonly proximity: number
  readonly ms: number
  readonly flops: number
  readonly sizes: ReadonlyMap<number, number>
  readonly at: Readonly<Record<Delta, MatchTally>>
}

const NO_MATCH: MatchTally = { matched: 0, aa: 0, ab: 0, bb: 0 }
/** Nothing counted yet: adding it changes nothing. */
export const NO_TALLY: Tally = {
  videos: 0,
  samples: 0,
  frames: 0,
  reviewed: 0,
  candidates: 0,
  lookedAt: 0,
  reduction: 0,
  proximity: 0,
  ms: 0,
  flops: 0,
  sizes: new Map(),
  at: { 1: NO_MATCH, 2: NO_MATCH },
}

const addMatches = (a: MatchTally, b: MatchTally): MatchTally => ({
  matched: a.matched + b.matched,
  aa: a.aa + b.aa,
  ab: a.ab + b.ab,
  bb: a.bb + b.bb,
})

function addSizes(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const sum = new Map(a)
  for (const [frames, samples] of b) sum.set(frames, (sum.get(frames) ?? 0) + samples)
  return sum
}

/** The sums over both. Of whole videos only: two parts of one video would count as two in the interval. */
export function addTallies(a: Tally, b: Tally): Tally {
  return {
    videos: a.videos + b.videos,
    samples: a.samples + b.samples,
    frames: a.frames + b.frames,
    reviewed: a.reviewed + b.reviewed,
    candidates: a.candidates + b.candidates,
    lookedAt: a.lookedAt + b.lookedAt,
    reduction: a.reduction + b.reduction,
    proximity: a.proximity + b.proximity,
    ms: a.ms + b.ms,
    flops: a.flops + b.flops,
    sizes: addSizes(a.sizes, b.sizes),
    at: { 1: addMatches(a.at[1], b.at[1]), 2: addMatches(a.at[2], b.at[2]) },
  }
}

type Chosen = { readonly sample: SampleRow; readonly row: MethodRow }

/** Sums of one method over samples of one video. */
function tallyOf(chosen: readonly Chosen[], candidates: number): Tally {
  const sum = (of: (one: Chosen) => number) => chosen.reduce((total, one) => total + of(one), 0)
  const frames = sum(({ row }) => row.timeSec.length)
  const reviewed = sum(({ sample }) => sample.reviewed.length)
  const matches = (delta: Delta): MatchTally => {
    const matched = sum(({ sample, row }) => matchFrames(row.timeSec, sample.reviewed, delta).matched)
    const [a, b] = [2 * matched, frames + reviewed]
    return { matched, aa: a * a, ab: a * b, bb: b * b }
  }
  const sizes = new Map<number, number>()
  for (const { row } of chosen) sizes.set(row.timeSec.length, (sizes.get(row.timeSec.length) ?? 0) + 1)
  return {
    videos: chosen.length > 0 ? 1 : 0,
    samples: chosen.length,
    frames,
    reviewed,
    candidates: candidates * chosen.length,
    lookedAt: sum(({ row }) => row.lookedAt),
    reduction: sum(({ row }) => reductionOf(row.timeSec.length, candidates)),
    proximity: sum(({ sample, row }) => temporalProximity(row.timeSec, sample.reviewed)),
    ms: sum(({ row }) => row.ms),
    flops: sum(({ row }) => row.flops),
    sizes,
    at: { 1: matches(1), 2: matches(2) },
  }
}

/** Sums of each method over one group of samples. */
export type MethodTallies = ReadonlyMap<SelectionMethod, Tally>

/** The sums over both, method by method. */
export function addMethodTallies(a: MethodTallies, b: MethodTallies): MethodTallies {
  const sum = new Map(a)
  for (const [method, tally] of b) sum.set(method, addTallies(sum.get(method) ?? NO_TALLY, tally))
  return sum
}

/**
 * Sums of one video: of all its samples and of those of each task, in the order of methods that screens have. O(samples · methods).
 *
 * @throws AppError `invalid_input` when more frames were chosen than the video has candidates
 */
export function talliesOf(rows: VideoRows): { readonly all: MethodTallies; readonly tasks: ReadonlyMap<string | null, MethodTallies> } {
  const tally = (samples: readonly SampleRow[]): MethodTallies => {
    const byMethod = SELECTION_METHODS.map((method): [SelectionMethod, Tally] => {
      const chosen = samples.flatMap((sample) => sample.methods.filter((row) => row.method === method).map((row) => ({ sample, row })))
      return [method, tallyOf(chosen, rows.candidates ?? 0)]
    })
    return new Map(byMethod.filter(([, { samples: counted }]) => counted > 0))
  }
  const byTask = new Map<string | null, SampleRow[]>()
  for (const sample of rows.samples) byTask.set(sample.task, [...(byTask.get(sample.task) ?? []), sample])
  return { all: tally(rows.samples), tasks: new Map([...byTask].map(([task, samples]) => [task, tally(samples)])) }
}
