/** One line of the samples list, as server and browser exchange it. */
import { z } from 'zod'
import { defectCodeSchema } from './records'
import { sampleStateSchema } from './sample-state'

export const sampleRowSchema = z.object({
  id: z.uuid(),
  /** Order of import, as text because it is a 64-bit number. */
  ordinal: z.string(),
  externalId: z.string(),
  question: z.string(),
  task: z.string().nullable(),
  state: sampleStateSchema,
  flagCodes: z.array(defectCodeSchema),
  isBlocked: z.boolean(),
  /** 0–1 */
  risk: z.number(),
  itemsTotal: z.number(),
  itemsDone: z.number(),
  thumbFrame: z.number().nullable(),
  videoId: z.uuid().nullable(),
  videoName: z.string().nullable(),
  reviewer: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** ISO 8601, UTC */
  updatedAt: z.string(),
})
export type SampleRow = z.infer<typeof sampleRowSchema>

/** `next` continues after the last row; null = that was all. */
export const samplePageSchema = z.object({ rows: z.array(sampleRowSchema), next: z.string().nullable() })
export type SamplePage = z.infer<typeof samplePageSchema>

const countsSchema = z.record(z.string(), z.number())
/** Numbers beside the filter: each facet is counted under the other facets' choices. */
export const sampleFacetsSchema = z.object({ total: z.number(), state: countsSchema, task: countsSchema, flag: countsSchema })
export type SampleFacets = z.infer<typeof sampleFacetsSchema>
