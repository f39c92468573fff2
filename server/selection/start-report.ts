/** Queueing a selector report. */
import { AppError } from '@/core/errors'
import type { ReportOptions } from '@/core/selection/report-status'
import type { Tx } from '../db'
import { toJsonInput } from '../import/track-import'
import { enqueue } from '../jobs'

type Start = { readonly projectId: string; readonly userId: string | null; readonly options: ReportOptions }

/**
 * The row and its job, in the caller's transaction.
 *
 * @throws AppError already_exists while another report of the project waits or runs
 */
export async function createReport(tx: Tx, { projectId, userId, options }: Start): Promise<{ reportId: string }> {
  // The index keeps this; a refused insert would end the transaction without a word that people understand.
  const { count } = await tx.selectorReport.createMany({
    data: { projectId, userId, options: toJsonInput(options) },
    skipDuplicates: true,
  })
  const row = await tx.selectorReport.findFirst({
    where: { projectId, state: { in: ['waiting', 'running'] } },
    select: { id: true },
  })
  if (count === 0 || row === null) {
    throw new AppError('already_exists', 'A report of this project is being made. Wait for it, or cancel it first.', {
      reportId: row?.id ?? null,
    })
  }
  await enqueue(tx, 'run-selector-report', row.id)
  return { reportId: row.id }
}
