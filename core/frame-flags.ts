/** Flags about core frames: F1 irrelevant, F3 near-duplicates, F4 wrong or unsure position. */
import { recordsOf } from './document'
import type { Flag, FlagContext } from './flag'
import type { CoreFrameRecord, SampleDocument } from './records'
import { contentWords, jaccard } from './words'

/** Captions sharing more of their content words than this describe the same picture (τ of StreamingCoT's LIFO rule). */
export const SAME_CAPTION = 0.9
/** Captions of fewer content words than this say too little to be compared. */
export const MIN_CAPTION_WORDS = 3
/** A retrieval whose best match leads the second by less than this could as well have meant the other frame. */
export const MIN_MARGIN = 0.02
/** Below this the way a frame was located is a guess. */
export const MIN_CONFIDENCE = 0.5
/** A frame scored below this part of the sample's best was hardly meant by the question. */
export const LOW_SCORE_SHARE = 0.5

/** F1, F3 and F4: core frames nothing rests on, near-duplicates, and frames whose place in the video is doubtful. */
export function frameFlags(doc: SampleDocument, context: FlagContext): Flag[] {
  const frames = recordsOf(doc, 'coreFrame')
  return [...relevanceFlags(doc, frames), ...duplicateFlags(frames), ...frames.flatMap((frame, i) => positionFlags(frame, i, context))]
}

const isSelected = ({ method }: CoreFrameRecord['match']) => method === 'selector'

function relevanceFlags(doc: SampleDocument, frames: readonly CoreFrameRecord[]): Flag[] {
  const cited = new Set<string>(recordsOf(doc, 'step').flatMap((step) => step.frameIds))
  // A selector's relevance and a retrieval's similarity are not on one scale.
  const best = (isProposed: boolean) =>
    Math.max(...frames.map(({ score, match }) => (score === null || isSelected(match) !== isProposed ? Number.NEGATIVE_INFINITY : score)))
  const bestOf = { drafted: best(false), proposed: best(true) }
  return frames.flatMap((frame, position): Flag[] => {
    const ownBest = isSelected(frame.match) ? bestOf.proposed : bestOf.drafted
    const flag = (message: string): Flag => ({ code: 'F1', recordId: frame.id, message, blocking: false })
    const name = `Core frame ${position + 1}`
    const isLow = frame.score !== null && ownBest > 0 && frame.score < LOW_SCORE_SHARE * ownBest
    return [
      ...(cited.size > 0 && !cited.has(frame.id) ? [flag(`${name} is not cited by any step, while others are.`)] : []),
      ...(isLow ? [flag(`${name} scores less than half of the best core frame.`)] : []),
    ]
  })
}

function duplicateFlags(frames: readonly CoreFrameRecord[]): Flag[] {
  const words = frames.map((frame) => contentWords(frame.caption ?? ''))
  return frames.flatMap((frame, position): Flag[] => {
    const flag = (message: string): Flag[] => [{ code: 'F3', recordId: frame.id, message, blocking: false }]
    for (let other = 0; other < position; other += 1) {
      const names = `Core frames ${other + 1} and ${position + 1}`
      if (frame.index !== null && frames[other]?.index === frame.index) return flag(`${names} are the same frame of the video.`)
      const [mine, theirs] = [words[position], words[other]]
      if (mine === undefined || theirs === undefined || Math.min(mine.size, theirs.size) < MIN_CAPTION_WORDS) continue
      if (jaccard(mine, theirs) > SAME_CAPTION) return flag(`${names} have nearly the same caption.`)
    }
    return []
  })
}

/** While the video is missing nothing can be located, and V1 says so once instead of each frame again. */
function positionFlags(frame: CoreFrameRecord, position: number, context: FlagContext): Flag[] {
  const flag = (message: string, blocking = false): Flag => ({ code: 'F4', recordId: frame.id, message, blocking })
  const name = `Core frame ${position + 1}`
  if (frame.index === null) {
    return context.isMissingMedia ? [] : [flag(`${name} is not located in the video; choose its frame.`, true)]
  }
  const count = context.video?.frameCount ?? null
  if (count !== null && frame.index >= count) {
    return [flag(`${name} names frame ${frame.index}, but the video has frames 0 to ${count - 1}.`, true)]
  }
  const { confidence } = frame.match
  return [
    ...(confidence < MIN_CONFIDENCE ? [flag(`${name} was located with ${Math.round(confidence * 100)} % confidence only.`)] : []),
    ...(frame.margin !== null && frame.margin < MIN_MARGIN
      ? [flag(`${name} leads the second-best match by ${frame.margin.toFixed(3)} only.`)]
      : []),
  ]
}
