/** Questions with answers on a group of captions, by a language model (paper §3.2). */
import type { ProviderRef } from '@/core/pipeline/settings'
import { askModel, type ModelAccess } from './ask-model'
import { captionsOf } from './group-text'
import { languageIdentity } from './language-identity'
import { badAnswer } from './model-errors'
import type { QaWriter } from './roles'

const TOKENS_A_PAIR = 400

export function createLanguageQaWriter(ref: ProviderRef, access: ModelAccess): QaWriter {
  return {
    identity: languageIdentity(ref),
    writePairs: (group, count) =>
      askModel(access, {
        role: 'qa-writer',
        ref,
        prompt: 'write-qa',
        slots: { captions: captionsOf(group), count },
        outputTokens: 200 + TOKENS_A_PAIR * count,
        read: (answer) => {
          const pairs = answer.pairs.map((pair) => ({ question: pair.question.trim(), answer: pair.answer.trim(), support: null }))
          if (pairs.some((pair) => pair.question === '' || pair.answer === ''))
            throw badAnswer(ref, 'gave a question or an answer without words')
          // More than was asked for is no reason to lose them all.
          return pairs.slice(0, count)
        },
      }),
  }
}
