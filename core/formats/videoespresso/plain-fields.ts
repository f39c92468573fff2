/** The fields of a row that the document writes without knowing anything else: all but frame paths and evidence. */
import { answerOf, questionOf, recordsOf, taskOf } from '@/core/document'
import type { Json } from '@/core/formats/json'
import type { SampleDocument } from '@/core/records'
import { taskOfId } from '@/core/tasks'
import type { FieldName } from './fields'
import { writeCorrect, writeOptions } from './options'

/** By our field names. Undefined = nothing to write. Tasks go by their leaderboard name, as in the released files. */
export function plainFields(document: SampleDocument): Partial<Record<FieldName, Json>> {
  const answer = answerOf(document)
  const { task } = taskOf(document)
  const captions = recordsOf(document, 'coreFrame')
    .filter((frame) => frame.verdict !== 'rejected')
    .map((frame) => frame.caption)
  const fields: Partial<Record<FieldName, Json>> = { question: questionOf(document).text, answer: answer.text }
  if (task !== null) fields.task = taskOfId(task)?.leaderboardName ?? task
  if (captions.some((caption) => caption !== null)) fields.frameCaptions = captions
  if (answer.options.length > 0) fields.options = writeOptions(answer.options)
  if (answer.correctIndex !== null) fields.correctAnswer = writeCorrect(answer.correctIndex)
  return fields
}
