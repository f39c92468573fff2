import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { draftSample, refusalOf, rid } from './document.fixture'
import { afterConsequence, afterEdit, orderBetween, put, putAll, putNew, refuseTaken, without } from './record-edit'
import { type DocRecord, verdictSchema } from './records'

const doc = draftSample()
const object = (id: string): DocRecord => ({ id: rid(id), type: 'object', order: 9, phrase: id, verdict: 'added', reasons: [] })

describe('putting records', () => {
  it('leaves the given document alone and shares what did not change', () => {
    const before = JSON.stringify(doc)
    const next = put(doc, object('o1'))
    expect(JSON.stringify(doc)).toBe(before)
    expect(next.o1).not.toBe(doc.o1)
    expect(next.b1).toBe(doc.b1)
  })

  it('takes several at once, the last of one id winning', () => {
    const next = putAll(doc, [object('o8'), object('o9'), { ...object('o8'), verdict: 'rejected' }])
    expect([next.o8?.verdict, next.o9?.verdict]).toEqual(['rejected', 'added'])
    expect(putAll(doc, [])).toEqual(doc)
  })

  it('refuses a new record under a taken id', () => {
    expect(refusalOf(() => putNew(doc, object('o1')))).toMatchObject({ code: 'already_exists', message: expect.stringContaining('“o1”') })
    expect(putNew(doc, object('o9')).o9).toMatchObject({ phrase: 'o9' })
  })

  it('does not take an inherited name for a record', () => {
    expect(() => refuseTaken(doc, rid('constructor'))).not.toThrow()
    expect(putNew(doc, object('toString')).toString).toMatchObject({ type: 'object' })
  })

  it('takes out what is named, and minds no name that is not there', () => {
    const next = without(doc, new Set(['b1', 's2', 'nobody']))
    expect(Object.keys(doc).filter((id) => !Object.hasOwn(next, id))).toEqual(['b1', 's2'])
  })
})

describe('verdicts', () => {
  it.each(verdictSchema.options)('after an edit of a record that was %s', (verdict) => {
    expect(afterEdit(verdict)).toEqual({ verdict: verdict === 'added' ? 'added' : 'edited', reasons: [] })
  })

  it.each([
    ['unseen', 'unseen'],
    ['accepted', 'stale'],
    ['edited', 'stale'],
    ['rejected', 'rejected'],
    ['added', 'added'],
    ['stale', 'stale'],
  ] as const)('%s becomes %s when its ground moves', (before, after) => {
    expect(afterConsequence(before)).toBe(after)
  })
})

describe('orderBetween', () => {
  it.each([
    [null, null, 1],
    [null, 1, 0],
    [4, null, 5],
    [1, 2, 1.5],
    [-3, -1, -2],
  ])('%s and %s: %d', (before, after, order) => {
    expect(orderBetween(before, after)).toBe(order)
  })

  test('lies strictly between, twenty times in the same gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 1000 }), fc.boolean(), (low, gap, isUp) => {
        let [before, after] = [low, low + gap]
        for (let time = 0; time < 20; time += 1) {
          const order = orderBetween(before, after)
          expect(order).toBeGreaterThan(before)
          expect(order).toBeLessThan(after)
          if (isUp) before = order
          else after = order
        }
      }),
    )
  })
})
