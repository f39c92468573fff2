/** The exact frames that `retrieve` found, each once: two picks of one frame are looked at once. */
import { frameAt } from '@/core/frame-table'
import type { SampledFrame } from '@/core/pipeline/outputs'
import { asItIs, readPictures } from '../models/read-pictures'
import type { FramePicture } from '../models/roles'
import { need } from './before'
import type { StageDeps, StageInput } from './stage'

/** Pictures held, and questions asked of a model, at once. */
const AT_ONCE = 4

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

/**
 * Has a model look at each frame. What it was asked at once is waited for, also when one look fails: its cost is known only then.
 *
 * @param look gets the picture and the place of its frame
 */
export async function lookAtFrames(
  frames: readonly CoreFrame[],
  { reader, signal }: Pick<StageDeps, 'reader' | 'signal'>,
  look: (picture: FramePicture, place: number) => Promise<void>,
): Promise<void> {
  const placeOf = new Map<number, number>(frames.map(({ place, frame }) => [frame.index, place]))
  for (let start = 0; start < frames.length; start += AT_ONCE) {
    const some = frames.slice(start, start + AT_ONCE)
    const pictures = await readPictures(
      reader,
      some.map(({ frame }) => frame),
      asItIs,
    )
    signal.throwIfAborted()
    const looks = await Promise.allSettled(pictures.map((picture) => look(picture, placeOf.get(picture.frame.index) ?? -1)))
    const failed = looks.find((done) => done.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }
}
