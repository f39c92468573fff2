/** What of a question can be looked for, and which signals have a say in it: known before any frame is seen. */
import { AppError } from '../errors'
import type { SelectionMethod } from './selection-options'
import { SIGNALS, type SignalWeights } from './signals/blend'
import { type AskedThing, questionThings } from './signals/question-things'
import { isContrast, type SimilarLabels } from './signals/similar-labels'

/** Most characters of a question. */
export const LONGEST_QUESTION = 2000

/**
 * `things` = what a detector shall look for. `weights` = signals that count, those above 0 alone. `notes` = sentences for people:
 * what is looked for, what cannot be, which signal was left out and why.
 */
export type QuestionPlan = {
  readonly question: string
  readonly things: readonly AskedThing[]
  readonly weights: SignalWeights
  readonly notes: readonly string[]
}

/** Throws AppError invalid_input (nothing is asked), limit_exceeded. */
function checkQuestion(question: string): void {
  if (!/[\p{L}\p{N}]/u.test(question)) throw new AppError('invalid_input', 'The question is empty.', { field: 'question' })
  if (question.length > LONGEST_QUESTION) {
    throw new AppError('limit_exceeded', `The question has more than ${LONGEST_QUESTION} characters.`, { field: 'question' })
  }
}

function checkWeights(weights: SignalWeights): SignalWeights {
  const used = SIGNALS.flatMap((name) => {
    const weight = weights[name] ?? 0
    if (!Number.isFinite(weight) || weight < 0) {
      throw new AppError('invalid_input', `The weight of ${name} must be a number from 0 on.`, { signal: name })
    }
    return weight > 0 ? [[name, weight]] : []
  })
  if (used.length > 0) return Object.fromEntries(used)
  throw new AppError('invalid_input', 'No signal has a weight, so there is nothing to choose by.', { field: 'weights' })
}

const quoted = (phrases: readonly string[]) => phrases.map((phrase) => `“${phrase}”`).join(', ')

/** Labels of a kind that are named to people; the rest is counted. */
const MOST_NAMED = 3

/** “red car”, “flamingo” as bird (WordNet), “doggo” as dog (similar, 0.86). */
function thingText({ phrase, labels, by, cosine }: AskedThing): string {
  if (by === 'label') return `“${phrase}”`
  const more = labels.length - MOST_NAMED
  const names = more > 1 ? [...labels.slice(0, MOST_NAMED), `${more} more`] : labels
  const how = by === 'wordnet' ? ' (WordNet)' : by === 'similar' ? ` (similar, ${(cosine ?? 0).toFixed(2)})` : ''
  return `“${phrase}” as ${names.join(', ')}${how}`
}

/**
 * The phrases of a question that no table knows, and that the sentence encoder may be asked for (`similarLabels`); none where objects have
 * no say.
 *
 * @throws AppError as `planQuestion`, but for what the question names
 */
export function phrasesToCompare(question: string, wanted: SignalWeights): readonly string[] {
  checkQuestion(question)
  return checkWeights(wanted).objects === undefined ? [] : questionThings(question).unknown.filter((phrase) => !isContrast(phrase))
}

/**
 * Reads a question. Without a thing that can be looked for, objects say nothing and are left out; alone, that is the end of it.
 *
 * @param similar what the sentence encoder made of `phrasesToCompare`
 * @throws AppError `invalid_input`: nothing is asked, no signal has a weight, objects alone where the question names none that is
 *   known; `limit_exceeded` for more than 2000 characters
 */
export function planQuestion(question: string, wanted: SignalWeights, similar?: SimilarLabels): QuestionPlan {
  checkQuestion(question)
  const weights = checkWeights(wanted)
  if (weights.objects === undefined) return { question, things: [], weights, notes: [] }
  const { known, unknown, others } = questionThings(question, similar)
  const missing = [...unknown, ...others]
  const notes = missing.length === 0 ? [] : [`Not looked for, because the embedded detector does not know it: ${quoted(missing)}.`]
  if (known.length > 0) return { question, things: known, weights, notes: [...notes, `Looking for ${known.map(thingText).join(', ')}.`] }
  const { objects: _, ...rest } = weights
  if (Object.keys(rest).length === 0) {
    const message = 'The question names nothing that the embedded detector knows. Let the text signal count as well.'
    throw new AppError('invalid_input', message, { field: 'weights', unknown: missing })
  }
  return {
    question,
    things: [],
    weights: rest,
    notes: [...notes, 'The question names nothing that the embedded detector knows: chosen without objects.'],
  }
}

/** Whether captions have to be read: for the signal, or because the method goes by what they repeat. */
export function readsCaptions(plan: QuestionPlan, methods: readonly SelectionMethod[]): boolean {
  return plan.weights.text !== undefined || methods.includes('lifo')
}
