import { z } from 'zod'
import { AppError } from '@/core/errors'
import { importReportSchema } from '@/core/formats/import-report'
import type { ImportStatus } from '@/core/formats/job-status'
import { db } from '../db'
import type { Import } from '../generated/prisma/client'
import { jobColumns } from './job-columns'

const filesSchema = z.array(z.object({ name: z.string(), bytes: z.number() }))

/** A row as the screens see it. */
export function importStatusOf(row: Import): ImportStatus {
  return {
    ...jobColumns(row),
    isDryRun: row.isDryRun,
    files: filesSchema.safeParse(row.files).data ?? [],
    report: importReportSchema.safeParse(row.report).data ?? null,
  }
}

/** One import of a project the caller has access to. Throws AppError not_found. */
export async function getImport(projectId: string, importId: string): Promise<ImportStatus> {
  const row = z.uuid().safeParse(importId).success ? await db.import.findFirst({ where: { id: importId, projectId } }) : null
  if (row === null) throw new AppError('not_found', 'There is no such import in this project.', { importId })
  return importStatusOf(row)
}
