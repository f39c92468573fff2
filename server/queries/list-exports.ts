import type { ExportStatus } from '@/core/formats/job-status'
import { db } from '../db'
import { exportStatusOf } from './get-export'

const MAX_EXPORTS = 50

/** The latest exports of a project, newest first. */
export async function listExports(projectId: string): Promise<ExportStatus[]> {
  const rows = await db.export.findMany({ where: { projectId }, orderBy: { createdAt: 'desc' }, take: MAX_EXPORTS })
  return rows.map(exportStatusOf)
}
