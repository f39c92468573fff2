/** Core frames, objects, evidence, task and wrong answers of a pair, out of the support that the template writer gave it. */
import { AppError } from '@/core/errors'
import type { EvidenceToken, Support } from '@/core/pipeline/outputs'
import type { CotWriter, PairView } from './roles'

function supportOf({ pair }: PairView): Support {
  if (pair.support !== null) return pair.support
  throw new AppError(
    'model_bad_answer',
    'This question was not written by a template, so templates know nothing of its evidence. Choose a language model as writer of the evidence.',
    { pair: pair.key },
  )
}

/** `the [[0]] is there` → text, mention, text. */
function tokensOf(text: string, phrases: readonly string[]): EvidenceToken[] {
  return text
    .split(/(\[\[[0-9]{1,3}\]\])/)
    .filter((part) => part !== '')
    .map((part) => {
      const [, digits] = /^\[\[([0-9]+)\]\]$/.exec(part) ?? []
      if (digits === undefined) return { kind: 'text', text: part }
      const phrase = phrases[Number(digits)]
      if (phrase === undefined)
        throw new AppError('model_bad_answer', `The evidence mentions object ${digits}, which is not there.`, { text })
      return { kind: 'mention', text: phrase, object: Number(digits) }
    })
}

export function templateCotWriter(): CotWriter {
  return {
    identity: { kind: 'template', provider: 'embedded', model: 'templates', version: '1' },
    async pickCoreFrames(view, { max }) {
      const frames = supportOf(view).frames
      if (frames.length > max) {
        throw new AppError('invalid_input', `This question needs ${frames.length} core frames; the settings allow ${max}. Allow more.`, {
          needed: frames.length,
          max,
        })
      }
      return { frames: frames.map(({ frameIndex, caption }) => ({ claimedIndex: frameIndex, caption })) }
    },
    async nameObjects(view) {
      return { objects: supportOf(view).objects.map(({ phrase }) => ({ phrase })) }
    },
    async writeEvidence(view, { frames }, { objects }) {
      const phrases = objects.map(({ phrase }) => phrase)
      const steps = supportOf(view).steps.map((step) => ({
        tokens: tokensOf(step.text, phrases),
        frames: frames.flatMap(({ claimedIndex }, place) => (step.frames.some((index) => index === claimedIndex) ? [place] : [])),
      }))
      return { steps }
    },
    async classifyTask(view) {
      return { task: supportOf(view).task, reason: 'The task that belongs to the template of this question.' }
    },
    async writeDistractors(view, count) {
      return supportOf(view).distractors.slice(0, count)
    },
  }
}
