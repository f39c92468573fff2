import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDiff, type Diff, diffDocuments, emptyDiff, isEmptyDiff } from './diff'
import { documentProblems } from './document'
import {
  actArbitrary,
  afterActs,
  altered,
  documentArbitrary,
  draftSample,
  extended,
  frameNo,
  mention,
  RUNS,
  reason,
  refusalOf,
  rid,
  run,
} from './document.fixture'
import { setVerdict } from './edits'
import { addBox, relabelBox, removeBox, setBoxRect } from './edits-boxes'
import { addCoreFrame, editCaption, moveCoreFrame, removeCoreFrame, reorderCoreFrames } from './edits-frames'
import { addObject, removeObject } from './edits-objects'
import { editStep, removeStep, setStepFrames, setStepSpan } from './edits-steps'
import { addOption, editAnswer, editQuestion, removeOption, setCorrect, setTask } from './edits-text'
import { type ConflictChoice, conflictKey, mergeChanges, resolveConflicts } from './merge'
import { RECORD_PARTS } from './merge-record'
import { type RecordType, recordSchema, type SampleDocument } from './records'

const draft = draftSample()
const RECT = { x: 1, y: 2, w: 30, h: 40 }

/** Merges two versions made from one base and gives the merged document beside the conflicts. */
function meet(theirs: SampleDocument, mine: SampleDocument, base: SampleDocument = draft) {
  const { merged, conflicts } = mergeChanges(base, diffDocuments(base, theirs), diffDocuments(base, mine))
  return { doc: applyDiff(theirs, merged), conflicts, keys: conflicts.map(conflictKey) }
}

function settle(theirs: SampleDocument, mine: SampleDocument, choices: Record<string, ConflictChoice>, base: SampleDocument = draft) {
  const diff = resolveConflicts(base, diffDocuments(base, theirs), diffDocuments(base, mine), choices)
  return applyDiff(theirs, diff)
}

describe('edits that merge', () => {
  it('of different records', () => {
    const { doc, conflicts } = meet(editQuestion(draft, 'Why?'), setBoxRect(draft, 'b1', RECT))
    expect(conflicts).toEqual([])
    expect(doc).toEqual(setBoxRect(editQuestion(draft, 'Why?'), 'b1', RECT))
  })

  it('of different parts of one step', () => {
    const theirs = editStep(draft, 's1', [run('He grips it.')])
    const mine = setStepSpan(draft, 's1', { startPts: 0, endPts: 512 })
    const { doc, conflicts } = meet(theirs, mine)
    expect(conflicts).toEqual([])
    expect(doc.s1).toMatchObject({ tokens: [run('He grips it.')], span: { startPts: 0, endPts: 512 }, verdict: 'edited' })
  })

  it('of label and place of one box', () => {
    const { doc, conflicts } = meet(relabelBox(draft, 'b2', 'o3'), setBoxRect(draft, 'b2', RECT))
    expect(conflicts).toEqual([])
    expect(doc.b2).toMatchObject({ objectId: 'o3', rect: RECT })
  })

  it('of caption and position of one core frame', () => {
    const { doc, conflicts } = meet(editCaption(draft, 'f1', 'New.'), moveCoreFrame(draft, 'f1', { index: frameNo(481), pts: 481 * 512 }))
    expect(conflicts).toEqual([])
    expect(doc.f1).toMatchObject({ caption: 'New.', index: 481 })
    expect(doc.b1).toMatchObject({ verdict: 'stale' })
  })

  it('of answer text and options', () => {
    const { doc, conflicts } = meet(editAnswer(draft, 'The dog.'), addOption(draft, 'A wave'))
    expect(conflicts).toEqual([])
    expect(doc.answer).toMatchObject({
      text: 'The dog.',
      options: [...['The dog pulls him', 'The rope snaps', 'He is tired', 'It rains'], 'A wave'],
    })
  })

  it('when both did the very same', () => {
    const same = removeBox(editQuestion(draft, 'Why?'), 'b2')
    const { doc, conflicts } = meet(same, removeBox(editQuestion(draft, 'Why?'), 'b2'))
    expect(conflicts).toEqual([])
    expect(doc).toEqual(same)
  })

  it('when both added the same record', () => {
    const both = addObject(draft, { id: rid('o9'), phrase: 'lake' })
    expect(meet(both, addObject(draft, { id: rid('o9'), phrase: 'lake' }))).toMatchObject({ conflicts: [], doc: both })
  })

  it('when only one of them did anything', () => {
    const edited = editQuestion(draft, 'Why?')
    expect(meet(draft, edited).doc).toEqual(edited)
    expect(meet(edited, draft).doc).toEqual(edited)
  })
})

describe('edits that conflict', () => {
  it('two texts of one question', () => {
    const { doc, conflicts } = meet(editQuestion(draft, 'Why?'), editQuestion(draft, 'How?'))
    expect(conflicts).toEqual([
      { recordId: 'question', field: 'text', base: 'Why does the man let go of the rope?', theirs: 'Why?', mine: 'How?' },
    ])
    expect(doc).toEqual(editQuestion(draft, 'Why?'))
  })

  it('two rectangles of one box: a rectangle is one thing, even when different sides moved', () => {
    const left = setBoxRect(draft, 'b1', { x: 5, y: 20, w: 105, h: 200 })
    const right = setBoxRect(draft, 'b1', { x: 10, y: 20, w: 120, h: 200 })
    expect(meet(left, right).keys).toEqual(['b1.rect'])
  })

  it('two sentences of one step', () => {
    expect(meet(editStep(draft, 's1', [run('A')]), editStep(draft, 's1', [run('B')])).keys).toEqual(['s1.tokens'])
  })

  it('options against the right option: which one is right depends on the list', () => {
    const { conflicts } = meet(removeOption(draft, 1), setCorrect(draft, 2))
    expect(conflicts).toEqual([
      {
        recordId: 'answer',
        field: 'options',
        base: { options: ['The dog pulls him', 'The rope snaps', 'He is tired', 'It rains'], correctIndex: 0 },
        theirs: { options: ['The dog pulls him', 'He is tired', 'It rains'], correctIndex: 0 },
        mine: { options: ['The dog pulls him', 'The rope snaps', 'He is tired', 'It rains'], correctIndex: 2 },
      },
    ])
  })

  it('two positions of one core frame', () => {
    const theirs = moveCoreFrame(draft, 'f1', { index: frameNo(481), pts: 1 })
    const mine = moveCoreFrame(draft, 'f1', { index: frameNo(479), pts: 2 })
    expect(meet(theirs, mine).keys).toEqual(['f1.position'])
  })

  it('removing against editing, both ways round', () => {
    const removed = removeStep(draft, 's1')
    const edited = editStep(draft, 's1', [run('A')])
    expect(meet(removed, edited).conflicts).toEqual([{ recordId: 's1', field: null, base: draft.s1, theirs: null, mine: edited.s1 }])
    expect(meet(removed, edited).doc).toEqual(removed)
    expect(meet(edited, removed).conflicts).toEqual([{ recordId: 's1', field: null, base: draft.s1, theirs: edited.s1, mine: null }])
    expect(meet(edited, removed).doc).toEqual(edited)
  })

  it('removing against accepting: one says it is right, the other threw it out', () => {
    expect(meet(setVerdict(draft, 'b2', 'accepted'), removeBox(draft, 'b2')).keys).toContain('b2')
  })

  it('two different records under one id', () => {
    const theirs = addObject(draft, { id: rid('o9'), phrase: 'lake' })
    const mine = addObject(draft, { id: rid('o9'), phrase: 'boat' })
    expect(meet(theirs, mine).conflicts).toEqual([{ recordId: 'o9', field: null, base: null, theirs: theirs.o9, mine: mine.o9 }])
  })

  it('a record that became another type', () => {
    const asObject = extended(removeBox(draft, 'b2'), { id: 'b2', type: 'object', verdict: 'added', reasons: [], order: 9, phrase: 'x' })
    expect(meet(asObject, setBoxRect(draft, 'b2', RECT)).keys).toEqual(['b2'])
  })
})

describe('verdicts', () => {
  const accepted = setVerdict(draft, 's1', 'accepted')
  const edited = editStep(draft, 's1', [run('He grips it.')])
  const rejected = setVerdict(draft, 's1', 'rejected', [reason('E1')])

  it('accepted against edited: content with the mark edited', () => {
    for (const { doc, conflicts } of [meet(accepted, edited), meet(edited, accepted)]) {
      expect(conflicts).toEqual([])
      expect(doc.s1).toEqual(edited.s1)
    }
  })

  it('rejected against edited: a person decides, the new content stays', () => {
    for (const [theirs, mine] of [[rejected, edited] as const, [edited, rejected] as const]) {
      const { doc, keys } = meet(theirs, mine)
      expect(keys).toEqual(['s1.verdict'])
      expect(doc.s1).toMatchObject({ tokens: [run('He grips it.')] })
    }
  })

  it('accepted against rejected: a person decides', () => {
    const { conflicts } = meet(accepted, rejected)
    expect(conflicts).toEqual([
      {
        recordId: 's1',
        field: 'verdict',
        base: { verdict: 'unseen', reasons: [] },
        theirs: { verdict: 'accepted', reasons: [] },
        mine: { verdict: 'rejected', reasons: [reason('E1')] },
      },
    ])
  })

  it('rejected by both for different reasons: rejected for all of them, in one order whoever came first', () => {
    const other = setVerdict(draft, 's1', 'rejected', [reason('E2', 'no'), reason('E1')])
    const { doc, conflicts } = meet(rejected, other)
    expect(conflicts).toEqual([])
    expect(doc.s1).toMatchObject({ verdict: 'rejected', reasons: [reason('E1'), reason('E2', 'no')] })
    expect(meet(other, rejected).doc).toEqual(doc)
  })

  it('accepting a box against moving its frame: stale, because the ground moved', () => {
    const moved = moveCoreFrame(draft, 'f1', { index: frameNo(481), pts: 481 * 512 })
    for (const { doc, conflicts } of [meet(setVerdict(draft, 'b1', 'accepted'), moved), meet(moved, setVerdict(draft, 'b1', 'accepted'))]) {
      expect(conflicts).toEqual([])
      expect(doc.b1).toMatchObject({ verdict: 'stale' })
    }
  })

  it('resizing a box against moving its frame: the new rectangle, stale', () => {
    const moved = moveCoreFrame(draft, 'f1', { index: frameNo(481), pts: 481 * 512 })
    const { doc, conflicts } = meet(moved, setBoxRect(draft, 'b1', RECT))
    expect(conflicts).toEqual([])
    expect(doc.b1).toMatchObject({ verdict: 'stale', rect: RECT })
  })

  it('accepting content that somebody changed without saying so counts as edited', () => {
    const silent = altered(draft, 's1', { tokens: [run('Something else.')] })
    const { doc, conflicts } = meet(silent, accepted)
    expect(conflicts).toEqual([])
    expect(doc.s1).toMatchObject({ verdict: 'edited', tokens: [run('Something else.')] })
  })

  it('rejecting content that somebody changed without saying so is for a person to decide', () => {
    expect(meet(altered(draft, 's1', { tokens: [run('Something else.')] }), rejected).keys).toEqual(['s1.verdict'])
  })

  it('accepting a step whose mention only gained a box stays accepted', () => {
    const drawn = addBox(draft, { id: rid('b9'), objectId: 'o3', frameId: 'f2', rect: RECT })
    const { doc, conflicts } = meet(drawn, setVerdict(draft, 's2', 'accepted'))
    expect(conflicts).toEqual([])
    expect(doc.s2).toMatchObject({ verdict: 'accepted' })
  })

  it('accepting a frame that only changed its place in the strip stays accepted', () => {
    const { doc, conflicts } = meet(reorderCoreFrames(draft, ['f3', 'f2', 'f1']), setVerdict(draft, 'f1', 'accepted'))
    expect(conflicts).toEqual([])
    expect(doc.f1).toMatchObject({ verdict: 'accepted', order: 3 })
  })

  it('taking an acceptance back against editing is for a person to decide', () => {
    const base = setVerdict(draft, 's1', 'accepted')
    const reset = setVerdict(base, 's1', 'unseen')
    expect(meet(reset, editStep(base, 's1', [run('A')]), base).keys).toEqual(['s1.verdict'])
  })

  it('sufficiency and answer verdict are separate', () => {
    const { doc, conflicts } = meet(setVerdict(draft, 'sufficiency', 'accepted'), editAnswer(draft, 'The dog.'))
    expect(conflicts).toEqual([])
    expect(doc.answer).toMatchObject({ sufficiency: 'accepted', verdict: 'edited', text: 'The dog.' })
  })
})

describe('changes that rest on what the other side removed', () => {
  it('my box on a frame they removed', () => {
    const mine = addBox(draft, { id: rid('b9'), objectId: 'o2', frameId: 'f3', rect: RECT })
    const { doc, conflicts } = meet(removeCoreFrame(draft, 'f3'), mine)
    expect(conflicts).toMatchObject([{ recordId: 'b9', field: null, base: null, theirs: null, mine: { id: 'b9' } }])
    expect(documentProblems(doc)).toEqual([])
  })

  it('their box on a frame I removed: the frame stays until somebody decides', () => {
    const theirs = addBox(draft, { id: rid('b9'), objectId: 'o2', frameId: 'f3', rect: RECT })
    const { doc, keys } = meet(theirs, removeCoreFrame(draft, 'f3'))
    expect(keys).toEqual(['f3'])
    expect(doc.f3).toEqual(draft.f3)
    expect(documentProblems(doc)).toEqual([])
  })

  it('their box on a frame I removed: its other boxes stay with it', () => {
    const theirs = addBox(draft, { id: rid('b9'), objectId: 'o3', frameId: 'f1', rect: RECT })
    const { doc } = meet(theirs, removeCoreFrame(draft, 'f1'))
    expect([doc.b1, doc.b2, doc.b9].map((record) => record?.id)).toEqual(['b1', 'b2', 'b9'])
    expect(documentProblems(doc)).toEqual([])
  })

  it('my mention of an object they removed', () => {
    const mine = editStep(draft, 's1', [run('The '), mention('o3', 'dog'), run('.')])
    const theirs = removeObject(draft, 'o3')
    const { doc, keys } = meet(theirs, mine)
    expect(keys).toEqual(['s1'])
    expect(doc).toEqual(theirs)
  })

  it('my citation of a frame they removed', () => {
    expect(meet(removeCoreFrame(draft, 'f3'), setStepFrames(draft, 's1', [rid('f1'), rid('f3')])).keys).toEqual(['s1'])
  })

  it('their mention citing a box I gave to another object', () => {
    const theirs = editStep(draft, 's2', [mention('o1', 'man', ['b1'])])
    const { doc, keys } = meet(theirs, relabelBox(draft, 'b1', 'o2'))
    expect(keys).toContain('b1')
    expect(documentProblems(doc)).toEqual([])
  })

  it('gives up the removal of a frame, not what I did to boxes elsewhere', () => {
    const theirs = addBox(draft, { id: rid('b9'), objectId: 'o2', frameId: 'f3', rect: RECT })
    const mine = removeBox(setBoxRect(removeCoreFrame(draft, 'f3'), 'b1', RECT), 'b2')
    const { doc, keys } = meet(theirs, mine)
    expect(keys).toEqual(['f3'])
    expect(doc.b1).toMatchObject({ rect: RECT })
    expect(doc.b2).toBeUndefined()
  })

  it('gives up the removal, not the rest of what I did to the record that rests on it', () => {
    const theirs = editStep(draft, 's1', [mention('o3', 'dog')])
    const mine = removeObject(setStepSpan(draft, 's1', { startPts: 0, endPts: 9 }), 'o3')
    const { doc, keys } = meet(theirs, mine)
    expect(keys).toEqual(['o3'])
    expect(doc.s1).toMatchObject({ tokens: [mention('o3', 'dog')], span: { startPts: 0, endPts: 9 } })
  })

  it('is not blamed on me when the base was broken before', () => {
    const broken = altered(draft, 's1', { frameIds: ['f77'] })
    const { keys } = meet(broken, editQuestion(broken, 'Why?'), broken)
    expect(keys).toEqual([])
  })
})

describe('mergeChanges', () => {
  it('refuses a diff that does not start at the base', () => {
    const other = editQuestion(draft, 'Else?')
    const diff = diffDocuments(other, editQuestion(other, 'Why?'))
    expect(refusalOf(() => mergeChanges(draft, diff, emptyDiff)).code).toBe('version_conflict')
    expect(refusalOf(() => mergeChanges(draft, emptyDiff, diff)).code).toBe('version_conflict')
  })
})

describe('resolveConflicts', () => {
  const theirs = editQuestion(setVerdict(draft, 'f1', 'accepted'), 'Why?')
  const mine = editQuestion(setTask(draft, 'event_process'), 'How?')

  it('wants every conflict decided', () => {
    const call = () => settle(theirs, mine, {})
    expect(refusalOf(call)).toMatchObject({ code: 'invalid_input' })
  })

  it('takes my side of a part, and keeps what merged', () => {
    const doc = settle(theirs, mine, { 'question.text': 'mine' })
    expect(doc.question).toMatchObject({ text: 'How?' })
    expect(doc.task).toEqual(mine.task)
    expect(doc.f1).toEqual(theirs.f1)
  })

  it('takes my side of a part without taking back what they did to the rest of the record', () => {
    const their = setStepFrames(editStep(draft, 's1', [run('A')]), 's1', [rid('f2')])
    const doc = settle(their, editStep(draft, 's1', [run('B')]), { 's1.tokens': 'mine' })
    expect(doc.s1).toMatchObject({ tokens: [run('B')], frameIds: ['f2'] })
  })

  it('takes their side of a part, and keeps what merged', () => {
    const doc = settle(theirs, mine, { 'question.text': 'theirs' })
    expect(doc.question).toEqual(theirs.question)
    expect(doc.task).toEqual(mine.task)
  })

  it('takes a verdict', () => {
    const no = setVerdict(draft, 's1', 'rejected', [reason('E4')])
    const yes = setVerdict(draft, 's1', 'accepted')
    expect(settle(yes, no, { 's1.verdict': 'mine' }).s1).toEqual(no.s1)
    expect(settle(yes, no, { 's1.verdict': 'theirs' }).s1).toEqual(yes.s1)
  })

  it('takes options together with the right one', () => {
    const doc = settle(removeOption(draft, 1), setCorrect(draft, 2), { 'answer.options': 'mine' })
    expect(doc.answer).toMatchObject({ correctIndex: 2, options: { length: 4 } })
  })

  it('brings back a record they removed', () => {
    const edited = editStep(draft, 's1', [run('A')])
    expect(settle(removeStep(draft, 's1'), edited, { s1: 'mine' }).s1).toEqual(edited.s1)
    expect(settle(removeStep(draft, 's1'), edited, { s1: 'theirs' }).s1).toBeUndefined()
  })

  it('brings back a record with what it rests on', () => {
    const drawn = addBox(draft, { id: rid('b9'), objectId: 'o2', frameId: 'f3', rect: RECT })
    const doc = settle(removeCoreFrame(draft, 'f3'), drawn, { b9: 'mine' })
    expect(doc.b9).toEqual(drawn.b9)
    expect(doc.f3).toEqual(draft.f3)
    expect(documentProblems(doc)).toEqual([])
  })

  it('carries out a removal with what would dangle', () => {
    const drawn = addBox(draft, { id: rid('b9'), objectId: 'o2', frameId: 'f3', rect: RECT })
    const doc = settle(drawn, removeCoreFrame(draft, 'f3'), { f3: 'mine' })
    expect(doc.f3).toBeUndefined()
    expect(doc.b9).toBeUndefined()
    expect(documentProblems(doc)).toEqual([])
  })

  it('leaves theirs untouched when theirs is chosen everywhere and nothing of mine merges', () => {
    const diff = resolveConflicts(
      draft,
      diffDocuments(draft, editQuestion(draft, 'Why?')),
      diffDocuments(draft, editQuestion(draft, 'How?')),
      {
        'question.text': 'theirs',
      },
    )
    expect(isEmptyDiff(diff)).toBe(true)
  })
})

describe('RECORD_PARTS', () => {
  it('covers every field of every record exactly once', () => {
    const remarks = ['id', 'type', 'verdict', 'reasons']
    for (const option of recordSchema.options) {
      const type: RecordType = option.shape.type.value
      const parts = Object.values(RECORD_PARTS[type]).flat()
      expect([...parts].sort(), type).toEqual(
        Object.keys(option.shape)
          .filter((field) => !remarks.includes(field))
          .sort(),
      )
    }
  })
})

describe('laws', () => {
  const acts = fc.array(actArbitrary, { maxLength: 6 })
  const scene = fc.tuple(documentArbitrary, acts, acts).map(([base, left, right]) => {
    const theirs: Diff = diffDocuments(base, afterActs(base, left, 't'))
    const mine: Diff = diffDocuments(base, afterActs(base, right, 'm'))
    return { base, theirs, mine }
  })

  it('merging a change with itself adds nothing and conflicts with nothing', () => {
    fc.assert(
      fc.property(documentArbitrary, documentArbitrary, (base, other) => {
        const diff = diffDocuments(base, other)
        const { merged, conflicts } = mergeChanges(base, diff, diff)
        expect(isEmptyDiff(merged)).toBe(true)
        expect(conflicts).toEqual([])
      }),
      RUNS,
    )
  })

  it('merging with nothing gives the change itself', () => {
    fc.assert(
      fc.property(scene, ({ base, mine }) => {
        expect(mergeChanges(base, emptyDiff, mine)).toEqual({ merged: mine, conflicts: [] })
        expect(isEmptyDiff(mergeChanges(base, mine, emptyDiff).merged)).toBe(true)
      }),
      RUNS,
    )
  })

  it('a merge without conflict does not depend on who came first', () => {
    let clean = 0
    fc.assert(
      fc.property(scene, ({ base, theirs, mine }) => {
        const one = mergeChanges(base, theirs, mine)
        const other = mergeChanges(base, mine, theirs)
        expect(one.conflicts.length > 0).toBe(other.conflicts.length > 0)
        if (one.conflicts.length > 0) return
        clean += 1
        expect(applyDiff(applyDiff(base, theirs), one.merged)).toEqual(applyDiff(applyDiff(base, mine), other.merged))
      }),
      { numRuns: 600 },
    )
    // The law would hold for nothing if every pair of random changes collided.
    expect(clean).toBeGreaterThan(60)
  })

  it('a merge gives a valid document, with conflicts and without', () => {
    fc.assert(
      fc.property(scene, ({ base, theirs, mine }) => {
        const { merged } = mergeChanges(base, theirs, mine)
        expect(documentProblems(applyDiff(applyDiff(base, theirs), merged))).toEqual([])
      }),
      { numRuns: 600 },
    )
  })

  it('a settled conflict gives a valid document, whatever was chosen', () => {
    fc.assert(
      fc.property(scene, fc.infiniteStream(fc.boolean()), ({ base, theirs, mine }, coins) => {
        const { conflicts } = mergeChanges(base, theirs, mine)
        const choices = Object.fromEntries(
          conflicts.map((conflict): [string, ConflictChoice] => [conflictKey(conflict), coins.next().value === true ? 'mine' : 'theirs']),
        )
        const diff = resolveConflicts(base, theirs, mine, choices)
        expect(documentProblems(applyDiff(applyDiff(base, theirs), diff))).toEqual([])
      }),
      RUNS,
    )
  })

  it('choosing theirs everywhere gives what the merge gave', () => {
    fc.assert(
      fc.property(scene, ({ base, theirs, mine }) => {
        const { merged, conflicts } = mergeChanges(base, theirs, mine)
        const choices = Object.fromEntries(conflicts.map((conflict): [string, ConflictChoice] => [conflictKey(conflict), 'theirs']))
        expect(resolveConflicts(base, theirs, mine, choices)).toEqual(merged)
      }),
      RUNS,
    )
  })

  it('edits of records the other did not touch are all kept', () => {
    const base = addCoreFrame(draft, { id: rid('f9'), index: frameNo(700), pts: 700 })
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), fc.nat({ max: 50 }), (question, caption, x) => {
        const theirs = editCaption(editQuestion(base, question), 'f9', caption)
        const mine = setBoxRect(base, 'b3', { x, y: 0, w: 10, h: 10 })
        const { doc, conflicts } = meet(theirs, mine, base)
        expect(conflicts).toEqual([])
        expect(doc).toEqual({ ...theirs, b3: mine.b3 })
      }),
      RUNS,
    )
  })
})
