import type { ExportStatus, ImportStatus } from '@/core/formats/job-status'
import type { Export, Import } from '../generated/prisma/client'
import { errorOf } from '../import/track-import'

type Shared = Omit<ImportStatus & ExportStatus, 'isDryRun' | 'files' | 'options' | 'report'>

/** What imports and exports tell alike: how far they are, since when, and what stopped them. */
export function jobColumns(row: Import | Export): Shared {
  return {
    id: row.id,
    format: row.format,
    state: row.state,
    rowsDone: row.rowsDone,
    rowsTotal: row.rowsTotal,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    errorMessage: errorOf(row.report),
  }
}
