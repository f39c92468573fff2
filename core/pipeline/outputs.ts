/**
 * What each stage hands on: one schema a stage, parsed when a stored result is read again (invariants 7 and 8). Frames are
 * named by their index in the video's frame table, times in seconds from the table, rectangles in pixels of the still.
 */
import { z } from 'zod'
import { frameIndexSchema } from '../ids'
import { rectSchema } from '../records'
import { SELECTION_METHODS } from '../selection/selection-options'
import { frameFactsSchema } from './facts'
import type { StageName } from './stages'

const text = z.string().max(20_000)
const score = z.number().min(-1).max(1)

/** One sampled frame. `pts` in the time base of the table. */
export const sampledFrameSchema = z.strictObject({ index: frameIndexSchema, pts: z.int(), timeSec: z.number() })
export type SampledFrame = z.infer<typeof sampledFrameSchema>

/** A run of frames without a cut, both ends inclusive; `motion` = its measured motion 0–1, `fps` = the rate chosen for it. */
export const shotSchema = z.strictObject({
  startIndex: frameIndexSchema,
  endIndex: frameIndexSchema,
  motion: z.number().min(0),
  fps: z.number().positive(),
})
export type Shot = z.infer<typeof shotSchema>

/** `curve` = motion over time, for the preview: at most a few hundred points. */
export const sampleFramesOutputSchema = z.strictObject({
  frames: z.array(sampledFrameSchema),
  shots: z.array(shotSchema),
  curve: z.array(z.strictObject({ timeSec: z.number(), motion: z.number() })),
})
export type SampleFramesOutput = z.infer<typeof sampleFramesOutputSchema>

/** A caption of every sampled frame, in their order. `facts` null where a model wrote prose only. */
export const captionOutputSchema = z.strictObject({
  captions: z.array(z.strictObject({ frameIndex: frameIndexSchema, text, facts: frameFactsSchema.nullable() })),
})
export type CaptionOutput = z.infer<typeof captionOutputSchema>
/** One caption with the frame it describes. */
export type Caption = CaptionOutput['captions'][number]

/** Why a caption was dropped, against which kept frame. */
export const droppedSchema = z.strictObject({ frameIndex: frameIndexSchema, against: frameIndexSchema, similarity: score })
export type Dropped = z.infer<typeof droppedSchema>

/** `vectors` = a stored file of float32 little-endian rows, one a caption in their order, each of unit length. */
export const dedupeOutputSchema = z.strictObject({
  kept: z.array(frameIndexSchema),
  dropped: z.array(droppedSchema),
  vectors: z.strictObject({ sha256: z.string(), dimensions: z.int().min(1) }),
})
export type DedupeOutput = z.infer<typeof dedupeOutputSchema>

export const groupOutputSchema = z.strictObject({ groups: z.array(z.array(frameIndexSchema)) })
export type GroupOutput = z.infer<typeof groupOutputSchema>

/** A box that the writer of a question rests on: it was seen before the question was written. */
export const supportBoxSchema = z.strictObject({ frameIndex: frameIndexSchema, rect: rectSchema, score: z.number() })
/**
 * What a template writer knows of its own question: core frames, objects with boxes, evidence sentences. Objects are named
 * in sentences as `[[0]]` … by their position. null where a model wrote the question.
 */
export const supportSchema = z.strictObject({
  frames: z.array(z.strictObject({ frameIndex: frameIndexSchema, caption: text })).min(1),
  objects: z.array(z.strictObject({ phrase: z.string().max(2000), label: z.string().max(64), boxes: z.array(supportBoxSchema) })),
  steps: z.array(z.strictObject({ text, frames: z.array(frameIndexSchema) })).min(1),
  task: z.string().max(64),
  distractors: z.array(text),
})
export type Support = z.infer<typeof supportSchema>

/** `key` = identity of the pair in its video (`pairKey`); `group` = position of its group. */
export const qaPairSchema = z.strictObject({
  key: z.string().min(1).max(64),
  group: z.int().min(0),
  question: text,
  answer: text,
  support: supportSchema.nullable(),
})
export type QaPair = z.infer<typeof qaPairSchema>
export const writeQaOutputSchema = z.strictObject({ pairs: z.array(qaPairSchema) })
export type WriteQaOutput = z.infer<typeof writeQaOutputSchema>

/** What a judge may find against a pair (paper fig. 8). */
export const criterionSchema = z.enum([
  'not_observable',
  'subjective',
  'single_frame',
  'inconsistent',
  'not_answerable',
  'trivial',
  'malformed',
])
export type Criterion = z.infer<typeof criterionSchema>
export const judgementSchema = z.strictObject({
  judge: z.string().max(200),
  verdict: z.enum(['keep', 'reject']),
  criterion: criterionSchema.nullable(),
  reason: z.string().max(2000),
})
export type Judgement = z.infer<typeof judgementSchema>
/** Every pair, kept or not: rejected ones stay visible with the reason. */
export const filterQaOutputSchema = z.strictObject({
  judged: z.array(z.strictObject({ key: z.string(), isKept: z.boolean(), judgements: z.array(judgementSchema) })),
})
export type FilterQaOutput = z.infer<typeof filterQaOutputSchema>

/** `claimedIndex` = the frame the writer or the selector says it means; `caption` = its own words for it, which `retrieve` looks up. */
export const pickCoreFramesOutputSchema = z.strictObject({
  frames: z.array(z.strictObject({ claimedIndex: frameIndexSchema.nullable(), caption: text })).min(1),
  /**
   * Only where a selector picked: `relevance` of each frame in their order, 0–1; null = not chosen by it, but what the writer of the
   * question rests its evidence on. `notes` = what it could not look for.
   */
  selector: z
    .strictObject({
      method: z.enum(SELECTION_METHODS),
      relevance: z.array(z.number().min(0).max(1).nullable()),
      notes: z.array(z.string().max(2000)),
    })
    .optional(),
})
export type PickCoreFramesOutput = z.infer<typeof pickCoreFramesOutputSchema>

export const nameObjectsOutputSchema = z.strictObject({ objects: z.array(z.strictObject({ phrase: z.string().min(1).max(2000) })) })
export type NameObjectsOutput = z.infer<typeof nameObjectsOutputSchema>

/** `object` and `frames` are positions in the lists of the two stages before. */
export const evidenceTokenSchema = z.union([
  z.strictObject({ kind: z.literal('text'), text }),
  z.strictObject({ kind: z.literal('mention'), text: z.string().max(2000), object: z.int().min(0) }),
])
export type EvidenceToken = z.infer<typeof evidenceTokenSchema>
export const writeEvidenceOutputSchema = z.strictObject({
  steps: z.array(z.strictObject({ tokens: z.array(evidenceTokenSchema).min(1), frames: z.array(z.int().min(0)) })).min(1),
})
export type WriteEvidenceOutput = z.infer<typeof writeEvidenceOutputSchema>

/** One frame for each core frame of `pick-core-frames`. `score` = cosine of the best, `margin` = its lead over the runner-up. */
export const retrieveOutputSchema = z.strictObject({
  frames: z.array(
    z.strictObject({ frameIndex: frameIndexSchema, score: score.nullable(), margin: z.number().nullable(), isLowMargin: z.boolean() }),
  ),
})
export type RetrieveOutput = z.infer<typeof retrieveOutputSchema>

/** `object` and `frame` are positions. `undetectable` = phrases the detector cannot know, with what it says of them. */
export const groundOutputSchema = z.strictObject({
  boxes: z.array(
    z.strictObject({ object: z.int().min(0), frame: z.int().min(0), rect: rectSchema, score: z.number(), label: z.string().max(200) }),
  ),
  undetectable: z.array(z.strictObject({ object: z.int().min(0), reason: z.string().max(500) })),
})
export type GroundOutput = z.infer<typeof groundOutputSchema>

/** One check for each box of `ground`, in their order. `rank` 1 = the phrase fits this crop best among the sample's phrases. */
export const verifyOutputSchema = z.strictObject({
  checks: z.array(
    z.strictObject({
      agreement: z.number().nullable(),
      rank: z.int().min(1).nullable(),
      isAccepted: z.boolean(),
      note: z.string().max(500),
    }),
  ),
})
export type VerifyOutput = z.infer<typeof verifyOutputSchema>

/** `task` = a `TaskId` of `core/tasks.ts`. */
export const classifyTaskOutputSchema = z.strictObject({ task: z.string().max(64), reason: z.string().max(2000).nullable() })
export type ClassifyTaskOutput = z.infer<typeof classifyTaskOutputSchema>

/** Empty options = an open-ended sample. `seed` shuffled them; `lengthGap` = answer minus longest distractor, in characters. */
export const writeOptionsOutputSchema = z.strictObject({
  options: z.array(text),
  correctIndex: z.int().min(0).nullable(),
  seed: z.int(),
  lengthGap: z.int().nullable(),
})
export type WriteOptionsOutput = z.infer<typeof writeOptionsOutputSchema>

/** What became of the draft. `kept` = a person has already worked on the sample of this pair, so it was left alone. */
export const lintOutputSchema = z.strictObject({
  sampleId: z.string().nullable(),
  outcome: z.enum(['written', 'unchanged', 'replaced', 'kept']),
  flagCodes: z.array(z.string()),
})
export type LintOutput = z.infer<typeof lintOutputSchema>

/** The schema of each stage's output. */
export const STAGE_OUTPUTS = {
  'sample-frames': sampleFramesOutputSchema,
  caption: captionOutputSchema,
  dedupe: dedupeOutputSchema,
  group: groupOutputSchema,
  'write-qa': writeQaOutputSchema,
  'filter-qa': filterQaOutputSchema,
  'pick-core-frames': pickCoreFramesOutputSchema,
  'name-objects': nameObjectsOutputSchema,
  'write-evidence': writeEvidenceOutputSchema,
  retrieve: retrieveOutputSchema,
  ground: groundOutputSchema,
  verify: verifyOutputSchema,
  'classify-task': classifyTaskOutputSchema,
  'write-options': writeOptionsOutputSchema,
  lint: lintOutputSchema,
} as const satisfies Record<StageName, z.ZodType>

/** The output of each stage by its name. */
export type StageOutput = { [Name in StageName]: z.infer<(typeof STAGE_OUTPUTS)[Name]> }
