import { z } from 'zod'
import { boxConventionNameSchema } from '@/core/formats/videoespresso/box-convention'

/** What is stored in `Export.options`. */
export const exportOptionsSchema = z.object({
  state: z.enum(['approved', 'all']).default('approved'),
  /** null = each row in the convention of its source. */
  boxes: boxConventionNameSchema.nullable().default(null),
})
export type ExportOptions = z.infer<typeof exportOptionsSchema>
