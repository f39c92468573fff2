/** Small questions to a model that a person waits for, as their screens read them. */
import { z } from 'zod'
import { rectSchema } from '../records'

/** `output` null until it is done; `error` only when it failed. */
export const errandStatusSchema = z.object({
  id: z.uuid(),
  kind: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  output: z.json().nullable(),
  error: z.object({ code: z.string().nullable(), message: z.string() }).nullable(),
})
export type ErrandStatus = z.infer<typeof errandStatusSchema>

/** Answer of the test of a provider. `costMicroUsd` null = no price is known for this model. */
export const providerTestSchema = z.object({ answer: z.string(), latencyMs: z.number().min(0), costMicroUsd: z.number().min(0).nullable() })
export type ProviderTest = z.infer<typeof providerTestSchema>

/** Boxes of a phrase on a frame, best first, in pixels of the still. `reason` = why the phrase cannot be looked for at all. */
export const foundBoxesSchema = z.object({
  boxes: z.array(z.object({ rect: rectSchema, score: z.number(), label: z.string() })),
  reason: z.string().nullable(),
})
export type FoundBoxes = z.infer<typeof foundBoxesSchema>

/** Whether nothing more will happen to it. */
export function isSettled(status: Pick<ErrandStatus, 'state'>): boolean {
  return status.state === 'done' || status.state === 'failed' || status.state === 'cancelled'
}
