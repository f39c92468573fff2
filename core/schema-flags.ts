/** S1: what a complete sample needs and this one lacks. Blocking where training code could not use the sample at all. */
import { answerOf, questionOf, recordsOf, stepText, taskOf } from './document'
import type { Flag } from './flag'
import type { RecordId } from './ids'
import type { SampleDocument } from './records'
import { taskIdOf } from './tasks'

/** S1: what a document lacks or contradicts as a whole, whoever wrote it. */
export function schemaFlags(doc: SampleDocument): Flag[] {
  const flags: Flag[] = []
  const add = (recordId: RecordId | null, message: string, blocking: boolean) => flags.push({ code: 'S1', recordId, message, blocking })
  const question = questionOf(doc)
  const answer = answerOf(doc)
  const task = taskOf(doc)
  const steps = recordsOf(doc, 'step')
  if (question.text.trim() === '') add(question.id, 'The question is empty.', true)
  if (answer.text.trim() === '' && answer.options.length === 0) add(answer.id, 'The answer is empty.', true)
  answer.options.forEach((option, index) => {
    if (option.trim() === '') add(answer.id, `Option ${index + 1} is empty.`, true)
  })
  if (answer.options.length > 0 && answer.correctIndex === null) add(answer.id, 'None of the options is marked as the right one.', true)
  if (task.task === null) add(task.id, 'No task is given.', false)
  else if (taskIdOf(task.task) === null) add(task.id, `“${task.task}” is none of the 14 tasks.`, false)
  if (recordsOf(doc, 'coreFrame').length === 0) add(null, 'The sample has no core frame.', true)
  if (steps.every((step) => stepText(step).trim() === '')) add(null, 'The sample has no evidence.', true)
  steps.forEach((step, position) => {
    if (stepText(step).trim() === '') add(step.id, `Step ${position + 1} is empty.`, true)
  })
  const mentioned = new Set<string>(
    steps.flatMap((step) => step.tokens.flatMap((token) => (token.kind === 'mention' ? [token.objectId] : []))),
  )
  for (const object of recordsOf(doc, 'object')) {
    if (!mentioned.has(object.id)) add(object.id, `No step mentions “${object.phrase}”.`, false)
  }
  return flags
}
