import { z } from 'zod'
import { AppError } from '@/core/errors'
import { db } from '../db'

/** The id of a run, if it is one of this project. @throws AppError not_found */
export async function findRunId(projectId: string, runId: string): Promise<string> {
  const id = z.uuid().safeParse(runId).data
  const row = id === undefined ? null : await db.run.findFirst({ where: { id, projectId }, select: { id: true } })
  if (row === null) throw new AppError('not_found', 'There is no such run in this project. Check the address.', { runId })
  return row.id
}
