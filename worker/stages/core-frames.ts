/** The exact frames that `retrieve` found, each once: two picks of one frame are looked at once. */
import { frameAt } from '@/core/frame-table'
import type { SampledFrame } from '@/core/pipeline/outputs'
import { need } from './before'
import type { StageInput } from './stage'

/** `place` = the first position in the list of picks that led to this frame; the position that boxes name. */
export type CoreFrame = { readonly place: number; readonly frame: SampledFrame }

/** In order of time. Throws AppError frame_out_of_range for a frame outside the table. */
export function coreFramesOf(input: StageInput): CoreFrame[] {
  const indices = need(input, 'retrieve').frames.map((found) => found.frameIndex)
  return [...new Set(indices)]
    .sort((a, b) => a - b)
    .map((found) => {
      const { index, pts, timeSec } = frameAt(input.video.table, found)
      return { place: indices.indexOf(found), frame: { index, pts, timeSec } }
    })
}
