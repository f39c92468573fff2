/**
 * The selector's training file: what a text-only selector reads (captions of all candidate frames and the question) and what people
 * settled on (positions of the chosen frames). After the paper's selector (VideoEspresso, CVPR 2025, §4).
 */
import { z } from 'zod'
import { frameIndexSchema } from '../ids'
import type { CandidateFrames } from './candidate-frames'

/** A core frame farther than this from every candidate is not among them. Seconds; the sampling rule takes one a second or more. */
const FARTHEST_SEC = 1

/**
 * `id` of the sample in the project; `video` sha256; `captions` and `frames` (indices of the frame table) of the candidates in time
 * order; `chosen` = positions in both lists, ascending, each once.
 */
export const trainingRowSchema = z
  .strictObject({
    id: z.string().min(1),
    video: z.string().regex(/^[0-9a-f]{64}$/),
    question: z.string().min(1),
    task: z.string().nullable(),
    captions: z.array(z.string()).min(1),
    frames: z.array(frameIndexSchema).min(1),
    chosen: z.array(z.int().min(0)).min(1),
  })
  .refine(({ captions, frames }) => captions.length === frames.length, 'There is one caption a frame.')
  .refine(({ chosen, frames }) => chosen.every((at, place) => at < frames.length && at > (chosen[place - 1] ?? -1)), {
    message: 'Positions are those of frames, ascending, each once.',
    path: ['chosen'],
  })
export type TrainingRow = z.infer<typeof trainingRowSchema>

/** `reviewed` = times in seconds of the core frames that people settled on. */
export type Reviewed = Pick<TrainingRow, 'id' | 'question' | 'task'> & { readonly reviewed: readonly number[] }
/** Why there is no row: nobody captioned the video, or a core frame is no candidate. */
export type NoRow = 'no-captions' | 'not-a-candidate'

/**
 * The row of one sample. A core frame counts as the candidate nearest to it in time, of two equally near the earlier one; two core
 * frames may mean the same candidate. O(reviewed · candidates).
 */
export function trainingRow({ reviewed, ...sample }: Reviewed, candidates: CandidateFrames): TrainingRow | NoRow {
  const { frames, captions, videoSha256 } = candidates
  if (captions === null) return 'no-captions'
  const chosen = new Set<number>()
  for (const time of reviewed) {
    const distances = frames.map(({ timeSec }) => Math.abs(timeSec - time))
    const least = distances.reduce((low, distance) => Math.min(low, distance), Number.POSITIVE_INFINITY)
    if (least > FARTHEST_SEC) return 'not-a-candidate'
    chosen.add(distances.indexOf(least))
  }
  return {
    ...sample,
    video: videoSha256,
    captions: captions.map(({ text }) => text),
    frames: frames.map(({ index }) => index),
    chosen: [...chosen].sort((a, b) => a - b),
  }
}

/** One line of the file, fields in the order of the documents: the same sample is the same bytes. */
export function trainingLine({ id, video, question, task, captions, frames, chosen }: TrainingRow): string {
  return `${JSON.stringify({ id, video, question, task, captions, frames, chosen })}\n`
}
