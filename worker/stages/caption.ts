/** Stage `caption`: one caption of every sampled frame. All are kept, also of frames that are near-duplicates. */
import { badAnswer, checkText } from './bad-answer'
import { need } from './before'
import type { Stage } from './stage'

/** Throws AppError model_bad_answer when a frame has no caption or another frame's, and what the captioner throws. */
export const captionStage: Stage<'caption'> = async (input, { models, reader }) => {
  const { frames, shots } = need(input, 'sample-frames')
  const captioner = await models.captioner()
  const captions = await captioner.caption(frames, shots, reader, input.settings.captionBatch)
  if (captions.length !== frames.length) throw badAnswer('captioner', `${captions.length} captions for ${frames.length} frames.`)
  for (const [position, { frameIndex, text, facts }] of captions.entries()) {
    const wanted = frames[position]?.index
    if (frameIndex !== wanted || (facts !== null && facts.frameIndex !== wanted)) {
      throw badAnswer('captioner', `caption ${position + 1} is of frame ${frameIndex}, not of frame ${wanted}.`)
    }
    checkText('captioner', `the caption of frame ${frameIndex}`, text)
  }
  return { captions }
}
