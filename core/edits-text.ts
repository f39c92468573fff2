/** Edits of question, answer, options and task. */
import { answerOf, questionOf, taskOf } from './document'
import { equalValues } from './equal'
import { AppError } from './errors'
import { afterEdit, put, reopenSufficiency } from './record-edit'
import type { AnswerRecord, SampleDocument } from './records'

/** As in `answerRecordSchema`: options carry one letter each. */
export const MAX_OPTIONS = 26

/** Another wording of the question; the same wording changes nothing. */
export function editQuestion(doc: SampleDocument, text: string): SampleDocument {
  const question = questionOf(doc)
  return question.text === text ? doc : reopenSufficiency(put(doc, { ...question, text, ...afterEdit(question.verdict) }))
}

function putAnswer(doc: SampleDocument, change: Partial<Pick<AnswerRecord, 'text' | 'options' | 'correctIndex'>>): SampleDocument {
  const answer = answerOf(doc)
  const next = { ...answer, ...change }
  if (equalValues(next, answer)) return doc
  const edited = put(doc, { ...next, ...afterEdit(answer.verdict) })
  // A distractor says nothing of whether the answer follows; the answer itself and the right option do.
  return next.text === answer.text && rightOption(next) === rightOption(answer) ? edited : reopenSufficiency(edited)
}

function rightOption({ options, correctIndex }: AnswerRecord): string | null {
  return correctIndex === null ? null : (options[correctIndex] ?? null)
}

function requireOption(answer: AnswerRecord, index: number): void {
  if (answer.options[index] === undefined) {
    throw new AppError('invalid_input', `There is no option ${index + 1}; the question has ${answer.options.length}.`, { index })
  }
}

/** The free-text reference answer. */
export function editAnswer(doc: SampleDocument, text: string): SampleDocument {
  return putAnswer(doc, { text })
}

/** Rewrites one option. @throws AppError `invalid_input` for an index outside the options */
export function editOption(doc: SampleDocument, index: number, text: string): SampleDocument {
  const answer = answerOf(doc)
  requireOption(answer, index)
  return putAnswer(doc, { options: answer.options.with(index, text) })
}

/** Adds an option at the end. @throws AppError `limit_exceeded` beyond 26 */
export function addOption(doc: SampleDocument, text: string): SampleDocument {
  const { options } = answerOf(doc)
  if (options.length >= MAX_OPTIONS) {
    throw new AppError('limit_exceeded', `A question has at most ${MAX_OPTIONS} options.`, { limit: MAX_OPTIONS })
  }
  return putAnswer(doc, { options: [...options, text] })
}

/** Removes an option. Removing the right one leaves no right one, which is a blocking flag until another is chosen. */
export function removeOption(doc: SampleDocument, index: number): SampleDocument {
  const answer = answerOf(doc)
  requireOption(answer, index)
  const { correctIndex } = answer
  const shifted = correctIndex === null || correctIndex === index ? null : correctIndex > index ? correctIndex - 1 : correctIndex
  return putAnswer(doc, { options: answer.options.toSpliced(index, 1), correctIndex: shifted })
}

/** Says which option is right; null = none. @throws AppError `invalid_input` for an index outside the options */
export function setCorrect(doc: SampleDocument, index: number | null): SampleDocument {
  if (index !== null) requireOption(answerOf(doc), index)
  return putAnswer(doc, { correctIndex: index })
}

/** `word` = a task id of core/tasks.ts, a source's own word, or null for none. */
export function setTask(doc: SampleDocument, word: string | null): SampleDocument {
  const task = taskOf(doc)
  return task.task === word ? doc : put(doc, { ...task, task: word, ...afterEdit(task.verdict) })
}
