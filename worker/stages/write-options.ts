/** Stage `write-options`: three wrong answers of about the length of the right one, shuffled by a recorded seed. */
import { DISTRACTOR_COUNT, makeOptions, openEnded, optionSeed } from '@/core/pipeline/options'
import { badAnswer } from './bad-answer'
import { pairOf, pairView } from './before'
import type { Stage } from './stage'

/** Two more than are needed are asked for, so that the lengths can be balanced. */
const ASKED_FOR = DISTRACTOR_COUNT + 2

/** Throws AppError model_bad_answer when fewer than three different wrong answers came, and what the writer throws. */
export const writeOptionsStage: Stage<'write-options'> = async (input, { models }) => {
  const { isOn, seed: projectSeed } = input.settings.options
  const pair = pairOf(input)
  const seed = optionSeed(projectSeed, pair.key)
  if (!isOn) return openEnded(seed)
  // A writer that brings its own wrong answers is not asked for others; where it knows too few, the question stays open.
  if (pair.support !== null) return makeOptions(pair.answer, pair.support.distractors, seed) ?? openEnded(seed)
  const writer = await models.cotWriter()
  const made = makeOptions(pair.answer, await writer.writeDistractors(pairView(input), ASKED_FOR), seed)
  if (made === null) throw badAnswer('chain writer', `fewer than ${DISTRACTOR_COUNT} different wrong answers.`)
  return made
}
