/**
 * The parameters that a project may give a language model (`ProviderRef.parameters`). A closed list: a misspelt name would be
 * dropped without a word by one provider and refused with an error by the next.
 */
import { z } from 'zod'

/** `reasoning` = how long a reasoning model may think; `jsonSchema` false = the server knows JSON mode but no schemas. */
export const modelParametersSchema = z.strictObject({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  seed: z.int().min(0).max(2_147_483_647).optional(),
  maxOutputTokens: z.int().min(16).max(200_000).optional(),
  timeoutMs: z.int().min(1000).max(3_600_000).optional(),
  reasoning: z.enum(['none', 'minimal', 'low', 'medium', 'high']).optional(),
  jsonSchema: z.boolean().optional(),
})
export type ModelParameters = z.infer<typeof modelParametersSchema>
