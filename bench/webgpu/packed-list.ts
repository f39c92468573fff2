import { z } from 'zod'

/** `file` relative to the packed folder. */
export const packedListSchema = z.array(z.strictObject({ name: z.string(), file: z.string(), sha256: z.string(), bytes: z.int() }))
export type PackedList = z.infer<typeof packedListSchema>

/** As Transformers.js names it too: its folder below `models`. */
export const DUAL_ENCODER = 'random/vit-b-32'
