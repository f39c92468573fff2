/** Stage `write-evidence`: third step of the paper's chain, the sentences that lead from the core frames to the answer. */
import { badAnswer, checkText } from './bad-answer'
import { need, pairView } from './before'
import type { Stage } from './stage'

/** Most tokens of a step (core/records.ts). */
const MAX_TOKENS = 2000

/** Throws AppError model_bad_answer for an empty step or one that names what is not there, and what the writer throws. */
export const writeEvidenceStage: Stage<'write-evidence'> = async (input, { models }) => {
  const picked = need(input, 'pick-core-frames')
  const named = need(input, 'name-objects')
  const writer = await models.cotWriter()
  const { steps } = await writer.writeEvidence(pairView(input), picked, named)
  if (steps.length === 0) throw badAnswer('chain writer', 'it wrote no evidence.')
  for (const [position, { tokens, frames }] of steps.entries()) {
    const step = `evidence step ${position + 1}`
    if (tokens.length > MAX_TOKENS) throw badAnswer('chain writer', `${step} has more than ${MAX_TOKENS} parts.`)
    const words = tokens.map((token) => (token.kind === 'mention' && token.text === '' ? named.objects[token.object]?.phrase : token.text))
    checkText('chain writer', step, words.join(''))
    const frame = frames.find((place) => picked.frames[place] === undefined)
    if (frame !== undefined) throw badAnswer('chain writer', `${step} cites core frame ${frame + 1} of ${picked.frames.length}.`)
    for (const token of tokens) {
      if (token.kind === 'mention' && named.objects[token.object] === undefined) {
        throw badAnswer('chain writer', `${step} names object ${token.object + 1} of ${named.objects.length}.`)
      }
    }
  }
  return { steps }
}
