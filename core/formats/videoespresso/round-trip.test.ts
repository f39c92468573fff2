import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { diffDocuments } from '@/core/diff'
import { documentProblems } from '@/core/document-problems'
import { canonicalJson, type JsonObject } from '@/core/formats/json'
import type { SampleDocument } from '@/core/records'
import type { BOX_CONVENTIONS } from './box-convention'
import { addCremaKey, readCremaKey } from './crema-key'
import { FIELD_ALIASES } from './fields'
import { type EspressoRow, readEspressoRow } from './row'
import { type BuiltSample, buildSample } from './to-document'
import { writeEspressoRow } from './to-row'

const SIZE = { width: 1280, height: 720 }

function read(row: JsonObject): EspressoRow {
  const result = readEspressoRow(row)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

function build(row: JsonObject, convention: (typeof BOX_CONVENTIONS)[number] = 'cxcywh1000'): BuiltSample {
  const result = buildSample(read(row), {
    rowNumber: 0,
    fileSha256: '0'.repeat(64),
    convention: { name: convention, how: 'declared' },
    size: SIZE,
    places: [],
  })
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

const write = ({ document: draft, source }: BuiltSample, document: SampleDocument = draft) =>
  writeEspressoRow(document, { draft, source, convention: 'cxcywh1000', size: SIZE, videoName: null, images: {} })

const text = fc.string({ maxLength: 40 })
const evidence = fc
  .array(
    fc.oneof(
      text,
      fc.constantFrom(
        '<obj_start>man<obj_end><box_start>[500, 500,100,80]<box_end>',
        '<obj_start>dog<obj_end><box_start>[]<box_end>',
        '. Then ',
        'In the second frame, ',
        '\n',
        '<obj_start>',
        '[[1,2,3,4],[5,6,7,8]]',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))
const row = fc.record(
  {
    question: text.filter((value) => value.trim() !== ''),
    answer: text,
    evidence,
    task: fc.constantFrom('Causal Analysis', 'Causal Inference', 'traffic', 'something of ours'),
    video_path: fc.constantFrom('a/b.mp4', 'c.mp4'),
    options: fc.array(text, { maxLength: 4 }),
    correct_answer: fc.constantFrom('(A)', 'B', '(C): x', 'nonsense', ''),
    keyframe_path: fc.array(fc.constantFrom('x/480.jpg', 'x/528.jpg', 'y.png'), { maxLength: 3 }),
    caption: fc.array(fc.oneof(text, fc.constant(null)), { minLength: 1, maxLength: 3 }),
    id: fc.oneof(fc.integer(), fc.constant('row-1')),
    split: fc.constant('train'),
    key_items: fc.jsonValue({ maxDepth: 2 }),
    'another field': fc.jsonValue({ maxDepth: 1 }),
  },
  { requiredKeys: ['question'] },
)

test('a row nobody edited comes back as it was, and its document holds together', () => {
  fc.assert(
    fc.property(row, (value) => {
      const source = JSON.parse(JSON.stringify(value)) as JsonObject
      // Empty strings as paths and lists of no frames are not told apart from absent ones; the released files have neither.
      fc.pre(!Array.isArray(source.keyframe_path) || source.keyframe_path.length > 0)
      const built = build(source)
      expect(documentProblems(built.document)).toEqual([])
      const { keyframe_path: paths, ...rest } = source
      const { keyframe_path: written, core_frames_paths: _none, ...back } = write(built)
      expect(canonicalJson(back)).toBe(canonicalJson(rest))
      if (Array.isArray(paths) && written !== undefined) expect((written as unknown[]).slice(0, paths.length)).toEqual(paths)
    }),
    { numRuns: 500 },
  )
})

test('an accepted document writes the same row: verdicts are no content', () => {
  fc.assert(
    fc.property(row, (value) => {
      const built = build(JSON.parse(JSON.stringify(value)))
      const accepted = Object.fromEntries(
        Object.entries(built.document).map(([id, record]) => [id, { ...record, verdict: 'accepted' as const }]),
      )
      expect(write(built, accepted)).toEqual(write(built))
    }),
  )
})

describe.each(Object.entries(FIELD_ALIASES).flatMap(([field, names]) => names.map((name) => [field, name] as const)))(
  '%s called %s',
  (field, name) => {
    it('is read, and written under that name', () => {
      const values: JsonObject = {
        framePaths: ['a/1.jpg'],
        frameCaptions: ['one'],
        question: 'Why?',
        answer: 'So.',
        evidence: 'It is. ',
        task: 'Causal Analysis',
        correctAnswer: '(A)',
        videoPath: 'v.mp4',
        options: ['(A): x', '(B): y'],
        split: 'test',
        id: 'i1',
      }
      const source: JsonObject = {}
      for (const [key, value] of Object.entries(values)) {
        const known = key as keyof typeof FIELD_ALIASES
        source[key === field ? name : FIELD_ALIASES[known][0]] = value
      }
      expect(canonicalJson(write(build(source)))).toBe(canonicalJson(source))
    })
  },
)

describe('our key in a row', () => {
  const hash = (value: string) => canonicalJson(value).length.toString(16).padStart(64, '0')
  const source: JsonObject = {
    question: 'Why?',
    evidence: 'The <obj_start>man<obj_end><box_start>[500,500,100,100]<box_end> runs.',
    keyframe_path: ['1.jpg'],
  }
  const built = build(source)
  const edited: SampleDocument = {
    ...built.document,
    question: { ...built.document.question, type: 'question', text: 'How?', verdict: 'edited' } as never,
  }
  const parts = {
    externalId: 'x',
    boxConvention: { name: 'cxcywh1000', how: 'default' as const },
    video: null,
    frames: [],
    document: edited,
    changes: diffDocuments(built.document, edited),
    provenance: built.provenance,
    flags: [],
    rowProblems: [],
    review: { state: 'fixed' as const, decision: 'fix_approve' as const, version: 3 },
  }

  it('gives document and draft back', () => {
    const full = JSON.parse(JSON.stringify(addCremaKey(write(built, edited), parts, hash))) as JsonObject
    const key = readCremaKey(full.crema ?? null, full, hash)
    expect(key).toMatchObject({ ok: true, value: { isStale: false, document: edited, draft: built.document } })
    const changed = { ...full, question: 'Something much longer than before?' }
    expect(readCremaKey(full.crema ?? null, changed, hash)).toMatchObject({ ok: true, value: { isStale: true } })
  })

  it('of another version or with foreign changes is refused by field', () => {
    const full = JSON.parse(JSON.stringify(addCremaKey(write(built, edited), parts, hash))) as JsonObject
    const crema = full.crema as JsonObject
    expect(readCremaKey({ ...crema, schema: 'crema.row/v9' }, full, hash)).toMatchObject({
      ok: false,
      problems: [{ field: 'crema.schema' }],
    })
    const foreign = { ...crema, document: JSON.parse(JSON.stringify(built.document)) }
    expect(readCremaKey(foreign, full, hash)).toMatchObject({ ok: false, problems: [{ field: 'crema.changes' }] })
    expect(readCremaKey({ ...crema, document: { f1: 5 } }, full, hash)).toMatchObject({ ok: false, problems: [{ code: 'bad_row' }] })
  })
})
