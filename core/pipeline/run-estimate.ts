/** What a run would do anew and cost, before it is started. */
import { z } from 'zod'
import { pipelineSettingsSchema, presetNameSchema } from './settings'
import { stageNameSchema } from './stages'

/** Which run is meant: settings go before a preset; neither = the project's own. `videoIds` null = all that have been read. */
export const estimateRequestSchema = z.object({
  settings: pipelineSettingsSchema.nullable().default(null),
  preset: presetNameSchema.nullable().default(null),
  videoIds: z.array(z.uuid()).max(100_000).nullable().default(null),
  freshFrom: stageNameSchema.nullable().default(null),
})
export type EstimateRequest = z.input<typeof estimateRequestSchema>

const count = z.int().min(0)

/**
 * `fresh` = videos no run has gone through yet; `redone` = those of which `firstStage` and what follows from it is done again;
 * the others come out of memory. `costMicroUsd` null = a model in `unpriced` has no price. `leftSec` null = nothing to go by.
 */
export const runEstimateSchema = z.object({
  videos: count,
  fresh: count,
  redone: count,
  firstStage: stageNameSchema.nullable(),
  calls: count,
  costMicroUsd: z.number().min(0).nullable(),
  unpriced: z.array(z.string()),
  leftSec: z.number().min(0).nullable(),
})
export type RunEstimateView = z.infer<typeof runEstimateSchema>
