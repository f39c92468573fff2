/** Stage `classify-task`: which of the 14 tasks of the paper a question belongs to. */
import { taskIdOf } from '@/core/tasks'
import { badAnswer } from './bad-answer'
import { pairView } from './before'
import type { Stage } from './stage'

/** Throws AppError model_bad_answer for a word that is none of the 14 tasks, and what the writer throws. */
export const classifyTaskStage: Stage<'classify-task'> = async (input, { models }) => {
  const writer = await models.cotWriter()
  const { task, reason } = await writer.classifyTask(pairView(input))
  const id = taskIdOf(task)
  if (id === null) throw badAnswer('chain writer', `“${task.slice(0, 60)}” is none of the 14 tasks.`)
  return { task: id, reason }
}
