import { type FramesUsed, framesUsedOf } from '@/core/selection/report-status'
import { reportSummarySchema } from '@/core/selection/report-summary'
import { db } from '../db'

/** How many frames each method takes in this project, by its newest finished report. Null while there is none, or one of an older shape. */
export async function getFramesUsed(projectId: string): Promise<FramesUsed | null> {
  const row = await db.selectorReport.findFirst({
    where: { projectId, state: 'done' },
    orderBy: { createdAt: 'desc' },
    select: { createdAt: true, summary: true },
  })
  if (row === null) return null
  return framesUsedOf({ createdAt: row.createdAt.toISOString(), summary: reportSummarySchema.safeParse(row.summary).data ?? null })
}
