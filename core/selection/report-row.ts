/** What a selector report keeps of each video it has looked at: enough to count everything from, and to look at one sample. */
import { z } from 'zod'
import { frameIndexSchema } from '../ids'
import { SELECTION_METHODS } from './selection-options'

const duration = z.number().min(0)

/**
 * One method's choice: `indices` of the video's frame table and their times in seconds, in time order; `lookedAt` = candidates that it
 * had to score; `ms` and `flops` = what the answer takes with nothing known beforehand, looking and reading included.
 */
export const methodRowSchema = z
  .strictObject({
    method: z.enum(SELECTION_METHODS),
    indices: z.array(frameIndexSchema).min(1),
    timeSec: z.array(z.number()).min(1),
    lookedAt: z.int().min(0),
    ms: duration,
    flops: duration,
  })
  .refine((row) => row.indices.length === row.timeSec.length, 'A chosen frame has an index and a time.')
export type MethodRow = z.infer<typeof methodRowSchema>

/**
 * `reviewed` = times in seconds of the core frames that people settled on; `adopted` = how many of them a selector had proposed, which
 * flatters it. `task` as stored, null = none given.
 */
export const sampleRowSchema = z.strictObject({
  sampleId: z.string(),
  task: z.string().nullable(),
  reviewed: z.array(z.number()).min(1),
  adopted: z.int().min(0),
  methods: z.array(methodRowSchema).min(1),
})
export type SampleRow = z.infer<typeof sampleRowSchema>

/**
 * Why a reviewed sample is not in the report: it has no video that could be read, no core frame that is tied to an exact frame, no
 * question, it names nothing that the signals can look for, or its video cannot be decoded.
 */
export const LEFT_OUT = ['no-video', 'no-core-frame', 'no-question', 'nothing-to-look-for', 'unreadable-video'] as const
/** The same, as it is said after a number of samples. */
export const LEFT_OUT_WORDS: Readonly<Record<(typeof LEFT_OUT)[number], string>> = {
  'no-video': 'the video is not there or could not be read',
  'no-core-frame': 'no core frame, or one that is not tied to an exact frame',
  'no-question': 'no question',
  'nothing-to-look-for': 'the question names nothing that the detector knows',
  'unreadable-video': 'the video cannot be decoded',
}
export const leftOutSchema = z.strictObject({ sampleId: z.string(), reason: z.enum(LEFT_OUT) })
export type LeftOut = z.infer<typeof leftOutSchema>

/**
 * `candidates` = frames that could be chosen; `looks` = pictures that went through the detector for all of them; `lookMs` = time of
 * that with decoding. `captions` = whose captions were read: of a run, of the embedded captioner on the spot, or none.
 */
export const videoRowsSchema = z.strictObject({
  candidates: z.int().min(1).nullable(),
  looks: z.int().min(0),
  lookMs: duration,
  captions: z.enum(['run', 'here', 'none']),
  samples: z.array(sampleRowSchema),
  leftOut: z.array(leftOutSchema),
})
export type VideoRows = z.infer<typeof videoRowsSchema>
