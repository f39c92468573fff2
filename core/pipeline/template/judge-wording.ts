/** What can be found against a question without looking at the video: its wording and, where there is one, its support. */
import { taskIdOf } from '../../tasks'
import { frameTalkIn } from '../../text-flags'
import { samePhraseKey, wordsOf } from '../../words'
import type { Criterion, QaPair, Support } from '../outputs'

/** One objection; `reason` is a plain sentence. */
export type Finding = { readonly criterion: Criterion; readonly reason: string }

const YES_NO = /^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b/i
/** Words on which people differ. */
const SUBJECTIVE: ReadonlySet<string> = new Set(
  'beautiful,ugly,best,worst,nice,interesting,boring,amazing,impressive,pretty,favourite,favorite,lovely,exciting,good,bad'.split(','),
)
const DISTRACTORS = 3

function finding(criterion: Criterion, reason: string): Finding {
  return { criterion, reason }
}

function textFinding({ question, answer }: Pick<QaPair, 'question' | 'answer'>): Finding | null {
  if (question.trim() === '' || answer.trim() === '') return finding('malformed', 'The question or the answer is empty.')
  if (!question.trim().endsWith('?')) return finding('malformed', 'The question does not end with a question mark.')
  if (YES_NO.test(question.trim()) || /^(?:yes|no)\b(?! [a-z]+ to)/i.test(answer.trim())) {
    return finding('trivial', 'The question can be answered with yes or no.')
  }
  const subjective = wordsOf(`${question} ${answer}`).find((word) => SUBJECTIVE.has(word))
  if (subjective !== undefined) return finding('subjective', `People differ on “${subjective}”.`)
  const talk = frameTalkIn(question)
  return talk === null ? null : finding('malformed', `The question says “${talk}” instead of asking about the video.`)
}

/** Positions named as `[[n]]` in a sentence. */
export function mentionsIn(text: string): number[] {
  return [...text.matchAll(/\[\[([0-9]{1,3})\]\]/g)].map(([, digits]) => Number(digits))
}

function supportFinding(support: Support, answer: string): Finding | null {
  const frames = new Set<number>(support.frames.map(({ frameIndex }) => frameIndex))
  if (frames.size < 2) return finding('single_frame', 'One frame is enough to answer it.')
  const cited = new Set<number>(support.steps.flatMap((step) => step.frames))
  const used = [...cited, ...support.objects.flatMap(({ boxes }) => boxes.map(({ frameIndex }) => frameIndex))]
  if (used.some((frame) => !frames.has(frame))) return finding('malformed', 'The evidence cites a frame that is no core frame.')
  if ([...frames].some((frame) => !cited.has(frame))) return finding('malformed', 'A core frame is not cited by any step.')
  const mentioned = new Set(support.steps.flatMap(({ text }) => mentionsIn(text)))
  if ([...mentioned].some((place) => place >= support.objects.length))
    return finding('malformed', 'The evidence mentions an object that is not there.')
  if (support.objects.some(({ boxes }, place) => boxes.length === 0 || !mentioned.has(place))) {
    return finding('malformed', 'An object has no box or is not mentioned.')
  }
  const options = new Set([answer, ...support.distractors].map(samePhraseKey))
  if (support.distractors.length !== DISTRACTORS || options.size !== DISTRACTORS + 1)
    return finding('malformed', 'The wrong answers are not three different ones.')
  return taskIdOf(support.task) === null ? finding('malformed', `“${support.task}” is no task.`) : null
}

/** The first objection to the wording or to the form of the support; null when there is none. */
export function wordingFinding(pair: QaPair): Finding | null {
  return textFinding(pair) ?? (pair.support === null ? null : supportFinding(pair.support, pair.answer))
}
