/**
 * The document of a sample: a flat set of records (design §1). Every editable piece of a sample is one record, so that a
 * change is a value over records (`core/diff.ts`) and undo, autosave, merge, audit and metrics all use the same value.
 *
 * Persisted as JSON in `SampleBody`: any change of shape needs a migration and an upgrade step in `formats/crema`.
 * Records have no optional keys (absent is `null`), so equality and hashes are stable.
 */
import { z } from 'zod'
import { frameIndexSchema, recordIdSchema } from './ids'

const MAX_TEXT = 20_000

/** Per record: what a person said of it. `stale` = its ground moved (a box on a moved frame). */
export const verdictSchema = z.enum(['unseen', 'accepted', 'edited', 'rejected', 'added', 'stale'])
export type Verdict = z.infer<typeof verdictSchema>

/** Defect codes of `docs/formats.md` (VideoEspresso defect taxonomy); S1 = schema defect of the source row. */
export const DEFECT_CODES = [
  'Q1',
  'Q2',
  'Q3',
  'A1',
  'A2',
  'F1',
  'F2',
  'F3',
  'F4',
  'B1',
  'B2',
  'B3',
  'B4',
  'B5',
  'E1',
  'E2',
  'E3',
  'E4',
  'T1',
  'D1',
  'V1',
  'S1',
] as const
export const defectCodeSchema = z.enum(DEFECT_CODES)
export type DefectCode = z.infer<typeof defectCodeSchema>

/** A structured reason given with a rejection. `note` is the reviewer's own words, may be empty. */
export const reasonSchema = z.strictObject({ code: defectCodeSchema, note: z.string().max(2000) })
export type Reason = z.infer<typeof reasonSchema>

const common = { id: recordIdSchema, verdict: verdictSchema, reasons: z.array(reasonSchema).max(16) }

export const questionRecordSchema = z.strictObject({ ...common, type: z.literal('question'), text: z.string().max(MAX_TEXT) })

/**
 * `options` is empty for open-ended samples. `correctIndex` points into `options`.
 * `sufficiency`: does the answer follow from the evidence alone? (its own item in the order of verification)
 */
export const answerRecordSchema = z.strictObject({
  ...common,
  type: z.literal('answer'),
  text: z.string().max(MAX_TEXT),
  options: z.array(z.string().max(MAX_TEXT)).max(26),
  correctIndex: z.int().min(0).max(25).nullable(),
  sufficiency: z.enum(['unseen', 'accepted', 'rejected']),
})

/** `task` is a `TaskId` of `core/tasks.ts` or the source's own word, kept as it came; `null` = none given. */
export const taskRecordSchema = z.strictObject({ ...common, type: z.literal('task'), task: z.string().max(200).nullable() })

const confidenceSchema = z.number().min(0).max(1)

/**
 * How a core frame was tied to an exact frame of the video, with 0–1 confidence. `by` stands beside `selector` alone: which method
 * chose the frame and where it ran, in words; in the browser a person then adopted it.
 */
export const frameMatchSchema = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.enum(['exact', 'stem', 'stem-time', 'image', 'stem+image', 'person', 'none']),
    confidence: confidenceSchema,
  }),
  z.strictObject({ method: z.literal('selector'), confidence: confidenceSchema, by: z.string().min(1).max(400) }),
])

/**
 * A frame the reasoning rests on. `index` and `pts` name one frame of the sample's video (pts in the video's time base);
 * both are null while the frame is not located. `path` is the source's still path, kept for the round trip.
 */
export const coreFrameRecordSchema = z.strictObject({
  ...common,
  type: z.literal('coreFrame'),
  order: z.number(),
  index: frameIndexSchema.nullable(),
  pts: z.int().nullable(),
  caption: z.string().max(MAX_TEXT).nullable(),
  path: z.string().max(4096).nullable(),
  match: frameMatchSchema,
  /** Similarity of the retrieval or selector that proposed the frame, and its margin to the runner-up; null = unknown. */
  score: z.number().nullable(),
  margin: z.number().nullable(),
})

/** A phrase naming a thing the evidence needs. `order` gives its number and colour. */
export const objectRecordSchema = z.strictObject({ ...common, type: z.literal('object'), order: z.number(), phrase: z.string().max(2000) })

/** Float pixels in display orientation of the frame's still: left, top, width, height. */
export const rectSchema = z.strictObject({ x: z.number(), y: z.number(), w: z.number(), h: z.number() })
export type Rect = z.infer<typeof rectSchema>

/** A rectangle of one object on one core frame. `score` = detector, `agreement` = verifier; null = unknown. */
export const boxRecordSchema = z.strictObject({
  ...common,
  type: z.literal('box'),
  objectId: recordIdSchema,
  frameId: recordIdSchema,
  rect: rectSchema,
  score: z.number().nullable(),
  agreement: z.number().nullable(),
})

/**
 * A piece of an evidence sentence: a plain run, or a mention of an object with the boxes it cites.
 * `emptyBox` = the source wrote an empty box list for this mention (defect B1 unless the object gets a box).
 */
export const tokenSchema = z.union([
  z.strictObject({ kind: z.literal('text'), text: z.string().max(MAX_TEXT) }),
  z.strictObject({
    kind: z.literal('mention'),
    objectId: recordIdSchema,
    text: z.string().max(2000),
    boxIds: z.array(recordIdSchema).max(256),
    emptyBox: z.boolean(),
  }),
])
export type Token = z.infer<typeof tokenSchema>

/** One ordered evidence sentence. `frameIds` = cited core frames; `span` in pts of the video, end inclusive. */
export const stepRecordSchema = z.strictObject({
  ...common,
  type: z.literal('step'),
  order: z.number(),
  tokens: z.array(tokenSchema).max(2000),
  frameIds: z.array(recordIdSchema).max(64),
  span: z.strictObject({ startPts: z.int(), endPts: z.int() }).nullable(),
})

export const recordSchema = z.discriminatedUnion('type', [
  questionRecordSchema,
  answerRecordSchema,
  taskRecordSchema,
  coreFrameRecordSchema,
  objectRecordSchema,
  boxRecordSchema,
  stepRecordSchema,
])
export type DocRecord = z.infer<typeof recordSchema>
/** The kinds of record, as the vocabulary names them. */
export type RecordType = DocRecord['type']
/** The record type of a kind. */
export type RecordOf<T extends RecordType> = Extract<DocRecord, { type: T }>
export type QuestionRecord = RecordOf<'question'>
export type AnswerRecord = RecordOf<'answer'>
export type TaskRecord = RecordOf<'task'>
export type CoreFrameRecord = RecordOf<'coreFrame'>
export type ObjectRecord = RecordOf<'object'>
export type BoxRecord = RecordOf<'box'>
export type StepRecord = RecordOf<'step'>

/** Keyed by record id; each key equals the record's own `id`. Exactly one question, answer and task record. */
export const documentSchema = z.record(recordIdSchema, recordSchema)
/** The document as code reads it. Never index it with an id from outside without `Object.hasOwn`. */
export type SampleDocument = Readonly<Record<string, DocRecord>>
