/** Stage `name-objects`: second step of the paper's chain, the key objects in the captions of the core frames. */
import { samePhraseKey } from '@/core/words'
import { checkText } from './bad-answer'
import { need, pairView } from './before'
import type { Stage } from './stage'

/** Throws AppError model_bad_answer for a phrase without words, and what the writer throws. */
export const nameObjectsStage: Stage<'name-objects'> = async (input, { models }) => {
  const view = pairView(input)
  const writer = await models.cotWriter()
  const { objects } = await writer.nameObjects(view, need(input, 'pick-core-frames'))
  for (const { phrase } of objects) checkText('chain writer', 'the name of an object', phrase)
  // The sentences of a writer that knows its objects count on their places, so nothing is taken out there.
  if (view.pair.support !== null) return { objects }
  const seen = new Set<string>()
  return {
    objects: objects
      .map(({ phrase }) => ({ phrase: phrase.trim() }))
      .filter(({ phrase }) => {
        const key = samePhraseKey(phrase)
        const isNew = !seen.has(key)
        seen.add(key)
        return isNew
      }),
  }
}
