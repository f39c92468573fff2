import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffDocuments, touchedIds } from './diff'
import { answerOf, documentProblems, requireRecord } from './document'
import { actArbitrary, afterActs, altered, documentArbitrary, draftSample, RUNS, reason, refusalOf } from './document.fixture'
import { acceptStepWithBoxes, setVerdict } from './edits'
import { setBoxRect } from './edits-boxes'
import { editAnswer } from './edits-text'
import type { SampleDocument, Verdict } from './records'

const draft = draftSample()
const changed = (before: SampleDocument, after: SampleDocument) => touchedIds(diffDocuments(before, after)).sort()

describe('setVerdict', () => {
  it('accepts one record and touches nothing else', () => {
    const doc = setVerdict(draft, 'b1', 'accepted')
    expect(changed(draft, doc)).toEqual(['b1'])
    expect(doc.b1).toMatchObject({ verdict: 'accepted', reasons: [] })
  })

  it('keeps reasons with a rejection', () => {
    const doc = setVerdict(draft, 's1', 'rejected', [reason('E1', 'nobody grips anything'), reason('A2')])
    expect(doc.s1).toMatchObject({ verdict: 'rejected', reasons: [reason('E1', 'nobody grips anything'), reason('A2')] })
  })

  it('drops reasons that come with anything else', () => {
    expect(setVerdict(draft, 's1', 'accepted', [reason('E1')]).s1).toMatchObject({ verdict: 'accepted', reasons: [] })
  })

  it('drops the reasons of a rejection that is taken back', () => {
    const rejected = setVerdict(draft, 's1', 'rejected', [reason('E1')])
    expect(setVerdict(rejected, 's1', 'unseen')).toEqual(draft)
    expect(setVerdict(rejected, 's1', 'accepted').s1).toMatchObject({ verdict: 'accepted', reasons: [] })
  })

  it('replaces the reasons of a rejection', () => {
    const rejected = setVerdict(draft, 's1', 'rejected', [reason('E1')])
    expect(setVerdict(rejected, 's1', 'rejected', [reason('E4')]).s1).toMatchObject({ reasons: [reason('E4')] })
  })

  it('gives back the very document when nothing changes', () => {
    const accepted = setVerdict(draft, 'b1', 'accepted')
    expect(setVerdict(accepted, 'b1', 'accepted')).toBe(accepted)
    const rejected = setVerdict(draft, 's1', 'rejected', [reason('E1')])
    expect(setVerdict(rejected, 's1', 'rejected', [reason('E1')])).toBe(rejected)
  })

  it.each<Verdict>(['edited', 'added'])('accepting what is %s keeps that mark', (verdict) => {
    const doc = altered(draft, 'b1', { verdict })
    expect(setVerdict(doc, 'b1', 'accepted')).toBe(doc)
  })

  it.each<Verdict>(['unseen', 'stale', 'rejected'])('accepting what is %s makes it accepted', (verdict) => {
    expect(setVerdict(altered(draft, 'b1', { verdict }), 'b1', 'accepted').b1).toMatchObject({ verdict: 'accepted' })
  })

  it('refuses an unknown record, inherited names too', () => {
    expect(refusalOf(() => setVerdict(draft, 'b99', 'accepted')).code).toBe('not_found')
    expect(refusalOf(() => setVerdict(draft, 'constructor', 'accepted')).code).toBe('not_found')
  })

  it('never changes content', () => {
    const doc = setVerdict(draft, 'b1', 'accepted')
    expect(altered(doc, 'b1', { verdict: 'unseen' })).toEqual(draft)
  })
})

describe('the answer and its task', () => {
  it('accepting the answer accepts a task nobody has judged', () => {
    const doc = setVerdict(draft, 'answer', 'accepted')
    expect(doc.task).toMatchObject({ verdict: 'accepted' })
    expect(changed(draft, doc)).toEqual(['answer', 'task'])
  })

  it('accepting an edited answer accepts the task too', () => {
    const doc = setVerdict(editAnswer(draft, 'The dog.'), 'answer', 'accepted')
    expect(doc.answer).toMatchObject({ verdict: 'edited' })
    expect(doc.task).toMatchObject({ verdict: 'accepted' })
  })

  it('leaves a task somebody has judged', () => {
    const rejected = setVerdict(draft, 'task', 'rejected', [reason('T1')])
    expect(setVerdict(rejected, 'answer', 'accepted').task).toBe(rejected.task)
  })

  it('rejecting the answer says nothing of the task', () => {
    expect(setVerdict(draft, 'answer', 'rejected', [reason('A1')]).task).toBe(draft.task)
  })
})

describe('sufficiency', () => {
  it.each(['accepted', 'rejected', 'unseen'] as const)('can be %s', (verdict) => {
    expect(answerOf(setVerdict(draft, 'sufficiency', verdict)).sufficiency).toBe(verdict)
  })

  it.each(['edited', 'added', 'stale'] as const)('cannot be %s', (verdict) => {
    expect(refusalOf(() => setVerdict(draft, 'sufficiency', verdict)).code).toBe('invalid_input')
  })

  it('leaves the verdict of the answer alone', () => {
    expect(answerOf(setVerdict(draft, 'sufficiency', 'accepted')).verdict).toBe('unseen')
  })

  it('keeps its reasons until it is accepted', () => {
    const rejected = setVerdict(draft, 'sufficiency', 'rejected', [reason('E1', 'the dog is never shown')])
    expect(answerOf(rejected).reasons).toEqual([reason('E1', 'the dog is never shown')])
    expect(answerOf(setVerdict(rejected, 'answer', 'accepted')).reasons).toEqual([reason('E1', 'the dog is never shown')])
    expect(answerOf(setVerdict(rejected, 'sufficiency', 'accepted')).reasons).toEqual([])
  })

  it('does not lose the reasons of a rejected answer', () => {
    const rejected = setVerdict(draft, 'answer', 'rejected', [reason('A1')])
    expect(answerOf(setVerdict(rejected, 'sufficiency', 'accepted')).reasons).toEqual([reason('A1')])
  })

  it('gives back the very document when nothing changes', () => {
    expect(setVerdict(draft, 'sufficiency', 'unseen')).toBe(draft)
  })
})

describe('acceptStepWithBoxes', () => {
  it('accepts the step and the boxes it stands on', () => {
    const doc = acceptStepWithBoxes(draft, 's1')
    expect(changed(draft, doc)).toEqual(['b1', 'b2', 's1'])
    expect(['b1', 'b2', 's1'].map((id) => doc[id]?.verdict)).toEqual(['accepted', 'accepted', 'accepted'])
  })

  it('takes boxes of mentioned objects on cited frames, cited or not', () => {
    const uncited = altered(draft, 's1', { tokens: [{ kind: 'mention', objectId: 'o1', text: 'man', boxIds: [], emptyBox: false }] })
    expect(changed(uncited, acceptStepWithBoxes(uncited, 's1'))).toEqual(['b1', 's1'])
  })

  it('leaves a box that a person rejected', () => {
    const rejected = setVerdict(draft, 'b1', 'rejected', [reason('B2')])
    expect(acceptStepWithBoxes(rejected, 's1').b1).toBe(rejected.b1)
  })

  it('keeps the mark of an edited box', () => {
    const redrawn = setBoxRect(draft, 'b1', { x: 1, y: 1, w: 9, h: 9 })
    expect(acceptStepWithBoxes(redrawn, 's1').b1).toBe(redrawn.b1)
  })

  it('gives back the very document the second time', () => {
    const doc = acceptStepWithBoxes(draft, 's1')
    expect(acceptStepWithBoxes(doc, 's1')).toBe(doc)
  })

  it('refuses what is no step', () => {
    expect(refusalOf(() => acceptStepWithBoxes(draft, 'b1')).code).toBe('not_found')
  })
})

describe('laws', () => {
  it('no edit changes the document it was given', () => {
    fc.assert(
      fc.property(documentArbitrary, fc.array(actArbitrary, { minLength: 1, maxLength: 4 }), (doc, acts) => {
        const before = JSON.stringify(doc)
        afterActs(doc, acts)
        expect(JSON.stringify(doc)).toBe(before)
      }),
      RUNS,
    )
  })

  it('one edit copies only what it touches', () => {
    fc.assert(
      fc.property(documentArbitrary, actArbitrary, (doc, act) => {
        const next = afterActs(doc, [act])
        const touched = new Set(touchedIds(diffDocuments(doc, next)))
        for (const [id, record] of Object.entries(next)) if (!touched.has(id)) expect(record).toBe(doc[id])
      }),
      RUNS,
    )
  })

  it('an edit that changes nothing returns the document itself', () => {
    fc.assert(
      fc.property(documentArbitrary, actArbitrary, (doc, act) => {
        const next = afterActs(doc, [act])
        if (touchedIds(diffDocuments(doc, next)).length === 0) expect(next).toBe(doc)
      }),
      RUNS,
    )
  })

  it('every document on the way is valid and fits its schema', () => {
    fc.assert(
      fc.property(fc.array(actArbitrary, { maxLength: 25 }), (acts) => {
        expect(documentProblems(afterActs(draft, acts))).toEqual([])
      }),
      RUNS,
    )
  })

  it('an edit never turns a record nobody touched into a reviewed one', () => {
    fc.assert(
      fc.property(documentArbitrary, actArbitrary, (doc, act) => {
        const next = afterActs(doc, [act])
        const { updated } = diffDocuments(doc, next)
        const settled = Object.values(updated).filter(([from, to]) => from.verdict === 'unseen' && to.verdict === 'accepted')
        // Only the acts that say "accept" may do that: a verdict, a step with its boxes.
        if (act.kind > 2) expect(settled).toEqual([])
      }),
      RUNS,
    )
  })

  it('requireRecord finds every record by its own type', () => {
    fc.assert(
      fc.property(documentArbitrary, (doc) => {
        for (const record of Object.values(doc)) expect(requireRecord(doc, record.id, record.type)).toBe(record)
      }),
      RUNS,
    )
  })
})
