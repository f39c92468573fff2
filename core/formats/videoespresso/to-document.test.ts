import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { answerOf, parseDocument, recordsOf, taskOf } from '@/core/document'
import { documentProblems } from '@/core/document-problems'
import { flagSchema } from '@/core/flags'
import type { JsonObject } from '@/core/formats/json'
import { provenanceMapSchema } from '@/core/provenance'
import { sampleSourceSchema } from '@/core/sample-source'
import { DRAFT_PROVENANCE } from './provenance'
import { buildRow, cited, contextOf, RELEASED, readRow } from './row.fixture'
import { buildSample, type FramePlace, NO_PLACE } from './to-document'

const row = (changes: JsonObject = {}): JsonObject => ({ question: 'Why?', ...changes })
const told = (changes: JsonObject) => buildRow(row(changes)).rowProblems.map(({ code, recordId, message }) => [code, recordId, message])

describe('a draft', () => {
  it.each(Object.entries(RELEASED))('of a row of %s holds together and can be stored', (variant, source) => {
    const { document, provenance, source: kept, rowProblems } = buildRow(source)
    expect(parseDocument(JSON.parse(JSON.stringify(document)))).toEqual(document)
    expect(sampleSourceSchema.parse(JSON.parse(JSON.stringify(kept)))).toEqual(kept)
    expect(kept).toMatchObject({ format: 'videoespresso', variant, rawEvidence: source.evidence })
    expect(provenanceMapSchema.parse(provenance)[DRAFT_PROVENANCE]).toMatchObject({ kind: 'import', parameters: { variant } })
    expect(rowProblems).toEqual([])
  })

  it('begins with nothing looked at', () => {
    const { document } = buildRow(RELEASED.benchmark)
    expect(Object.values(document).every((record) => record.verdict === 'unseen' && record.reasons.length === 0)).toBe(true)
    expect(answerOf(document).sufficiency).toBe('unseen')
  })

  it('has one record for each frame, object, box and sentence of the benchmark row', () => {
    const { document } = buildRow(RELEASED.benchmark)
    expect(Object.keys(document).sort()).toEqual(['answer', 'b1', 'b2', 'f1', 'f2', 'o1', 'o2', 'question', 's1', 's2', 'task'])
    expect(recordsOf(document, 'box').map(({ frameId, rect }) => [frameId, rect])).toEqual([
      ['f1', { x: 512, y: 252, w: 256, h: 72 }],
      ['f2', { x: 256, y: 144, w: 128, h: 72 }],
    ])
    expect(recordsOf(document, 'step').map((step) => step.frameIds)).toEqual([['f1'], ['f2']])
    expect(answerOf(document)).toMatchObject({ options: ['The dog pulls.', 'It rains.', 'He is tired.'], correctIndex: 0 })
  })
})

describe('the task', () => {
  it.each([
    ['Causal Analysis', 'causal_inference'],
    ['causal inference', 'causal_inference'],
    ['Traffic', 'traffic_analysis'],
    ['Our own task', 'Our own task'],
    ['constructor', 'constructor'],
  ])('%s is %s', (word, task) => {
    expect(taskOf(buildRow(row({ task: word })).document).task).toBe(task)
  })

  it('may be missing', () => {
    expect(taskOf(buildRow(row()).document).task).toBeNull()
  })
})

describe('the answer', () => {
  it.each<[string, JsonObject, string, number | null]>([
    ['text and letter', { answer: 'So.', options: ['x', 'y'], correct_answer: '(B)' }, 'So.', 1],
    ['letter alone: the text of the option', { options: ['(A): x', '(B): y'], correct_answer: 'B' }, 'y', 1],
    ['the option in words', { options: ['x', 'y'], correct_answer: 'y' }, 'y', 1],
    ['an open answer', { answer: 'So.' }, 'So.', null],
    ['nothing', {}, '', null],
  ])('%s', (_name, changes, text, correctIndex) => {
    expect(answerOf(buildRow(row(changes)).document)).toMatchObject({ text, correctIndex })
  })

  it('says what does not fit', () => {
    expect(told({ options: ['x', 'y'], correct_answer: '(C)' })).toEqual([['S1', 'answer', '“(C)” names none of the 2 options.']])
    expect(told({ options: ['x', 'y'] })).toEqual([['S1', 'answer', 'The row has options but does not say which one is right.']])
    expect(told({ correct_answer: 'x' })).toEqual([['S1', 'answer', '“x” names none of the 0 options.']])
  })

  it('quotes a long answer in part, and never half a character', () => {
    const [[, , message] = []] = told({ options: ['x'], correct_answer: `${'y'.repeat(79)}😀 and so on` })
    expect(message).toContain('y…”')
    expect(/\p{Surrogate}/u.test(String(message))).toBe(false)
  })
})

describe('core frames', () => {
  const place: FramePlace = {
    index: 480,
    pts: 480 * 512,
    match: { method: 'stem', confidence: 0.8 },
    score: null,
    margin: 0.2,
    warning: 'The file name says frame 480, but the still looks like frame 482.',
  }
  const frames = (places: readonly FramePlace[]) =>
    buildRow(row({ keyframe_path: ['480.jpg', '528.jpg'], caption: ['a', 'b'] }), contextOf({ places }))

  it('stand where they were found, in the order of the row', () => {
    expect(recordsOf(frames([place]).document, 'coreFrame')).toMatchObject([
      { id: 'f1', order: 1, index: 480, pts: 480 * 512, margin: 0.2, path: '480.jpg', caption: 'a', match: place.match },
      { id: 'f2', order: 2, index: null, pts: null, path: '528.jpg', caption: 'b', match: NO_PLACE.match },
    ])
  })

  it('tell what a person should look at', () => {
    expect(frames([NO_PLACE, place]).rowProblems).toMatchObject([{ code: 'F4', recordId: 'f2', message: place.warning, blocking: false }])
  })

  it('that do not match their captions are told once', () => {
    expect(told({ keyframe_path: ['1.jpg'], caption: ['a', 'b'] })).toEqual([['S1', null, expect.stringContaining('paired by position')]])
  })
})

describe('evidence beyond what can be stored is refused by its field', () => {
  it.each<[string, string]>([
    ['a name of more than 2,000 characters', cited('x'.repeat(2001), '[]')],
    ['a run of more than 20,000 characters', 'x'.repeat(20_001)],
    ['more than 2,000 parts in one sentence', cited('x', '[]').repeat(2001)],
    ['more than 256 boxes in one mention', cited('x', `[${'[500,500,10,10],'.repeat(257)}]`)],
  ])('%s', (_name, evidence) => {
    const read = readRow(row({ evidence, keyframe_path: ['1.jpg'] }))
    expect(buildSample(read, contextOf())).toMatchObject({ ok: false, problems: [{ field: 'evidence', code: 'limit_exceeded' }] })
  })
})

test('whatever the row holds, the draft holds together and can be stored', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 })
  const piece = fc.oneof(
    text,
    fc.constantFrom('<obj_start>', '<obj_end>', '<box_start>', '<box_end>', '[500,500,9,9]', '[[0,0,0,0],[900,900,900,900]]', '. ', '\n'),
  )
  const source = fc.record(
    {
      question: text.map((value) => `${value}?`),
      evidence: fc
        .array(
          fc.oneof(
            piece,
            fc.tuple(text, piece).map(([name, list]) => cited(name, list)),
          ),
          { maxLength: 12 },
        )
        .map((parts) => parts.join('')),
      options: fc.array(text, { maxLength: 6 }),
      correct_answer: text,
      task: text,
      keyframe_path: fc.array(text, { maxLength: 4 }),
      caption: fc.array(fc.option(text), { maxLength: 4 }),
    },
    { requiredKeys: ['question'] },
  )
  fc.assert(
    fc.property(source, fc.constantFrom('cxcywh1000', 'xyxy01', 'xyxypx'), fc.boolean(), (given, convention, hasVideo) => {
      const context = contextOf(hasVideo ? {} : { size: null }, convention)
      const { document, source: kept, rowProblems } = buildRow(JSON.parse(JSON.stringify(given)), context)
      expect(documentProblems(document)).toEqual([])
      expect(() => parseDocument(JSON.parse(JSON.stringify(document)))).not.toThrow()
      expect(() => sampleSourceSchema.parse(kept)).not.toThrow()
      for (const flag of rowProblems) expect(flagSchema.safeParse(flag).success).toBe(true)
    }),
    { numRuns: 300 },
  )
})
