/** A question that the judges refused, with what they said: kept and shown, so that the filter itself can be judged. */
import { z } from 'zod'
import { judgementSchema } from './outputs'

export const rejectedPairSchema = z.object({
  videoId: z.uuid(),
  videoName: z.string(),
  key: z.string(),
  question: z.string(),
  answer: z.string(),
  judgements: z.array(judgementSchema),
})
export type RejectedPair = z.infer<typeof rejectedPairSchema>

/** `next` = opaque place to go on from; null on the last page. */
export const rejectedPairsPageSchema = z.object({ pairs: z.array(rejectedPairSchema), next: z.string().nullable() })
export type RejectedPairsPage = z.infer<typeof rejectedPairsPageSchema>
