/**
 * Which frame of the table a decoded picture is, by its time in the file. A demuxer other than ours may begin its clock at zero where
 * the file does not, and says times in microseconds; the table stays the authority: what fits none of its times is no frame of it.
 */
import { type FrameTable, frameAt } from '@/core/frame-table'

/** In seconds of the file's own clock: `middleOf` = a moment while the frame is on screen; `isFrame` = whether a picture of that time is it. */
export type FrameTimes = {
  readonly middleOf: (index: number) => number
  readonly isFrame: (index: number, mediaSec: number) => boolean
}

/** Stamps of WebCodecs are whole microseconds; one more for the sum. */
const ROUNDING_SEC = 2e-6
/** A time may be off by this part of the way to the next frame, never more. */
const GAP_SHARE = 0.25

const tickOf = ({ timeBase: [numerator, denominator] }: FrameTable) => numerator / denominator

/** Shortest way from a frame to its neighbours. */
function gapAt(table: FrameTable, index: number): number {
  const { timeSec, durationSec } = frameAt(table, index)
  const before = index === 0 ? Number.POSITIVE_INFINITY : timeSec - frameAt(table, index - 1).timeSec
  const after = index + 1 < table.pts.length ? frameAt(table, index + 1).timeSec - timeSec : Number.POSITIVE_INFINITY
  const gap = Math.min(before, after)
  return Number.isFinite(gap) ? gap : Math.max(durationSec, tickOf(table))
}

/** Containers round a time to a tick of their own, so one tick is forgiven where frames are many ticks apart. */
const toleranceAt = (table: FrameTable, index: number) => Math.min(tickOf(table) + ROUNDING_SEC, gapAt(table, index) * GAP_SHARE)

/**
 * The clock of a file, from the time its first picture has in it: that of the table, or counted from the first frame.
 *
 * @returns null where neither fits: then no picture of the file can be named with certainty
 */
export function timesOf(table: FrameTable, firstMediaSec: number): FrameTimes | null {
  const first = frameAt(table, 0).timeSec
  const offset = [0, -first].find((each) => Math.abs(first + each - firstMediaSec) <= toleranceAt(table, 0))
  if (offset === undefined) return null
  const timeOf = (index: number) => frameAt(table, index).timeSec + offset
  return {
    middleOf: (index) => timeOf(index) + gapAt(table, index) / 2,
    isFrame: (index, mediaSec) => Math.abs(timeOf(index) - mediaSec) <= toleranceAt(table, index),
  }
}
