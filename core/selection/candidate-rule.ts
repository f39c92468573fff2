/** Which frames of a video a selector looks at: those a run has sampled, else some a second of the whole video. */
import type { FrameTable } from '../frame-table'
import type { SampledFrame } from '../pipeline/outputs'
import { endOf, framesOfShot, sampledAt, thinned } from '../pipeline/sampling'
import { MAX_CANDIDATES } from './candidate-frames'

/** At most 256 of a run's frames (or of frames with their captions), evenly spread over the list; first and last stay. */
export function thinnedCandidates<T>(sampled: readonly T[]): T[] {
  return thinned(sampled, MAX_CANDIDATES)
}

/**
 * The frames on screen at 0, 1/fps, 2/fps … seconds after the first one (rule 4 of `core/pipeline/sampling.ts`: times of the frame
 * table, each frame once, a rate above the video's own takes every frame), at most 256 of them, evenly thinned; first and last stay.
 *
 * @param fps above 0
 * @throws AppError `frame_out_of_range` for a table without frames
 */
export function framesAtRate(table: FrameTable, fps: number): SampledFrame[] {
  const last = Math.max(0, table.pts.length - 1)
  return sampledAt(table, thinnedCandidates(framesOfShot(table, 0, last, endOf(table), fps)))
}
