/** The shape of an automatic warning and what its rules know; apart from `flags.ts` so that the rule files can import it. */
import { z } from 'zod'
import { recordIdSchema } from './ids'
import { defectCodeSchema } from './records'

/** `message` = one plain sentence why. `blocking` = the sample cannot be approved while it stands. */
export const flagSchema = z.strictObject({
  code: defectCodeSchema,
  recordId: recordIdSchema.nullable(),
  message: z.string().min(1).max(2000),
  blocking: z.boolean(),
})
export type Flag = z.infer<typeof flagSchema>

/**
 * What the rules know beside the document. `video` = display size in pixels and number of frames, null while unknown.
 * `rowProblems` = what the importer saw in the source row and a document cannot show.
 */
export type FlagContext = {
  readonly video: { readonly width: number; readonly height: number; readonly frameCount: number } | null
  readonly isMissingMedia: boolean
  readonly rowProblems: readonly Flag[]
}
