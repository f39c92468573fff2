/**
 * The frame table: the only source of frame identity (invariant 1). A frame is named by
 * (video sha256, frame index, pts, time base), never by a bare number or a float second.
 */
import { z } from 'zod'
import { AppError } from './errors'
import { type FrameIndex, frameIndexSchema } from './ids'
import { ptsToSeconds } from './time'

/** `[numerator, denominator]`, both positive integers. A pts of `p` is presented at `p * n / d` seconds. */
export const rationalSchema = z.tuple([z.int().min(1), z.int().min(1)])
export type Rational = z.infer<typeof rationalSchema>

/**
 * Columns of equal length in presentation order. `width`/`height` = size of the still: display orientation, sample aspect
 * ratio applied by enlarging (never shrinking) one side. `rotation` in degrees clockwise, already applied to stills.
 */
export const frameTableSchema = z.strictObject({
  timeBase: rationalSchema,
  width: z.int().min(1),
  height: z.int().min(1),
  codedWidth: z.int().min(1),
  codedHeight: z.int().min(1),
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  sar: rationalSchema,
  pts: z.array(z.int()),
  duration: z.array(z.int()),
  key: z.array(z.boolean()),
})
export type FrameTable = z.infer<typeof frameTableSchema>

/** One row of the table, with its times in seconds for showing and seeking. */
export type FrameRow = {
  readonly index: FrameIndex
  readonly pts: number
  readonly timeSec: number
  readonly durationSec: number
  readonly key: boolean
}

/** Number of frames. */
export function frameCount(table: FrameTable): number {
  return table.pts.length
}

/**
 * The frame at a position in presentation order.
 *
 * @throws AppError `frame_out_of_range` for an index outside the table or not a whole number
 */
export function frameAt(table: FrameTable, index: number): FrameRow {
  const pts = table.pts[index]
  const duration = table.duration[index]
  const key = table.key[index]
  if (pts === undefined || duration === undefined || key === undefined) {
    const count = frameCount(table)
    const range = count === 0 ? 'The video has no frames.' : `The video has frames 0 to ${count - 1}.`
    throw new AppError('frame_out_of_range', `There is no frame ${index}. ${range}`, { index, count })
  }
  return {
    index: frameIndexSchema.parse(index),
    pts,
    timeSec: ptsToSeconds(pts, table.timeBase),
    durationSec: ptsToSeconds(duration, table.timeBase),
    key,
  }
}

/** Position of the last frame whose pts satisfies a monotone test; -1 = none. */
function lastWhere(table: FrameTable, holds: (pts: number) => boolean): number {
  let low = 0
  let high = table.pts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const pts = table.pts[middle]
    if (pts !== undefined && holds(pts)) low = middle + 1
    else high = middle
  }
  return low - 1
}

/**
 * Index of the frame that is on screen at a time: the last one presented at or before it, the first one before that, the
 * last one for ever after. A frame's own `timeSec` always gives that frame back.
 *
 * @throws AppError `frame_out_of_range` when the table is empty
 */
export function indexAtTime(table: FrameTable, sec: number): FrameIndex {
  const position = lastWhere(table, (pts) => ptsToSeconds(pts, table.timeBase) <= sec)
  return frameAt(table, Math.max(position, 0)).index
}

/** Index of the frame with exactly this pts, or null. */
export function indexOfPts(table: FrameTable, pts: number): FrameIndex | null {
  const position = lastWhere(table, (candidate) => candidate <= pts)
  return position >= 0 && table.pts[position] === pts ? frameAt(table, position).index : null
}

/** First and last frame; null for fewer than two, or when no time passes between them. */
function ends(table: FrameTable): { first: number; last: number; steps: number } | null {
  const first = table.pts[0]
  const last = table.pts.at(-1)
  return first === undefined || last === undefined || last <= first ? null : { first, last, steps: table.pts.length - 1 }
}

/** Frames per second over the whole table (intervals ÷ time between first and last frame); 0 when that is not defined. */
export function averageFps(table: FrameTable): number {
  const range = ends(table)
  return range === null ? 0 : range.steps / ptsToSeconds(range.last - range.first, table.timeBase)
}

/**
 * Whether frames are unevenly spaced. Containers with coarse ticks round even spacing (23.976 fps in milliseconds gives
 * 41, 42, 42 …), so where a frame lasts 10 ticks or more each pts may lie up to 1 tick beside the even grid; with fewer
 * ticks a frame, rounding cannot be told from unevenness and the spacing has to be equal.
 */
export function isVfr(table: FrameTable): boolean {
  const range = ends(table)
  if (range === null) return false
  const period = (range.last - range.first) / range.steps
  const tolerance = period >= 10 ? 1 : 0
  return table.pts.some((pts, index) => Math.abs(pts - (range.first + index * period)) > tolerance + 1e-6)
}
