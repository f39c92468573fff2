/** Stage `pick-core-frames`: first step of the paper's chain, the captions that the question rests on, in the writer's words. */
import { badAnswer, checkText } from './bad-answer'
import { pairView } from './before'
import type { Stage } from './stage'

/** Throws AppError model_bad_answer for a frame outside the group, no frame or too many, and what the writer throws. */
export const pickCoreFramesStage: Stage<'pick-core-frames'> = async (input, { models }) => {
  const view = pairView(input)
  const { max } = input.settings.coreFrames
  const writer = await models.cotWriter()
  const { frames } = await writer.pickCoreFrames(view, input.settings.coreFrames)
  if (frames.length === 0) throw badAnswer('chain writer', 'it picked no core frame.')
  // A writer that knows its frames may need more than the settings ask a model for.
  if (view.pair.support === null && frames.length > max) {
    throw badAnswer('chain writer', `it picked ${frames.length} core frames, more than ${max}.`)
  }
  for (const { claimedIndex, caption } of frames) {
    checkText('chain writer', 'the caption of a core frame', caption)
    if (claimedIndex !== null && !view.group.captions.some((entry) => entry.frameIndex === claimedIndex)) {
      throw badAnswer('chain writer', `frame ${claimedIndex} is none of the captioned frames of its group.`, { frame: claimedIndex })
    }
  }
  return { frames }
}
