/** One row of a VideoEspresso file: names resolved, types checked, nothing interpreted yet. */
import { z } from 'zod'
import type { Json, JsonObject } from '@/core/formats/json'
import { problemsOf, type RowResult } from '@/core/formats/row-problem'
import { type FieldName, nameFields } from './fields'

const MAX_TEXT = 20_000
const MAX_FRAMES = 64

const text = z.string().max(MAX_TEXT)
const path = z.string().min(1).max(4096)

const rowSchema = z.object({
  id: z
    .union([z.string().min(1).max(400), z.int()])
    .nullable()
    .default(null),
  framePaths: z
    .union([z.array(z.string().max(4096)).max(MAX_FRAMES), path])
    .nullable()
    .default(null),
  frameCaptions: z
    .union([z.array(text.nullable()).max(MAX_FRAMES), text])
    .nullable()
    .default(null),
  question: text.refine((value) => value.trim() !== '', 'the question is empty'),
  answer: text.nullable().default(null),
  evidence: z.string().max(200_000).nullable().default(null),
  task: z.string().max(200).nullable().default(null),
  correctAnswer: text.nullable().default(null),
  videoPath: path.nullable().default(null),
  options: z.array(text).max(26).nullable().default(null),
  split: z.string().max(64).nullable().default(null),
})

/** Which of the released files a row looks like; what a new export row is written as. */
export const VARIANTS = ['benchmark', 'train-video', 'train-multi-image'] as const
export type Variant = (typeof VARIANTS)[number]

/**
 * `frames` pairs paths and captions by position; a frame may lack either. `spelling` = field names of the row. `values` =
 * the known fields as they came, for the round trip. `crema` = what an export of ours added, unchecked.
 */
export type EspressoRow = {
  readonly id: string | null
  readonly variant: Variant
  readonly frames: readonly { readonly path: string | null; readonly caption: string | null }[]
  readonly hasCaptionMismatch: boolean
  readonly question: string
  readonly answer: string | null
  readonly evidence: string
  readonly task: string | null
  readonly correctAnswer: string | null
  readonly videoPath: string | null
  readonly options: readonly string[]
  readonly split: string | null
  readonly spelling: Readonly<Record<string, string>>
  readonly values: Readonly<Partial<Record<FieldName, Json>>>
  readonly extra: JsonObject
  readonly crema: Json | undefined
}

function variantOf(
  row: { options: unknown; correctAnswer: unknown; videoPath: unknown },
  spelling: Readonly<Record<string, string>>,
): Variant {
  if (row.options !== null || row.correctAnswer !== null || spelling.framePaths === 'core_frames_paths') return 'benchmark'
  return row.videoPath === null ? 'train-multi-image' : 'train-video'
}

/** An empty place in a list of paths: the frame is there (it may have a caption), its picture is not. */
const knownPath = (given: string | undefined) => (given === undefined || given === '' ? null : given)

/** Reads one row. Every fault is named by the field's spelling in the file. */
export function readEspressoRow(row: JsonObject): RowResult<EspressoRow> {
  const { values, spelling, extra, crema } = nameFields(row)
  const parsed = rowSchema.safeParse(values)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, values, spelling) }
  const data = parsed.data
  const paths = typeof data.framePaths === 'string' ? [data.framePaths] : (data.framePaths ?? [])
  const captions = typeof data.frameCaptions === 'string' ? [data.frameCaptions] : (data.frameCaptions ?? [])
  const frames = Array.from({ length: Math.max(paths.length, captions.length) }, (_, index) => ({
    path: knownPath(paths[index]),
    caption: captions[index] ?? null,
  }))
  return {
    ok: true,
    value: {
      id: data.id === null ? null : String(data.id),
      variant: variantOf(data, spelling),
      frames,
      hasCaptionMismatch: paths.length > 0 && captions.length > 0 && paths.length !== captions.length,
      question: data.question,
      answer: data.answer,
      evidence: data.evidence ?? '',
      task: data.task,
      correctAnswer: data.correctAnswer,
      videoPath: data.videoPath,
      options: data.options ?? [],
      split: data.split,
      spelling,
      values,
      extra,
      crema,
    },
  }
}
