import { z } from 'zod'
import { AppError } from '@/core/errors'
import type { ErrandStatus } from '@/core/pipeline/run-errand'
import { db } from '../db'

/**
 * A small question to a model and, when it is there, its answer. Only the person who asked may read it.
 *
 * @throws AppError not_found
 */
export async function getErrand(projectId: string, errandId: string, userId: string): Promise<ErrandStatus> {
  const id = z.uuid().safeParse(errandId).data
  const row = id === undefined ? null : await db.errand.findFirst({ where: { id, projectId, userId } })
  if (row === null) throw new AppError('not_found', 'There is no such question in this project. Ask it again.', { errandId })
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    output: z.json().nullable().parse(row.output),
    error: row.state === 'failed' ? { code: row.errorCode, message: row.errorMessage ?? 'It failed without a reason.' } : null,
  }
}
