/** Questions and answers from templates over followed facts. Marked as such: no model thinks here. */
import { AppError } from '@/core/errors'
import { writePairs } from '@/core/pipeline/template/write-pairs'
import type { QaWriter } from './roles'

export function templateWriter(): QaWriter {
  return {
    identity: { kind: 'template', provider: 'embedded', model: 'templates', version: '1' },
    async writePairs({ captions }, count) {
      if (captions.length > 0 && captions.every(({ facts }) => facts === null)) {
        throw new AppError(
          'invalid_input',
          'The template writer needs the facts of the embedded captioner. Choose the embedded captioner, or a language model as writer.',
        )
      }
      return writePairs(captions, count)
    },
  }
}
