/**
 * What the review screen reads: one sample with everything it needs to paint without decoding a video, and pages of the
 * queue. Built by `server/queries`, parsed again in the browser, so both ends agree on one schema.
 */
import { z } from 'zod'
import { flagSchema } from './flags'
import { rationalSchema } from './frame-table'
import { projectIdSchema, sampleIdSchema, sha256Schema, videoIdSchema } from './ids'
import { provenanceMapSchema } from './provenance'
import { documentSchema, reasonSchema } from './records'
import { sampleSourceSchema } from './sample-source'
import { sampleStateSchema } from './sample-state'

/** `isReady` = its frame table is there, so frames can be named. Sizes are those of a still (display orientation). */
export const reviewVideoSchema = z.strictObject({
  id: videoIdSchema,
  sha256: sha256Schema,
  name: z.string(),
  isReady: z.boolean(),
  /** Why the video cannot be used, in one sentence; null while it is fine or still being read. */
  problem: z.string().nullable(),
  width: z.int().min(1).nullable(),
  height: z.int().min(1).nullable(),
  timeBase: rationalSchema.nullable(),
  frameCount: z.int().min(0).nullable(),
  durationSec: z.number().nullable(),
  averageFps: z.number().nullable(),
  isVfr: z.boolean(),
  mediaType: z.string().nullable(),
})
export type ReviewVideo = z.infer<typeof reviewVideoSchema>

/** A person as far as others may see them. */
export const personSchema = z.strictObject({ id: z.string(), name: z.string() })
export type Person = z.infer<typeof personSchema>

/** One saved change, newest first in `ReviewSample.edits`. `records` = number of records it touched. */
export const editNoteSchema = z.strictObject({ version: z.int(), by: personSchema, at: z.string(), records: z.int() })

export const reviewSampleSchema = z.strictObject({
  id: sampleIdSchema,
  projectId: projectIdSchema,
  externalId: z.string(),
  split: z.string().nullable(),
  state: sampleStateSchema,
  version: z.int().min(0),
  draft: documentSchema,
  document: documentSchema,
  flags: z.array(flagSchema),
  /** Part of `flags` that no rule can see in the document: input of `computeFlags` after each edit. */
  rowProblems: z.array(flagSchema),
  provenance: provenanceMapSchema,
  source: sampleSourceSchema.nullable(),
  video: reviewVideoSchema.nullable(),
  /** Frame indices whose still is stored already; others are decoded when asked for. */
  readyStills: z.array(z.int().min(0)),
  decision: z
    .strictObject({
      word: z.string(),
      by: personSchema.nullable(),
      at: z.string().nullable(),
      reasons: z.array(reasonSchema),
      note: z.string(),
    })
    .nullable(),
  edits: z.array(editNoteSchema),
})
export type ReviewSample = z.infer<typeof reviewSampleSchema>

/** One row of the queue column. */
export const queueItemSchema = z.strictObject({
  id: sampleIdSchema,
  /** Opaque place in the order; pass it back as `after` or `before`. */
  cursor: z.string(),
  question: z.string(),
  task: z.string().nullable(),
  state: sampleStateSchema,
  risk: z.number(),
  flagCodes: z.array(z.string()),
  isBlocked: z.boolean(),
  itemsTotal: z.int(),
  itemsDone: z.int(),
  videoId: videoIdSchema.nullable(),
  thumbFrame: z.int().min(0).nullable(),
  /** Who decided, if the sample is decided; `isMine` spares a look at ids. */
  decidedBy: z.strictObject({ name: z.string(), isMine: z.boolean() }).nullable(),
  /** Put at the end of this person's queue because they skipped it. */
  isSkipped: z.boolean(),
})
export type QueueItem = z.infer<typeof queueItemSchema>

/**
 * A page in queue order: risk first, then order of import; samples that this person skipped come last.
 * `position` = 1-based place of `items[0]` among `total`. `counts` cover the whole filter.
 */
export const queuePageSchema = z.strictObject({
  items: z.array(queueItemSchema),
  position: z.int().min(0),
  total: z.int().min(0),
  hasBefore: z.boolean(),
  hasAfter: z.boolean(),
  counts: z.strictObject({ approved: z.int(), fixed: z.int(), rejected: z.int(), left: z.int() }),
})
export type QueuePage = z.infer<typeof queuePageSchema>
