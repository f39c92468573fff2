/** Test material: rows of the three released files, and the way from a row to a document and back. */
import type { JsonObject } from '@/core/formats/json'
import type { Size } from '@/core/geometry'
import type { SampleDocument } from '@/core/records'
import type { BoxConventionName } from './box-convention'
import { type EspressoRow, readEspressoRow } from './row'
import { type BuildContext, type BuiltSample, buildSample } from './to-document'
import { type RowContext, writeEspressoRow } from './to-row'

export const SIZE: Size = { width: 1280, height: 720 }

export const cited = (name: string, list: string) => `<obj_start>${name}<obj_end><box_start>${list}<box_end>`

/** A row of the benchmark, of the training file on videos and of the training file on pictures, in the spelling of each. */
export const RELEASED: Readonly<Record<'benchmark' | 'train-video' | 'train-multi-image', JsonObject>> = {
  benchmark: {
    core_frames_paths: ['XD/Election__#00-05-30/480.jpg', 'XD/Election__#00-05-30/528.jpg'],
    core_frames_captions: ['A man holds a rope.', 'A dog runs.'],
    question: 'Why does the man let go?',
    answer: 'Because the dog pulls him.',
    evidence: `The ${cited('man', '[500, 400, 200, 100]')} holds on. In the second frame the ${cited('dog', '[[250, 250, 100, 100]]')} pulls.`,
    task: 'Causal Analysis',
    correct_answer: '(A)',
    video_path: 'XD/Election__#00-05-30.mp4',
    options: ['(A): The dog pulls.', '(B): It rains.', '(C): He is tired.'],
  },
  'train-video': {
    video_path: 'CUVA/2_video/00299.mp4',
    keyframe_path: ['CUVA/2_image/00299/4560.jpg'],
    question: 'What happens?',
    answer: 'The car turns.',
    evidence: `The ${cited('car', '[512, 500, 64, 80]')} turns.\nIt ${cited('lamp', '[]')} stops.`,
    caption: ['A car on a road.'],
    task: 'Traffic Analysis',
    key_items: [['car', 'lamp']],
  },
  'train-multi-image': {
    keyframe_path: ['Storystream/000027_keyframe_1-38-11-958.jpg', 'Storystream/000028_keyframe_1-38-12-000.jpg'],
    question: 'Who is the leader?',
    answer: 'The rabbit.',
    evidence: `The ${cited('rabbit', '[[500, 500, 100, 100], []]')} walks in front.`,
    caption: ['A rabbit.', 'Two rabbits.'],
    task: 'Role Analysis',
  },
}

export function readRow(row: JsonObject): EspressoRow {
  const result = readEspressoRow(row)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

/** The problems of a row that is refused. */
export function refusedRow(row: JsonObject): readonly (readonly [field: string, code: string, message: string])[] {
  const result = readEspressoRow(row)
  if (result.ok) throw new Error('The row was expected to be refused.')
  return result.problems.map(({ field, code, message }) => [field, code, message])
}

export function contextOf(changes: Partial<BuildContext> = {}, convention: BoxConventionName = 'cxcywh1000'): BuildContext {
  const how = 'declared' as const
  return { rowNumber: 0, fileSha256: '0'.repeat(64), convention: { name: convention, how }, size: SIZE, places: [], ...changes }
}

export function buildRow(row: JsonObject, context: BuildContext = contextOf()): BuiltSample {
  const result = buildSample(readRow(row), context)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

/** The row a sample is written as; `document` is its edited version. */
export function writeRow(built: BuiltSample, document: SampleDocument = built.document, changes: Partial<RowContext> = {}): JsonObject {
  const { document: draft, source } = built
  return writeEspressoRow(document, { draft, source, convention: 'cxcywh1000', size: SIZE, videoName: null, images: {}, ...changes })
}
