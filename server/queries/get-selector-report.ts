import { z } from 'zod'
import { AppError } from '@/core/errors'
import { type ReportStatus, reportOptionsSchema, type SelectorReport, STANDARD_REPORT } from '@/core/selection/report-status'
import { reportSummarySchema } from '@/core/selection/report-summary'
import { db } from '../db'
import type { SelectorReport as Row } from '../generated/prisma/client'

/** A row as the screens see it, without its figures. */
export function reportStatusOf(row: Omit<Row, 'summary'>, startedBy: string | null): ReportStatus {
  return {
    id: row.id,
    state: row.state,
    options: reportOptionsSchema.safeParse(row.options).data ?? STANDARD_REPORT,
    videosDone: row.videosDone,
    videosTotal: row.videosTotal,
    startedBy,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    errorMessage: row.errorMessage,
  }
}

/** One report of a project the caller has access to. Throws AppError not_found. */
export async function getSelectorReport(projectId: string, reportId: string): Promise<SelectorReport> {
  const id = z.uuid().safeParse(reportId).data
  const row = id === undefined ? null : await db.selectorReport.findFirst({ where: { id, projectId } })
  if (row === null) throw new AppError('not_found', 'There is no such report in this project.', { reportId })
  const person = row.userId === null ? null : await db.user.findUnique({ where: { id: row.userId }, select: { name: true } })
  // Figures of an older shape count as none: the report is made anew.
  return { ...reportStatusOf(row, person?.name ?? null), summary: reportSummarySchema.safeParse(row.summary).data ?? null }
}
