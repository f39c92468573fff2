/** How a running import or export looks from outside: what the status routes answer and the screens poll. */
import { z } from 'zod'
import { importReportSchema } from './import-report'

const jobStateSchema = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled'])

/** `rowsTotal` null = not counted yet. Times are ISO 8601. `errorMessage` only when the job failed. */
const shared = {
  id: z.uuid(),
  format: z.string(),
  state: jobStateSchema,
  rowsDone: z.int(),
  rowsTotal: z.int().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  errorMessage: z.string().nullable(),
}

/** `report` null until the job is done. */
export const importStatusSchema = z.object({
  ...shared,
  isDryRun: z.boolean(),
  files: z.array(z.object({ name: z.string(), bytes: z.int() })),
  report: importReportSchema.nullable(),
})
export type ImportStatus = z.infer<typeof importStatusSchema>

/** What an export made. `archive` = the zip for the browser; the files are inside of it. */
export const exportReportSchema = z.object({
  samples: z.int(),
  files: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.int() })),
  fileCount: z.int(),
  perTask: z.record(z.string(), z.int()),
  warnings: z.array(z.string()),
  archive: z.object({ name: z.string(), sha256: z.string(), bytes: z.int() }).nullable(),
})
export type ExportReport = z.infer<typeof exportReportSchema>

export const exportStatusSchema = z.object({
  ...shared,
  options: z.object({ state: z.enum(['approved', 'all']), boxes: z.string().nullable() }),
  report: exportReportSchema.nullable(),
})
export type ExportStatus = z.infer<typeof exportStatusSchema>

/** Exports of a project, newest first. */
export const exportListSchema = z.object({ exports: z.array(exportStatusSchema) })
