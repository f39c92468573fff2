/** The names the fields of a VideoEspresso row go by in the released files and in what others made of them. */
import type { Json, JsonObject } from '@/core/formats/json'

/** Our name → spellings met, the first being the one new rows are written with. */
export const FIELD_ALIASES = {
  id: ['id', 'sample_id', 'qid', 'question_id'],
  framePaths: [
    'core_frames_paths',
    'core_frames_path',
    'core_frame_paths',
    'core_frame_path',
    'keyframe_path',
    'keyframe_paths',
    'keyframes_paths',
    'key_frame_path',
    'key_frame_paths',
    'key_frames_paths',
    'key_frames',
    'keyframes',
    'core_frames',
  ],
  frameCaptions: [
    'core_frames_captions',
    'core_frames_caption',
    'core_frame_captions',
    'core_frame_caption',
    'keyframe_captions',
    'keyframe_caption',
    'key_frames_captions',
    'key_frame_captions',
    'captions',
    'caption',
  ],
  question: ['question'],
  answer: ['answer'],
  evidence: ['evidence'],
  task: ['task'],
  correctAnswer: ['correct_answer', 'correct_option'],
  videoPath: ['video_path', 'video'],
  options: ['options'],
  split: ['split'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type FieldName = keyof typeof FIELD_ALIASES
/** Our names of the fields, in the order of the released benchmark (a consumer unpacks the values by position), then what is ours. */
export const FIELD_NAMES = [
  'id',
  'framePaths',
  'frameCaptions',
  'question',
  'answer',
  'evidence',
  'task',
  'correctAnswer',
  'videoPath',
  'options',
  'split',
] as const satisfies readonly FieldName[]

/** The key under which our own exports keep the whole document of a row. */
export const CREMA_KEY = 'crema'

/** `path` is the video in some files and the list of frames in others: only as a list it names frames. */
const LIST_ONLY = 'path'

/** `values` by our names; `spelling` = the name the row used; `extra` = everything else, as it came, without `crema`. */
export type NamedFields = {
  readonly values: Readonly<Partial<Record<FieldName, Json>>>
  readonly spelling: Readonly<Record<string, string>>
  readonly extra: JsonObject
  readonly crema: Json | undefined
}

/** Sorts the fields of a row by our names. The first spelling of a field that the row has counts; further ones are `extra`. */
export function nameFields(row: JsonObject): NamedFields {
  const values: Partial<Record<FieldName, Json>> = {}
  const spelling: Record<string, string> = {}
  const taken = new Set<string>([CREMA_KEY])
  for (const field of FIELD_NAMES) {
    const name = FIELD_ALIASES[field].find((alias) => Object.hasOwn(row, alias))
    const value = name === undefined ? undefined : row[name]
    if (name === undefined || value === undefined) continue
    values[field] = value
    spelling[field] = name
    taken.add(name)
  }
  const list = Object.hasOwn(row, LIST_ONLY) ? row[LIST_ONLY] : undefined
  if (values.framePaths === undefined && Array.isArray(list)) {
    values.framePaths = list
    spelling.framePaths = LIST_ONLY
    taken.add(LIST_ONLY)
  }
  const extra: JsonObject = {}
  // `__proto__` would change what the object is instead of adding a field; the reader of files refuses such rows anyway.
  for (const [key, value] of Object.entries(row)) if (!taken.has(key) && key !== '__proto__') extra[key] = value
  return { values, spelling, extra, crema: Object.hasOwn(row, CREMA_KEY) ? row[CREMA_KEY] : undefined }
}
