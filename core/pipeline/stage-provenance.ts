/** Where the result of a stage came from: kept beside it, and the ground of what each draft record says (invariant 9). */
import { z } from 'zod'
import { provenanceSchema } from '../provenance'

/** `calls` = calls to a model, `fromMemory` of them answered without one. Cost in micro US dollars, what was paid for it first. */
export const stageProvenanceSchema = z.strictObject({
  kind: provenanceSchema.shape.kind,
  provider: provenanceSchema.shape.provider,
  model: provenanceSchema.shape.model,
  version: provenanceSchema.shape.version,
  promptHash: provenanceSchema.shape.promptHash,
  parameters: provenanceSchema.shape.parameters,
  calls: z.int().min(0),
})
export type StageProvenance = z.infer<typeof stageProvenanceSchema>

/** Of a stage that asks no model: code of ours did it. */
export const CODE_PROVENANCE: StageProvenance = {
  kind: 'template',
  provider: null,
  model: null,
  version: null,
  promptHash: null,
  parameters: {},
  calls: 0,
}
