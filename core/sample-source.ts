/**
 * What the source row looked like, kept so that an export can give back what an import took (invariant 10): the names the
 * source used for its fields, its unknown fields, its box convention, the evidence text before it was parsed, and the values
 * of fields that the document alone would write differently.
 */
import { z } from 'zod'

/** `how`: said by the file or the person, found out from the numbers, or assumed because nothing spoke against it. */
export const boxConventionSchema = z.strictObject({
  name: z.string().min(1).max(64),
  how: z.enum(['declared', 'detected', 'default']),
})
export type BoxConvention = z.infer<typeof boxConventionSchema>

/** `row` is 0-based in its file. `fieldNames` maps our field names to the source's spelling. `extra` = unknown fields as they came. */
export const sampleSourceSchema = z.strictObject({
  format: z.string().min(1).max(64),
  variant: z.string().max(64).nullable(),
  fileSha256: z.string().max(64).nullable(),
  row: z.int().min(0).nullable(),
  fieldNames: z.record(z.string(), z.string()),
  extra: z.record(z.string(), z.json()),
  boxConvention: boxConventionSchema.nullable(),
  rawEvidence: z.string().nullable(),
  /** Our field name to the value as it came, for fields whose spelling the document does not keep. */
  originals: z.record(z.string(), z.json()).default({}),
  videoPath: z.string().nullable(),
})
export type SampleSource = z.infer<typeof sampleSourceSchema>
