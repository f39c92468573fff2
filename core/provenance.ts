/** Where a draft record came from (invariant 9). Kept per record id beside the draft; never edited by people. */
import { z } from 'zod'

const word = z.string().max(400).nullable()

/**
 * `import` = read from a file, `model` = written by a model, `template` = written by code without a model (the screen says
 * "template draft"), `person` = written by hand. `promptHash` = sha256 of the exact prompt. `at` = ISO 8601, null = unknown.
 */
export const provenanceSchema = z.strictObject({
  kind: z.enum(['import', 'model', 'template', 'person']),
  provider: word,
  model: word,
  version: word,
  promptHash: z.string().max(128).nullable(),
  parameters: z.record(z.string().max(200), z.json()),
  costMicroUsd: z.int().min(0).nullable(),
  note: z.string().max(2000).nullable(),
  at: z.iso.datetime({ offset: true }).nullable(),
})
export type Provenance = z.infer<typeof provenanceSchema>

/** Record id to provenance; ids of records removed since the draft stay. */
export const provenanceMapSchema = z.record(z.string(), provenanceSchema)
export type ProvenanceMap = z.infer<typeof provenanceMapSchema>
