import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requireRecord } from './document'
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
  reviewed,
  rid,
  run,
} from './document.fixture'
import { acceptStepWithBoxes, setVerdict } from './edits'
import { addBox, removeBox, setBoxRect } from './edits-boxes'
import { addCoreFrame, moveCoreFrame, reorderCoreFrames } from './edits-frames'
import { editStep, removeStep } from './edits-steps'
import { editQuestion, setTask } from './edits-text'
import type { Flag } from './flag'
import type { SampleDocument, Verdict } from './records'
import { approvalBlockers, boxesOfStep, isChanged, isDone, progressOf, reviewItems } from './review-items'

const draft = draftSample()
const RECT = { x: 1, y: 2, w: 30, h: 40 }
const itemIds = (doc: SampleDocument) => reviewItems(doc).map((item) => item.id)

/** The sample with a box for the dog: nothing is missing. */
const complete = addBox(draft, { id: rid('b4'), objectId: 'o3', frameId: 'f2', rect: RECT })

describe('reviewItems', () => {
  it('go question, frames, steps with their boxes and box-less objects, sufficiency, answer', () => {
    expect(itemIds(draft)).toEqual([
      'question:question',
      'coreFrame:f1',
      'coreFrame:f2',
      'coreFrame:f3',
      'step:s1',
      'box:b1',
      'box:b2',
      'step:s2',
      'box:b3',
      'object:o3',
      'sufficiency:answer',
      'answer:answer',
    ])
  })

  it('have labels a person can read', () => {
    expect(reviewItems(draft).map((item) => item.label)).toEqual([
      'Question',
      'Core frame 1',
      'Core frame 2',
      'Core frame 3',
      'Step 1',
      'Box: man',
      'Box: rope',
      'Step 2',
      'Box: man',
      'No box: dog',
      'Sufficiency',
      'Answer and task',
    ])
  })

  it('say where the stage should look and which step they belong to', () => {
    const places = reviewItems(draft).map(({ id, frameId, stepId }) => [id, frameId, stepId])
    expect(places).toContainEqual(['coreFrame:f2', 'f2', null])
    expect(places).toContainEqual(['step:s1', 'f1', 's1'])
    expect(places).toContainEqual(['box:b3', 'f2', 's2'])
    expect(places).toContainEqual(['object:o3', 'f2', 's2'])
    expect(places).toContainEqual(['answer:answer', null, null])
  })

  it('turn an object without a box into a box once one is drawn', () => {
    expect(itemIds(complete)).toContain('box:b4')
    expect(itemIds(complete)).not.toContain('object:o3')
    expect(itemIds(removeBox(complete, 'b4'))).toEqual(itemIds(draft))
  })

  it('show a box once, under the first step it belongs to', () => {
    const again = editStep(draft, 's2', [mention('o1', 'man', ['b1', 'b3'])])
    expect(itemIds(again).filter((id) => id === 'box:b1')).toHaveLength(1)
    expect(reviewItems(again).find((item) => item.id === 'box:b1')?.stepId).toBe('s1')
  })

  it('show an object without a box once, though several steps mention it', () => {
    const again = editStep(draft, 's1', [mention('o3', 'dog')])
    expect(itemIds(again).filter((id) => id === 'object:o3')).toHaveLength(1)
  })

  it('put boxes of no step behind the steps', () => {
    const orphaned = removeStep(draft, 's1')
    const items = reviewItems(orphaned)
    expect(items.map((item) => item.id).indexOf('box:b1')).toBeGreaterThan(items.map((item) => item.id).indexOf('step:s2'))
    expect(items.find((item) => item.id === 'box:b1')).toMatchObject({ stepId: null, frameId: 'f1' })
  })

  it('follow the order of frames and steps', () => {
    expect(itemIds(reorderCoreFrames(draft, ['f3', 'f2', 'f1'])).slice(1, 4)).toEqual(['coreFrame:f3', 'coreFrame:f2', 'coreFrame:f1'])
  })

  it('give a step without cited frame no frame', () => {
    const open = altered(draft, 's1', { frameIds: [] })
    expect(reviewItems(open).find((item) => item.id === 'step:s1')?.frameId).toBeNull()
  })

  it.each<[Verdict, Verdict, Verdict]>([
    ['unseen', 'unseen', 'unseen'],
    ['accepted', 'accepted', 'accepted'],
    ['accepted', 'rejected', 'rejected'],
    ['edited', 'unseen', 'edited'],
    ['rejected', 'accepted', 'rejected'],
  ])('answer %s and task %s make the answer item %s', (answer, task, item) => {
    const doc = altered(altered(draft, 'answer', { verdict: answer }), 'task', { verdict: task })
    expect(reviewItems(doc).at(-1)?.verdict).toBe(item)
  })

  it('show a box whose object is gone by the id, rather than not at all', () => {
    const { o2, ...rest } = draft
    expect(o2).toBeDefined()
    expect(reviewItems(rest).find((item) => item.id === 'box:b2')?.label).toBe('Box: o2')
  })
})

describe('boxesOfStep', () => {
  it('takes cited boxes and boxes of mentioned objects on cited frames, each once', () => {
    const step = requireRecord(draft, 's2', 'step')
    expect(boxesOfStep(draft, step).map((box) => box.id)).toEqual(['b3'])
    const elsewhere = altered(draft, 's2', { tokens: [mention('o1', 'man', ['b1'])] })
    expect(boxesOfStep(elsewhere, requireRecord(elsewhere, 's2', 'step')).map((box) => box.id)).toEqual(['b1', 'b3'])
  })

  it('is empty for a step of plain text', () => {
    const plain = editStep(draft, 's1', [run('It rains.')])
    expect(boxesOfStep(plain, requireRecord(plain, 's1', 'step'))).toEqual([])
  })
})

describe('progressOf', () => {
  it('counts nothing done in a fresh draft', () => {
    expect(progressOf(draft)).toEqual({ total: 12, done: 0 })
  })

  it('counts everything done in a reviewed sample', () => {
    expect(progressOf(reviewed(complete))).toEqual({ total: 12, done: 12 })
  })

  it('counts a step with its boxes as one plus its boxes', () => {
    expect(progressOf(acceptStepWithBoxes(draft, 's1')).done).toBe(3)
  })

  it('counts a rejection as done and a stale box as not', () => {
    expect(progressOf(setVerdict(draft, 'b1', 'rejected', [reason('B2')])).done).toBe(1)
    const moved = moveCoreFrame(acceptStepWithBoxes(draft, 's1'), 'f1', { index: frameNo(481), pts: 1 })
    expect(progressOf(moved).done).toBe(2)
  })

  it.each<[Verdict, boolean]>([
    ['unseen', false],
    ['stale', false],
    ['accepted', true],
    ['edited', true],
    ['rejected', true],
    ['added', true],
  ])('%s counts as done: %s', (verdict, expected) => {
    expect(isDone(verdict)).toBe(expected)
  })

  it('a clean sample takes at most twelve keys', () => {
    // Design §6. One key an act: frames one by one, a step with all its boxes (Shift+A), and the decision at the end.
    const acts: ((doc: SampleDocument) => SampleDocument)[] = [
      ...['question', 'f1', 'f2', 'f3'].map((id) => (doc: SampleDocument) => setVerdict(doc, id, 'accepted')),
      ...['s1', 's2'].map((id) => (doc: SampleDocument) => acceptStepWithBoxes(doc, id)),
      ...['sufficiency', 'answer'].map((id) => (doc: SampleDocument) => setVerdict(doc, id, 'accepted')),
    ]
    const doc = acts.reduce((sofar, act) => act(sofar), complete)
    expect(approvalBlockers(doc, [])).toEqual([])
    expect(acts.length + 1).toBeLessThanOrEqual(12)
  })
})

describe('approvalBlockers', () => {
  const clean = reviewed(complete)
  const kinds = (doc: SampleDocument, flags: readonly Flag[] = []) => approvalBlockers(doc, flags).map((blocker) => blocker.kind)

  it('finds none in a reviewed sample', () => {
    expect(approvalBlockers(clean, [])).toEqual([])
  })

  it('names every item that has not been looked at', () => {
    const blockers = approvalBlockers(draft, [])
    expect(blockers).toHaveLength(reviewItems(draft).length)
    expect(blockers[0]).toEqual({
      kind: 'unseen',
      itemId: 'question:question',
      recordId: 'question',
      message: 'Question has not been looked at.',
    })
  })

  it('names stale items', () => {
    const moved = moveCoreFrame(clean, 'f1', { index: frameNo(481), pts: 1 })
    expect(approvalBlockers(moved, [])).toEqual([
      { kind: 'stale', itemId: 'box:b1', recordId: 'b1', message: 'Box: man has to be looked at again.' },
      { kind: 'stale', itemId: 'box:b2', recordId: 'b2', message: 'Box: rope has to be looked at again.' },
    ])
  })

  it.each([
    ['question', 'Question is rejected. Correct the question, or reject the sample.'],
    ['answer', 'Answer and task is rejected. Correct the answer, or reject the sample.'],
    ['task', 'Task is rejected. Choose the right task.'],
    ['f1', 'Core frame 1 is rejected. Move it to the right frame, or remove it.'],
    ['o1', 'Object “man” is rejected. Rename it, or remove it.'],
    ['b1', 'Box: man is rejected. Redraw it, or remove it.'],
    ['s1', 'Step 1 is rejected. Correct it, or remove it.'],
  ])('names a rejected %s and the remedy', (id, message) => {
    const blockers = approvalBlockers(setVerdict(clean, id, 'rejected', [reason('A1')]), [])
    expect(blockers.map((blocker) => blocker.message)).toEqual([message])
    expect(blockers[0]).toMatchObject({ kind: 'rejected', recordId: id })
  })

  it('leads from a rejected task to the answer item, and from an object with boxes to none', () => {
    expect(approvalBlockers(setVerdict(clean, 'task', 'rejected'), [])[0]?.itemId).toBe('answer:answer')
    expect(approvalBlockers(setVerdict(clean, 'o1', 'rejected'), [])[0]?.itemId).toBeNull()
  })

  it('is satisfied once the rejected record is mended or gone', () => {
    const rejected = setVerdict(clean, 'b1', 'rejected', [reason('B2')])
    expect(kinds(setBoxRect(rejected, 'b1', RECT))).toEqual([])
    expect(kinds(removeBox(rejected, 'b1'))).toEqual([])
  })

  it('names evidence that does not carry the answer', () => {
    const doc = setVerdict(clean, 'sufficiency', 'rejected', [reason('E1')])
    expect(approvalBlockers(doc, [])).toMatchObject([{ kind: 'rejected', itemId: 'sufficiency:answer' }])
  })

  it('names blocking flags, and only those', () => {
    const flags: Flag[] = [
      { code: 'B1', recordId: rid('o3'), message: 'Empty box.', blocking: true },
      { code: 'V1', recordId: null, message: 'No video.', blocking: true },
      { code: 'S1', recordId: rid('s1'), message: 'Step 1 is empty.', blocking: true },
      { code: 'E3', recordId: rid('s2'), message: 'Leak.', blocking: false },
    ]
    expect(approvalBlockers(clean, flags)).toEqual([
      { kind: 'flag', itemId: null, recordId: 'o3', message: 'Empty box.' },
      { kind: 'flag', itemId: null, recordId: null, message: 'No video.' },
      { kind: 'flag', itemId: 'step:s1', recordId: 's1', message: 'Step 1 is empty.' },
    ])
  })

  it('asks again whether the answer follows once the question is another', () => {
    expect(kinds(editQuestion(clean, 'Why?'))).toEqual(['unseen'])
  })

  it('lets an edited question and an edited task pass', () => {
    expect(kinds(setVerdict(setTask(editQuestion(clean, 'Why?'), 'event_process'), 'sufficiency', 'accepted'))).toEqual([])
  })

  it('lets an object pass that a person says needs no box', () => {
    expect(kinds(setVerdict(reviewed(draft), 'o3', 'accepted'))).toEqual([])
  })
})

describe('isChanged', () => {
  it('is not moved by verdicts, reasons and sufficiency', () => {
    expect(isChanged(complete, reviewed(complete))).toBe(false)
    expect(isChanged(draft, setVerdict(draft, 's1', 'rejected', [reason('E1')]))).toBe(false)
  })

  it('sees every change of content', () => {
    expect(isChanged(draft, editQuestion(draft, 'Why?'))).toBe(true)
    expect(isChanged(draft, setBoxRect(draft, 'b1', RECT))).toBe(true)
    expect(isChanged(draft, complete)).toBe(true)
    expect(isChanged(draft, removeStep(draft, 's1'))).toBe(true)
    expect(isChanged(draft, reorderCoreFrames(draft, ['f3', 'f2', 'f1']))).toBe(true)
  })

  it('sees one record put in place of another', () => {
    const swapped = removeStep(addCoreFrame(draft, { id: rid('f9'), index: frameNo(9), pts: 9 }), 's1')
    expect(Object.keys(swapped)).toHaveLength(Object.keys(draft).length)
    expect(isChanged(draft, swapped)).toBe(true)
  })

  it('does not see a frame that was moved away and back', () => {
    const away = moveCoreFrame(draft, 'f1', { index: frameNo(481), pts: 481 * 512 })
    const back = moveCoreFrame(away, 'f1', { index: frameNo(480), pts: 480 * 512 })
    expect(isChanged(draft, away)).toBe(true)
    expect(isChanged(draft, back)).toBe(false)
  })
})

describe('laws', () => {
  const acts = fc.array(actArbitrary, { maxLength: 8 })

  it('every item has an id of its own and a record that exists', () => {
    fc.assert(
      fc.property(documentArbitrary, (doc) => {
        const items = reviewItems(doc)
        expect(new Set(items.map((item) => item.id)).size).toBe(items.length)
        for (const item of items) expect(Object.hasOwn(doc, item.recordId)).toBe(true)
      }),
      RUNS,
    )
  })

  it('every question, frame, step, box and answer is an item', () => {
    fc.assert(
      fc.property(documentArbitrary, (doc) => {
        const covered = new Set(reviewItems(doc).map((item) => item.recordId))
        for (const record of Object.values(doc)) {
          if (record.type !== 'object' && record.type !== 'task') expect(covered.has(record.id)).toBe(true)
        }
      }),
      RUNS,
    )
  })

  it('a sample without blockers has every item done', () => {
    fc.assert(
      fc.property(documentArbitrary, acts, (start, list) => {
        const doc = reviewed(afterActs(start, list))
        const { total, done } = progressOf(doc)
        if (approvalBlockers(doc, []).length === 0) expect(done).toBe(total)
        expect(done).toBeLessThanOrEqual(total)
      }),
      RUNS,
    )
  })

  it('accepting everything never changes content', () => {
    fc.assert(
      fc.property(documentArbitrary, (doc) => {
        expect(isChanged(doc, reviewed(doc))).toBe(false)
      }),
      RUNS,
    )
  })

  it('a document of another order of keys has the same items', () => {
    fc.assert(
      fc.property(documentArbitrary, (doc) => {
        const reversed = extended(Object.fromEntries(Object.entries(doc).reverse()))
        expect(reviewItems(reversed)).toEqual(reviewItems(doc))
      }),
      RUNS,
    )
  })
})
