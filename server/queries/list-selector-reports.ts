import type { ReportList } from '@/core/selection/report-status'
import { db } from '../db'
import { countReviewed } from '../selection/reviewed-samples'
import { reportStatusOf } from './get-selector-report'

const MAX_REPORTS = 20

/** The latest reports of a project, newest first, without their figures. */
export async function listSelectorReports(projectId: string): Promise<ReportList> {
  const [rows, reviewed] = await Promise.all([
    db.selectorReport.findMany({
      where: { projectId },
      omit: { summary: true },
      orderBy: { createdAt: 'desc' },
      take: MAX_REPORTS,
    }),
    countReviewed(projectId),
  ])
  const ids = [...new Set(rows.flatMap(({ userId }) => userId ?? []))]
  const people = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return { reports: rows.map((row) => reportStatusOf(row, row.userId === null ? null : (names.get(row.userId) ?? null))), reviewed }
}
