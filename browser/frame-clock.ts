/**
 * Which frame a `<video>` element shows, by the frame table. A media element knows seconds only, may start its clock at zero
 * where the file does not, and seeks to “about” a time; so it is asked for the middle of a frame and its answer
 * (`requestVideoFrameCallback`'s `mediaTime`) is matched to the nearest pts. Used for motion; identity comes from stills.
 */
import { type FrameTable, frameAt, frameCount } from '@/core/frame-table'
import { ptsToSeconds } from '@/core/time'

/** Seconds to add to a table time to get the element's time. Constant over one source. */
export type FrameClock = { readonly offsetSec: number }

export const TABLE_CLOCK: FrameClock = { offsetSec: 0 }

const timeOf = (table: FrameTable, index: number) => ptsToSeconds(table.pts[index] ?? 0, table.timeBase)

/**
 * The clock of a source, from the media time of the first frame it presented when asked for its beginning. Files and proxies
 * either keep their stamps or start at zero; anything else is taken as it was measured.
 */
export function calibrate(table: FrameTable, firstMediaTimeSec: number): FrameClock {
  if (frameCount(table) === 0 || !Number.isFinite(firstMediaTimeSec)) return TABLE_CLOCK
  const measured = firstMediaTimeSec - timeOf(table, 0)
  const toleranceSec = Math.max(0.002, spanOf(table, 0) / 2)
  const known = [0, -timeOf(table, 0)].find((offset) => Math.abs(offset - measured) <= toleranceSec)
  return { offsetSec: known ?? measured }
}

/** How long a frame stays: until the next one where there is one (stated durations may lie in VFR files), else as stated. */
function spanOf(table: FrameTable, index: number): number {
  const count = frameCount(table)
  if (index + 1 < count) return Math.max(0, timeOf(table, index + 1) - timeOf(table, index))
  const stated = frameAt(table, index).durationSec
  if (stated > 0) return stated
  return count > 1 ? Math.max(0, timeOf(table, index) - timeOf(table, index - 1)) : 0
}

/**
 * Element time to seek to so that exactly this frame is shown: its middle, as far from both neighbours as can be.
 *
 * @throws AppError `frame_out_of_range`
 */
export function seekTimeOf(table: FrameTable, clock: FrameClock, index: number): number {
  const start = frameAt(table, index).timeSec
  return Math.max(0, start + spanOf(table, index) / 2 + clock.offsetSec)
}

/** The frame whose pts is nearest to a presented frame's `mediaTime`. Equal distance takes the earlier. Empty table gives 0. */
export function frameOfMediaTime(table: FrameTable, clock: FrameClock, mediaTimeSec: number): number {
  const sec = mediaTimeSec - clock.offsetSec
  const after = firstAtOrAfter(table, sec)
  if (after === 0) return 0
  if (after >= frameCount(table)) return Math.max(0, frameCount(table) - 1)
  return sec - timeOf(table, after - 1) <= timeOf(table, after) - sec ? after - 1 : after
}

/** The frame on the screen at the element's `currentTime`: the last that began. For sources without frame callbacks. */
export function frameOfCurrentTime(table: FrameTable, clock: FrameClock, currentTimeSec: number): number {
  // Element times are rounded to microseconds or worse; a frame that begins within that has begun.
  const after = firstAtOrAfter(table, currentTimeSec - clock.offsetSec + 1e-4)
  return Math.min(Math.max(0, frameCount(table) - 1), Math.max(0, after - 1))
}

function firstAtOrAfter(table: FrameTable, sec: number): number {
  let low = 0
  let high = frameCount(table)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (timeOf(table, middle) < sec) low = middle + 1
    else high = middle
  }
  return low
}

/** Place of a frame on a bar over the whole video, 0–1. By time, so that VFR passages keep their length. */
export function shareOfFrame(table: FrameTable, index: number): number {
  const { startSec, lengthSec } = extentOf(table)
  return lengthSec > 0 ? (timeOf(table, index) - startSec) / lengthSec : 0
}

/** The frame at a place of the bar, 0–1; places beside the bar give its ends. */
export function frameOfShare(table: FrameTable, share: number): number {
  const { startSec, lengthSec } = extentOf(table)
  return frameOfCurrentTime(table, TABLE_CLOCK, startSec + Math.min(1, Math.max(0, share)) * lengthSec)
}

/** Beginning and length of the whole video, the stay of its last frame included. */
export function extentOf(table: FrameTable): { startSec: number; lengthSec: number } {
  const last = frameCount(table) - 1
  if (last < 0) return { startSec: 0, lengthSec: 0 }
  const startSec = timeOf(table, 0)
  return { startSec, lengthSec: timeOf(table, last) + spanOf(table, last) - startSec }
}
