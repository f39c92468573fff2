/**
 * models.json: what lies in a folder of embedded models, written by `scripts/weights` when a model has been converted and its
 * numbers compared with the original's. The worker opens nothing that is not in it.
 */
import { z } from 'zod'

const fileSchema = z.strictObject({
  /** A plain name, so that nothing outside of the folder can be meant. */
  file: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,80}$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(1),
})
export type PinnedModelFile = z.infer<typeof fileSchema>

export const embeddedModelNameSchema = z.enum(['ssd-coco', 'use-lite'])
export type EmbeddedModelName = z.infer<typeof embeddedModelNameSchema>

const modelSchema = z.strictObject({
  name: embeddedModelNameSchema,
  /** Package and version the weights came from. */
  version: z.string(),
  ...fileSchema.shape,
  source: z.string(),
  licence: z.string(),
  /** What the model can do in a pipeline. */
  roles: z.array(z.enum(['captioner', 'embedder', 'detector', 'verifier'])),
  vocabulary: fileSchema.nullable(),
})
export type EmbeddedModelEntry = z.infer<typeof modelSchema>

export const modelsManifestSchema = z.strictObject({ format: z.literal('crema.models/v1'), models: z.array(modelSchema) })
export type ModelsManifest = z.infer<typeof modelsManifestSchema>

export const MODELS_MANIFEST = 'models.json'
