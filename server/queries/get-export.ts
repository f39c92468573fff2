import { z } from 'zod'
import { AppError } from '@/core/errors'
import { type ExportStatus, exportReportSchema } from '@/core/formats/job-status'
import { db } from '../db'
import { exportOptionsSchema } from '../export/export-options'
import type { Export } from '../generated/prisma/client'
import { jobColumns } from './job-columns'

/** A row as the screens see it. */
export function exportStatusOf(row: Export): ExportStatus {
  return {
    ...jobColumns(row),
    options: exportOptionsSchema.safeParse(row.options).data ?? { state: 'approved', boxes: null },
    report: exportReportSchema.safeParse(row.report).data ?? null,
  }
}

/** One export of a project the caller has access to. Throws AppError not_found. */
export async function getExport(projectId: string, exportId: string): Promise<ExportStatus> {
  const row = z.uuid().safeParse(exportId).success ? await db.export.findFirst({ where: { id: exportId, projectId } }) : null
  if (row === null) throw new AppError('not_found', 'There is no such export in this project.', { exportId })
  return exportStatusOf(row)
}
