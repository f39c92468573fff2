/** What an import says of itself, while it runs and when it is done. Stored in `Import.report`, printed by the CLI. */
import { z } from 'zod'

/** `row` is 1-based in its file, null when the whole file is meant; `field` null when the whole row is meant. */
export const importProblemSchema = z.object({
  file: z.string(),
  row: z.int().nullable(),
  field: z.string().nullable(),
  code: z.string(),
  message: z.string(),
})
export type ImportProblem = z.infer<typeof importProblemSchema>

/** Lists are capped; the counts are not. In a dry run `imported` is what would be new. */
export const importReportSchema = z.object({
  total: z.int(),
  imported: z.int(),
  unchanged: z.int(),
  /** Imported or unchanged samples that carry a flag. */
  flagged: z.int(),
  perTask: z.record(z.string(), z.int()),
  errors: z.array(importProblemSchema),
  errorCount: z.int(),
  warnings: z.array(importProblemSchema),
  warningCount: z.int(),
  missingMedia: z.array(z.string()),
  /** Box convention by file name, with how it was chosen. */
  conventions: z.record(z.string(), z.object({ name: z.string(), how: z.string() })),
  /** Rows by variant of the format. */
  variants: z.record(z.string(), z.int()),
})
export type ImportReport = z.infer<typeof importReportSchema>
