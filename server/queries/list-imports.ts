import type { ImportStatus } from '@/core/formats/job-status'
import { db } from '../db'
import { importStatusOf } from './get-import'

const MAX_IMPORTS = 50

/** The latest real imports of a project, newest first; previews are left out. */
export async function listImports(projectId: string): Promise<ImportStatus[]> {
  const rows = await db.import.findMany({ where: { projectId, isDryRun: false }, orderBy: { createdAt: 'desc' }, take: MAX_IMPORTS })
  return rows.map(importStatusOf)
}
