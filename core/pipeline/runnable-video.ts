/** Videos to choose from when a run is started. */
import { z } from 'zod'

export const runnableVideoSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  hasPoster: z.boolean(),
  durationSec: z.number().nullable(),
  samples: z.int().min(0),
})
export type RunnableVideo = z.infer<typeof runnableVideoSchema>

/** `total` = all that match, also those beyond the end of the list. */
export const runnableVideosSchema = z.object({ videos: z.array(runnableVideoSchema), total: z.int().min(0) })
