/** A group of captions and a pair, as the prompts bring them in. */
import type { QaPair } from '@/core/pipeline/outputs'
import type { GroupView } from './roles'

/** In time order. Times are not known to a group; the order of frames is. */
export function captionsOf(group: GroupView) {
  return group.captions.map((caption) => ({ frame: caption.frameIndex, caption: caption.text }))
}

export function pairOf(pair: Pick<QaPair, 'question' | 'answer'>) {
  return { question: pair.question, answer: pair.answer }
}
