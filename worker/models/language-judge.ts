/** A second opinion on a pair, by a language model (paper §3.2). */
import type { ProviderRef } from '@/core/pipeline/settings'
import { askModel, type ModelAccess } from './ask-model'
import { captionsOf, pairOf } from './group-text'
import { languageIdentity } from './language-identity'
import { badAnswer } from './model-errors'
import type { Judge } from './roles'

const MAX_REASON = 2000

export function createLanguageJudge(ref: ProviderRef, access: ModelAccess): Judge {
  const name = `${ref.provider}/${ref.model}`.slice(0, 200)
  return {
    identity: languageIdentity(ref),
    name,
    judge: (pair, group) =>
      askModel(access, {
        role: 'judge',
        ref,
        prompt: 'judge',
        slots: { captions: captionsOf(group), pair: pairOf(pair) },
        outputTokens: 600,
        read: (answer) => {
          const reason = answer.reason.trim().slice(0, MAX_REASON)
          if (reason === '') throw badAnswer(ref, 'judged without a reason')
          if (answer.verdict === 'reject' && answer.criterion === null) throw badAnswer(ref, 'rejected a pair without naming a rule')
          return { judge: name, verdict: answer.verdict, criterion: answer.verdict === 'keep' ? null : answer.criterion, reason }
        },
      }),
  }
}
