import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffDocuments, isEmptyDiff } from './diff'
import { altered, documentArbitrary, draftSample, RUNS, rid } from './document.fixture'
import { addBox } from './edits-boxes'
import { editQuestion } from './edits-text'
import { computeFlags, FLAG_TITLES, type Flag, type FlagContext, flagSchema, riskOf } from './flags'
import { DEFECT_CODES } from './records'
import { summarise } from './summary'

const context: FlagContext = { video: { width: 640, height: 360, frameCount: 1000 }, isMissingMedia: false, rowProblems: [] }
const draft = draftSample()
const clean = addBox(draft, { id: rid('b4'), objectId: 'o3', frameId: 'f2', rect: { x: 50, y: 50, w: 60, h: 40 } })
const codes = (flags: readonly Flag[]) => flags.map((flag) => flag.code)

const rowProblem = (recordId: string | null, message = 'The answer letter is not among the options.'): Flag => ({
  code: 'S1',
  recordId: recordId === null ? null : rid(recordId),
  message,
  blocking: false,
})

describe('computeFlags', () => {
  it('finds nothing in a clean sample', () => {
    expect(computeFlags(clean, context)).toEqual([])
  })

  it('brings the rules together', () => {
    const doc = altered(editQuestion(draft, 'What is in the first frame?'), 'f1', { margin: 0.001 })
    expect(codes(computeFlags(altered(doc, 'task', { task: 'Sports' }), context))).toEqual(['S1', 'Q3', 'F4', 'B1'])
  })

  it('says first that the video is missing, and blocks', () => {
    const flags = computeFlags(draft, { ...context, video: null, isMissingMedia: true })
    expect(flags[0]).toEqual({
      code: 'V1',
      recordId: null,
      message: 'The video of this sample is missing or cannot be read.',
      blocking: true,
    })
  })

  it('keeps what the importer saw in the row', () => {
    const problem = rowProblem('answer')
    expect(computeFlags(clean, { ...context, rowProblems: [problem, rowProblem(null)] })).toEqual([problem, rowProblem(null)])
  })

  it('forgets a row problem once the record is edited, replaced or gone', () => {
    const about = (recordId: string): FlagContext => ({ ...context, rowProblems: [rowProblem(recordId)] })
    expect(computeFlags(altered(clean, 'answer', { verdict: 'edited' }), about('answer'))).toEqual([])
    expect(computeFlags(altered(clean, 'b4', { verdict: 'added' }), about('b4'))).toEqual([])
    expect(computeFlags(clean, about('b77'))).toEqual([])
    expect(computeFlags(clean, about('constructor'))).toEqual([])
  })

  it('keeps a row problem of a record that was only accepted', () => {
    const doc = altered(clean, 'answer', { verdict: 'accepted' })
    expect(computeFlags(doc, { ...context, rowProblems: [rowProblem('answer')] })).toHaveLength(1)
  })

  it('says the same thing once', () => {
    const twice = computeFlags(clean, {
      ...context,
      rowProblems: [rowProblem('answer'), rowProblem('answer'), rowProblem('answer', 'Other.')],
    })
    expect(twice).toHaveLength(2)
  })

  it('gives flags that fit their schema, naming records that exist, in plain sentences', () => {
    fc.assert(
      fc.property(documentArbitrary, fc.boolean(), (doc, isMissingMedia) => {
        for (const flag of computeFlags(doc, { ...context, isMissingMedia })) {
          expect(flagSchema.safeParse(flag).success).toBe(true)
          expect(flag.recordId === null || Object.hasOwn(doc, flag.recordId)).toBe(true)
          expect(flag.message).toMatch(/\.$/)
        }
      }),
      RUNS,
    )
  })

  it('depends on the document and nothing else', () => {
    fc.assert(
      fc.property(documentArbitrary, (doc) => {
        const before = JSON.stringify(doc)
        const reversed = Object.fromEntries(Object.entries(doc).reverse())
        expect(isEmptyDiff(diffDocuments(doc, reversed))).toBe(true)
        expect(computeFlags(reversed, context)).toEqual(computeFlags(doc, context))
        expect(JSON.stringify(doc)).toBe(before)
      }),
      RUNS,
    )
  })
})

describe('riskOf', () => {
  const flagArbitrary: fc.Arbitrary<Flag> = fc.record({
    code: fc.constantFrom(...DEFECT_CODES),
    recordId: fc.constant(null),
    message: fc.constant('Why.'),
    blocking: fc.boolean(),
  })

  it('is 0 without flags', () => {
    expect(riskOf([])).toBe(0)
  })

  it('puts a missing video, then evidence, before options', () => {
    const one = (code: Flag['code']) => riskOf([{ code, recordId: null, message: 'x', blocking: false }])
    expect(one('V1')).toBeGreaterThan(one('E1'))
    expect(one('E3')).toBeGreaterThan(one('D1'))
    expect(one('B1')).toBeGreaterThan(one('F3'))
  })

  it('puts blocking before not blocking', () => {
    const flag: Flag = { code: 'B4', recordId: null, message: 'x', blocking: false }
    expect(riskOf([{ ...flag, blocking: true }])).toBeGreaterThan(riskOf([flag]))
    expect(riskOf([{ ...flag, code: 'V1', blocking: true }])).toBeCloseTo(0.9)
  })

  it('stays within 0 and 1, never falls with one more flag, and does not mind the order', () => {
    fc.assert(
      fc.property(fc.array(flagArbitrary, { maxLength: 30 }), flagArbitrary, (flags, more) => {
        const risk = riskOf(flags)
        expect(risk).toBeGreaterThanOrEqual(0)
        expect(risk).toBeLessThanOrEqual(1)
        expect(riskOf([...flags, more])).toBeGreaterThanOrEqual(risk)
        expect(riskOf([...flags].reverse())).toBe(risk)
      }),
      RUNS,
    )
  })
})

describe('FLAG_TITLES', () => {
  it('has a short title for every code', () => {
    expect(Object.keys(FLAG_TITLES).sort()).toEqual([...DEFECT_CODES].sort())
    for (const title of Object.values(FLAG_TITLES)) expect(title.length).toBeLessThanOrEqual(32)
    expect(new Set(Object.values(FLAG_TITLES)).size).toBe(DEFECT_CODES.length)
  })
})

describe('summarise', () => {
  it('gives the columns of the list', () => {
    const flags = computeFlags(altered(draft, 'task', { task: 'Sports' }), context)
    expect(summarise(altered(draft, 'task', { task: 'Sports' }), flags)).toEqual({
      question: 'Why does the man let go of the rope?',
      task: 'Sports',
      flagCodes: ['B1', 'S1'],
      isBlocked: true,
      itemsTotal: 12,
      itemsDone: 0,
      thumbFrame: 480,
      risk: riskOf(flags),
    })
  })

  it('names each code once and sorts them', () => {
    const flags: Flag[] = [rowProblem(null, 'b'), { ...rowProblem(null, 'a'), code: 'B3' }, rowProblem(null, 'c')]
    expect(summarise(clean, flags)).toMatchObject({ flagCodes: ['B3', 'S1'], isBlocked: false })
  })

  it('takes the first frame that is located as thumbnail, or none', () => {
    const lost = { index: null, pts: null }
    expect(summarise(altered(draft, 'f1', lost), []).thumbFrame).toBe(528)
    const nowhere = ['f1', 'f2', 'f3'].reduce((doc, id) => altered(doc, id, lost), draft)
    expect(summarise(nowhere, []).thumbFrame).toBeNull()
    expect(summarise(altered(draft, 'f1', { index: 0, pts: 0 }), []).thumbFrame).toBe(0)
  })
})
