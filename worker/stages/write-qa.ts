/** Stage `write-qa`: several question–answer pairs for each group of captions, each of which needs several frames. */
import type { QaPair, Support } from '@/core/pipeline/outputs'
import { pairKey } from '@/core/pipeline/pair-key'
import { sha256Of } from '@/server/sha256-of'
import type { GroupView } from '../models/roles'
import { badAnswer, checkText } from './bad-answer'
import { groupView, need } from './before'
import type { Stage } from './stage'

/** A writer may rest a question only on frames and objects that are there. */
function checkSupport(support: Support, group: GroupView): void {
  const frames = new Set<number>(group.captions.map((caption) => caption.frameIndex))
  const named = [
    ...support.frames.map((frame) => frame.frameIndex),
    ...support.objects.flatMap((object) => object.boxes.map((box) => box.frameIndex)),
    ...support.steps.flatMap((step) => step.frames),
  ]
  const stray = named.find((frame) => !frames.has(frame))
  if (stray !== undefined)
    throw badAnswer('question writer', `frame ${stray} is none of the captioned frames of its group.`, { frame: stray })
}

/** Throws AppError model_bad_answer, and what the writer throws. A group of one caption is left out: nothing to connect. */
export const writeQaStage: Stage<'write-qa'> = async (input, { models, signal }) => {
  const writer = await models.qaWriter()
  const pairs = new Map<string, QaPair>()
  for (const position of need(input, 'group').groups.keys()) {
    signal.throwIfAborted()
    const group = groupView(input, position)
    if (group.captions.length < 2) continue
    const written = await writer.writePairs(group, input.settings.pairsPerGroup)
    for (const { question, answer, support } of written.slice(0, input.settings.pairsPerGroup)) {
      checkText('question writer', 'a question', question)
      checkText('question writer', 'an answer', answer)
      if (support !== null) checkSupport(support, group)
      const key = pairKey(sha256Of, input.video.sha256, question, answer)
      // The same pair from two groups is one sample; the first group stands.
      if (!pairs.has(key)) pairs.set(key, { key, group: position, question: question.trim(), answer: answer.trim(), support })
    }
  }
  return { pairs: [...pairs.values()] }
}
