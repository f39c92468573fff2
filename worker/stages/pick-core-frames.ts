/**
 * Stage `pick-core-frames`: first step of the paper's chain, the captions that the question rests on. The writer picks them, in its own
 * words, or a selector chooses frames of the group.
 */
import { frameAt } from '@/core/frame-table'
import type { PickCoreFramesOutput, QaPair } from '@/core/pipeline/outputs'
import type { PairView } from '../models/roles'
import { badAnswer, checkText } from './bad-answer'
import { pairView } from './before'
import type { Stage, StageDeps, StageInput } from './stage'

/**
 * Throws AppError model_bad_answer for a frame outside the group, no frame or too many, and what the writer or the selector throws.
 */
export const pickCoreFramesStage: Stage<'pick-core-frames'> = async (input, deps) => {
  const view = pairView(input)
  return input.settings.selector === null ? pickByWriter(view, input, deps) : pickBySelector(view, input, deps)
}

async function pickByWriter(view: PairView, { settings }: StageInput, { models }: StageDeps): Promise<PickCoreFramesOutput> {
  const { max } = settings.coreFrames
  const writer = await models.cotWriter()
  const { frames } = await writer.pickCoreFrames(view, settings.coreFrames)
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

async function pickBySelector({ pair, group }: PairView, { video }: StageInput, deps: StageDeps): Promise<PickCoreFramesOutput> {
  const selector = await deps.models.selector()
  const captions = group.captions.map((caption) => {
    const { index, pts, timeSec } = frameAt(video.table, caption.frameIndex)
    return { ...caption, frame: { index, pts, timeSec } }
  })
  const { choice, notes } = await selector.select(pair.question, captions, deps.reader, deps.signal)
  const chosen = choice.chosen.map((frame) => ({
    claimedIndex: frame.index,
    caption: captions[frame.at]?.text ?? '',
    relevance: frame.relevance,
  }))
  const all = [...chosen, ...keptFor(pair, chosen)]
  return {
    frames: all.map(({ claimedIndex, caption }) => ({ claimedIndex, caption })),
    selector: { method: choice.method, relevance: all.map(({ relevance }) => relevance), notes: [...notes] },
  }
}

/** Evidence that was seen on certain frames before the question was written keeps them, whatever else is chosen. */
function keptFor({ support }: QaPair, chosen: readonly { readonly claimedIndex: number }[]) {
  const known = new Set(chosen.map(({ claimedIndex }) => claimedIndex))
  return (support?.frames ?? [])
    .filter(({ frameIndex }) => !known.has(frameIndex))
    .map(({ frameIndex, caption }) => ({ claimedIndex: frameIndex, caption, relevance: null }))
}
