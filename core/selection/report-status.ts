/** How a selector report looks from outside: what its route answers, the page polls and the command line prints. */
import { z } from 'zod'
import { reportSummarySchema } from './report-summary'
import { SELECTION_METHODS } from './selection-options'
import { SIGNALS } from './signals/blend'

const MOST_WEIGHT = 1000
const weight = z.number().min(0).max(MOST_WEIGHT)

/**
 * `weights` of the signals, relative to each other; 0 leaves one out. `k` = frames that the methods with a fixed number take. The rest
 * of their parameters are the defaults.
 */
export const reportOptionsSchema = z.strictObject({
  weights: z
    .strictObject({ text: weight, objects: weight, vision: weight })
    .refine((weights) => SIGNALS.some((name) => weights[name] > 0), 'Give at least one signal a weight above 0.'),
  k: z.int().min(1).max(32),
})
export type ReportOptions = z.infer<typeof reportOptionsSchema>

/** What a report looks at when nobody says otherwise: captions and objects alike, three frames. */
export const STANDARD_REPORT: ReportOptions = { weights: { text: 1, objects: 1, vision: 0 }, k: 3 }

/** Times are ISO 8601. `videosTotal` null = not counted yet; `errorMessage` only when it failed; `startedBy` null = the command line. */
export const reportStatusSchema = z.strictObject({
  id: z.uuid(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  options: reportOptionsSchema,
  videosDone: z.int().min(0),
  videosTotal: z.int().min(0).nullable(),
  startedBy: z.string().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  errorMessage: z.string().nullable(),
})
export type ReportStatus = z.infer<typeof reportStatusSchema>

/** One report with its figures; they are null until it is done. */
export const reportSchema = reportStatusSchema.extend({ summary: reportSummarySchema.nullable() })
export type SelectorReport = z.infer<typeof reportSchema>

/** Reports of a project, newest first. `reviewed` = samples that a new one would look at. */
export const reportListSchema = z.strictObject({ reports: z.array(reportStatusSchema), reviewed: z.int().min(0) })
export type ReportList = z.infer<typeof reportListSchema>

/**
 * What a project's newest finished report says of frames used: `mean` of each method over `samples` samples. `createdAt` = when it was
 * made, ISO 8601.
 */
export const framesUsedSchema = z.strictObject({
  createdAt: z.string(),
  samples: z.int().min(1),
  methods: z.array(z.strictObject({ method: z.enum(SELECTION_METHODS), mean: z.number().min(0) })),
})
export type FramesUsed = z.infer<typeof framesUsedSchema>

/** Null where the report has measured nothing. */
export function framesUsedOf({ createdAt, summary }: Pick<SelectorReport, 'createdAt' | 'summary'>): FramesUsed | null {
  if (summary === null || summary.samples === 0) return null
  const methods = summary.methods.map(({ method, frames }) => ({ method, mean: frames.mean }))
  return { createdAt, samples: summary.samples, methods }
}
