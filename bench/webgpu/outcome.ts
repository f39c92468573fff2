/** What a run of the WebGPU benchmark leaves behind, as JSON. */
import { z } from 'zod'

/** `software` = an adapter that the processor plays (SwiftShader): right, and of no use for figures of a card. */
export const ADAPTERS = ['hardware', 'software'] as const

/**
 * One thing done again and again. `batch` = pictures or texts at a time, all times in milliseconds of the whole batch. `firstMs` =
 * of the first run, with the programs of the card made; it is not among the `runs`, unless there was time for no other (`isWarm` false).
 */
export const measuredSchema = z.strictObject({
  what: z.string(),
  by: z.enum(['crema', 'transformers.js']),
  device: z.enum(['webgpu', 'wasm']),
  batch: z.int().min(1),
  runs: z.int().min(1),
  isWarm: z.boolean(),
  firstMs: z.number(),
  medianMs: z.number(),
  p10Ms: z.number(),
  p90Ms: z.number(),
})
export type Measured = z.infer<typeof measuredSchema>

export const adapterSchema = z.strictObject({
  name: z.string(),
  vendor: z.string(),
  architecture: z.string(),
  description: z.string(),
  isFallback: z.boolean(),
  features: z.array(z.string()),
  limits: z.record(z.string(), z.number()),
})

/** Said by the page. `reason` = why no WebGPU, null where there is. `openMs` by device; `jsHeapBytes` of the page after all was opened. */
export const pageOutcomeSchema = z.strictObject({
  format: z.literal('crema.webgpu-bench/v1'),
  settings: z.strictObject({ adapter: z.enum(ADAPTERS), runs: z.int(), budgetSec: z.number() }),
  browser: z.string(),
  isIsolated: z.boolean(),
  threads: z.int(),
  adapter: adapterSchema.nullable(),
  reason: z.string().nullable(),
  models: z.array(z.strictObject({ name: z.string(), bytes: z.int(), by: z.string(), device: z.string(), openMs: z.number() })),
  measured: z.array(measuredSchema),
  /** Lowest cosine between the vectors of the same pictures by two ways. */
  agreement: z.array(z.strictObject({ what: z.string(), cosine: z.number() })),
  jsHeapBytes: z.number().nullable(),
})
export type PageOutcome = z.infer<typeof pageOutcomeSchema>

/** With what only the server beside the browser sees: memory of all its processes, and of a card of NVIDIA. */
export const outcomeSchema = pageOutcomeSchema.extend({
  memory: z.strictObject({ peakBytes: z.int(), peakGpuBytes: z.int().nullable() }),
  seconds: z.number(),
})
export type Outcome = z.infer<typeof outcomeSchema>
