/**
 * How a run looks from outside: what `server/queries` answers and the screens parse again. Money in micro US dollars, times as
 * ISO 8601, rates in tasks a second.
 */
import { z } from 'zod'
import { stageNameSchema } from './stages'

export const runStateSchema = z.enum(['running', 'paused', 'cancelled', 'done'])
export type RunState = z.infer<typeof runStateSchema>

const count = z.int().min(0)
const micro = z.number().min(0)

/**
 * One stage of a run. `memory` = those of `done` that cost nothing because their result was there already; `retrying` = those
 * of `waiting` that failed before and try again. `total` null = nobody can know yet how many drafts there will be.
 */
export const stageProgressSchema = z.object({
  stage: stageNameSchema,
  done: count,
  memory: count,
  running: count,
  waiting: count,
  retrying: count,
  failed: count,
  cancelled: count,
  total: count.nullable(),
  perSec: z.number().nullable(),
  leftSec: z.number().nullable(),
  costMicroUsd: micro,
})
export type StageProgress = z.infer<typeof stageProgressSchema>

/** What came out of a run, counted in the results and so untouched by what people did to the samples since. */
export const runOutcomeSchema = z.object({
  number: z.int(),
  drafts: count,
  rejectedPairs: count,
  flags: count,
  costMicroUsd: micro,
  durationSec: z.number().nullable(),
})
export type RunOutcome = z.infer<typeof runOutcomeSchema>

export const runStatusSchema = z.object({
  id: z.uuid(),
  number: z.int(),
  preset: z.string(),
  state: runStateSchema,
  stateReason: z.string().nullable(),
  freshFrom: stageNameSchema.nullable(),
  startedBy: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  /** The threshold for near-duplicates of this run; null where its settings are of an older shape. */
  dedupeThreshold: z.number().nullable(),
  videos: z.object({ total: count, done: count, failed: count, cancelled: count, active: count }),
  drafts: count,
  failed: count,
  retrying: count,
  videosPerMin: z.number().nullable(),
  leftSec: z.number().nullable(),
  budget: z.object({ spentMicroUsd: micro, reservedMicroUsd: micro, capMicroUsd: micro.nullable(), forecastMicroUsd: micro.nullable() }),
  stages: z.array(stageProgressSchema),
})
export type RunStatus = z.infer<typeof runStatusSchema>

/** A row of the list of runs. */
export const runSummarySchema = z.object({
  id: z.uuid(),
  number: z.int(),
  preset: z.string(),
  state: runStateSchema,
  stateReason: z.string().nullable(),
  freshFrom: stageNameSchema.nullable(),
  videos: count,
  drafts: count,
  failed: count,
  costMicroUsd: micro,
  startedBy: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
})
export type RunSummary = z.infer<typeof runSummarySchema>

export const runListSchema = z.object({ runs: z.array(runSummarySchema) })
