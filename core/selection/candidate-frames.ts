/** The frames of a video that a selector may choose from, with what the pipeline has said of them: the answer of one route. */
import { z } from 'zod'
import { frameFactsSchema } from '../pipeline/facts'
import { sampledFrameSchema } from '../pipeline/outputs'

/** Most candidate frames of one video; more are thinned evenly. */
export const MAX_CANDIDATES = 256

/**
 * `frames` in time order, each once. `run` = number of the run whose sampled frames they are; null = none has sampled the video, and
 * they are `fps` frames a second of the frame table. `captions` = one a frame, in their order, or null where no run captioned them;
 * `facts` stand there only where the embedded captioner saw the frame.
 */
export const candidateFramesSchema = z.strictObject({
  videoSha256: z.string().regex(/^[0-9a-f]{64}$/),
  run: z.int().min(1).nullable(),
  fps: z.number().positive().nullable(),
  frames: z.array(sampledFrameSchema).min(1).max(MAX_CANDIDATES),
  captions: z.array(z.strictObject({ text: z.string(), facts: frameFactsSchema.nullable() })).nullable(),
  captionedBy: z.string().nullable(),
})
export type CandidateFrames = z.infer<typeof candidateFramesSchema>
