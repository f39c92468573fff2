/**
 * How much a video moves, measured on small grey pictures of its frames (their "signatures"). First half of our published
 * rule for adaptive sampling; `sampling.ts` is the second.
 */
import { AppError } from '../errors'
import { type FrameTable, frameCount } from '../frame-table'
import { ptsToSeconds } from '../time'

/** Bytes of one signature: 32 × 32 pixels, one byte of grey each. */
export const SIGNATURE_BYTES = 32 * 32

/**
 * Motion compares a frame with the one shown this long before. A fixed time instead of the frame before makes the measure the
 * same for 24 and 60 frames a second, for doubled frames and for uneven spacing.
 */
export const MOTION_WINDOW_SEC = 0.25

/** A cut stands out from its neighbours by this factor; a fast pan, where every frame differs, is none. */
export const CUT_FACTOR = 2

/** Seconds are floats; a frame exactly one window before must not be missed by a rounding. */
const SLACK_SEC = 1e-6

/** Mean absolute difference of two signatures, as part of the range of grey: 0 = equal, 1 = black against white. */
function difference(signatures: Uint8Array, a: number, b: number): number {
  let sum = 0
  const [from, against] = [a * SIGNATURE_BYTES, b * SIGNATURE_BYTES]
  for (let at = 0; at < SIGNATURE_BYTES; at += 1) sum += Math.abs((signatures[from + at] ?? 0) - (signatures[against + at] ?? 0))
  return sum / (SIGNATURE_BYTES * 255)
}

/**
 * Refuses signatures that do not belong to the table.
 *
 * @throws AppError `corrupt_media` when there are more or fewer than frames, or no frame at all
 */
function checkSignatures(table: FrameTable, signatures: Uint8Array): void {
  const count = frameCount(table)
  if (count === 0) throw new AppError('corrupt_media', 'The video has no frames, so there is nothing to sample.')
  if (signatures.length !== count * SIGNATURE_BYTES) {
    const given = signatures.length / SIGNATURE_BYTES
    throw new AppError('corrupt_media', `The video has ${count} frames, but ${given} were measured. Prepare the video again.`, {
      count,
      given,
    })
  }
}

/**
 * Indices of the frames that begin a shot, 0 first. Frame i begins one when it differs from frame i − 1 by `cutFrom` or more
 * and by `CUT_FACTOR` times as much as the steps just before and just after it. A flash (two large steps in a row) is no cut,
 * and a fade is none.
 *
 * @param cutFrom mean difference of neighbouring frames, 0–1
 */
function shotStarts(table: FrameTable, signatures: Uint8Array, cutFrom: number): number[] {
  const count = frameCount(table)
  const steps = Array.from({ length: count + 1 }, (_, index) =>
    index === 0 || index === count ? 0 : difference(signatures, index, index - 1),
  )
  const starts = [0]
  for (let index = 1; index < count; index += 1) {
    const step = steps[index] ?? 0
    const around = Math.max(steps[index - 1] ?? 0, steps[index + 1] ?? 0)
    if (step > 0 && step >= cutFrom && step >= CUT_FACTOR * around) starts.push(index)
  }
  return starts
}

/** What was measured: where shots begin, and the motion of each frame (0–1, see `MOTION_WINDOW_SEC`; 0 for a shot's first). */
export type Measured = { readonly starts: readonly number[]; readonly motion: readonly number[] }

/**
 * Measures shots and motion. The motion of a frame is its mean absolute difference, over the range of grey, to the frame that
 * was on screen `MOTION_WINDOW_SEC` before, never across a cut; near the start of a shot, to the shot's first frame.
 *
 * @param signatures `SIGNATURE_BYTES` a frame, in presentation order
 * @param cutFrom mean difference of neighbouring frames that counts as a cut, 0–1
 * @throws AppError `corrupt_media` when the signatures do not fit the table
 */
export function measureMotion(table: FrameTable, signatures: Uint8Array, cutFrom: number): Measured {
  checkSignatures(table, signatures)
  const starts = shotStarts(table, signatures, cutFrom)
  const times = table.pts.map((pts) => ptsToSeconds(pts, table.timeBase))
  const motion: number[] = []
  let shot = 0
  let reference = 0
  for (const [index, time] of times.entries()) {
    if (index > 0 && index === starts[shot + 1]) {
      shot += 1
      reference = index
    }
    while (reference < index - 1 && time - (times[reference + 1] ?? time) >= MOTION_WINDOW_SEC - SLACK_SEC) reference += 1
    motion.push(index === reference ? 0 : difference(signatures, index, reference))
  }
  return { starts, motion }
}
