/** Where a sample of the pipeline came from: the stages that made it, and what they did not take. */
import { z } from 'zod'

import { rectSchema } from '../records'
import { judgementSchema } from './outputs'
import { stageProvenanceSchema } from './stage-provenance'
import { stageNameSchema } from './stages'

/** A stage as it ran for this sample. `isMemo` = the result was there already and this run paid nothing for it. */
export const originStageSchema = z.object({
  stage: stageNameSchema,
  provenance: stageProvenanceSchema.partial().nullable(),
  costMicroUsd: z.number().min(0),
  durationMs: z.number().min(0),
  isMemo: z.boolean(),
  at: z.string(),
})
export type OriginStage = z.infer<typeof originStageSchema>

/** A box the verifier refused. `frameIndex` null where the frame was not found again. */
export const refusedBoxSchema = z.object({
  phrase: z.string(),
  label: z.string(),
  frameIndex: z.int().min(0).nullable(),
  rect: rectSchema,
  score: z.number(),
  agreement: z.number().nullable(),
  note: z.string(),
})
export type RefusedBox = z.infer<typeof refusedBoxSchema>

export const sampleOriginSchema = z.object({
  runNumber: z.int(),
  runId: z.uuid(),
  stages: z.array(originStageSchema),
  refusedBoxes: z.array(refusedBoxSchema),
  undetectable: z.array(z.object({ phrase: z.string(), reason: z.string() })),
  rejectedPairs: z.array(z.object({ question: z.string(), answer: z.string(), judgements: z.array(judgementSchema) })),
})
export type SampleOrigin = z.infer<typeof sampleOriginSchema>
