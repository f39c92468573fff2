/** Edits of texts, frames, objects and steps: what each does, what it leaves alone, what it refuses. */
import { describe, expect, it } from 'vitest'
import { diffDocuments, touchedIds } from './diff'
import { answerOf, parseDocument, recordsOf, requireRecord, stepText } from './document'
import { altered, draftSample, extended, frameNo, mention, reason, refusalOf, rid, run } from './document.fixture'
import { setVerdict } from './edits'
import { addBox } from './edits-boxes'
import { addCoreFrame, editCaption, moveCoreFrame, removeCoreFrame, reorderCoreFrames } from './edits-frames'
import { addObject, removeObject, renameObject } from './edits-objects'
import { addStep, editStep, moveStep, removeStep, setStepFrames, setStepSpan } from './edits-steps'
import { addOption, editAnswer, editOption, editQuestion, MAX_OPTIONS, removeOption, setCorrect, setTask } from './edits-text'
import type { SampleDocument, Verdict } from './records'

const draft = draftSample()
const changed = (before: SampleDocument, after: SampleDocument) => touchedIds(diffDocuments(before, after)).sort()
const order = (doc: SampleDocument, type: 'coreFrame' | 'step' | 'object') => recordsOf(doc, type).map((record) => record.id)

describe('the mark an edit leaves', () => {
  it.each<[Verdict, Verdict]>([
    ['unseen', 'edited'],
    ['accepted', 'edited'],
    ['edited', 'edited'],
    ['rejected', 'edited'],
    ['stale', 'edited'],
    ['added', 'added'],
  ])('on what was %s is %s', (before, after) => {
    const doc = altered(draft, 's1', { verdict: before })
    expect(editStep(doc, 's1', [run('New.')]).s1).toMatchObject({ verdict: after })
  })

  it('answers the reasons of a rejection', () => {
    const doc = setVerdict(draft, 'question', 'rejected', [reason('Q3')])
    expect(editQuestion(doc, 'Why?').question).toMatchObject({ verdict: 'edited', reasons: [] })
  })
})

describe('question, answer and task', () => {
  it('change one record', () => {
    expect(changed(draft, editQuestion(draft, 'Why?'))).toEqual(['question'])
    expect(changed(draft, editAnswer(draft, 'The dog.'))).toEqual(['answer'])
    expect(changed(draft, setTask(draft, null))).toEqual(['task'])
  })

  it('stay the very document when the text is the same', () => {
    expect(editQuestion(draft, 'Why does the man let go of the rope?')).toBe(draft)
    expect(editAnswer(draft, 'Because the dog pulls him off balance.')).toBe(draft)
    expect(setTask(draft, 'causal_inference')).toBe(draft)
  })

  it('keep any word for a task, since sources have their own', () => {
    expect(setTask(draft, 'Sports').task).toMatchObject({ task: 'Sports', verdict: 'edited' })
  })
})

describe('options', () => {
  it('are rewritten one at a time', () => {
    const doc = editOption(draft, 1, 'The rope tears')
    expect(answerOf(doc).options).toEqual(['The dog pulls him', 'The rope tears', 'He is tired', 'It rains'])
    expect(answerOf(doc)).toMatchObject({ correctIndex: 0, verdict: 'edited' })
  })

  it('are added at the end, up to one a letter', () => {
    expect(answerOf(addOption(draft, 'A wave')).options.at(-1)).toBe('A wave')
    const full = altered(draft, 'answer', { options: Array.from({ length: MAX_OPTIONS }, (_, n) => `option ${n}`) })
    expect(refusalOf(() => addOption(full, 'one more')).code).toBe('limit_exceeded')
  })

  it.each([
    ['before the right one', 2, 0, 1],
    ['after the right one', 2, 3, 2],
    ['that is right', 2, 2, null],
    ['while none is right', null, 0, null],
  ])('removing one %s', (_, correctIndex, removed, expected) => {
    const doc = removeOption(altered(draft, 'answer', { correctIndex }), removed)
    expect(answerOf(doc).options).toHaveLength(3)
    expect(answerOf(doc).correctIndex).toBe(expected)
  })

  it('choose the right one, or none', () => {
    expect(answerOf(setCorrect(draft, 3)).correctIndex).toBe(3)
    expect(answerOf(setCorrect(draft, null)).correctIndex).toBeNull()
    expect(setCorrect(draft, 0)).toBe(draft)
  })

  it.each([-1, 4, 1.5])('refuse position %s', (index) => {
    expect(refusalOf(() => editOption(draft, index, 'x')).code).toBe('invalid_input')
    expect(refusalOf(() => removeOption(draft, index)).code).toBe('invalid_input')
    expect(refusalOf(() => setCorrect(draft, index)).code).toBe('invalid_input')
  })
})

describe('core frames', () => {
  const position = (index: number) => ({ index: frameNo(index), pts: index * 512 })

  it('are added where they belong in time', () => {
    expect(order(addCoreFrame(draft, { id: rid('f9'), ...position(500) }), 'coreFrame')).toEqual(['f1', 'f9', 'f2', 'f3'])
    expect(order(addCoreFrame(draft, { id: rid('f9'), ...position(3) }), 'coreFrame')).toEqual(['f9', 'f1', 'f2', 'f3'])
    expect(order(addCoreFrame(draft, { id: rid('f9'), ...position(900) }), 'coreFrame')).toEqual(['f1', 'f2', 'f3', 'f9'])
  })

  it('are added to a sample that has none', () => {
    const bare = ['f1', 'f2', 'f3'].reduce(removeCoreFrame, draft)
    const doc = addCoreFrame(bare, { id: rid('f9'), ...position(3), caption: 'A lake.' })
    expect(doc.f9).toMatchObject({
      verdict: 'added',
      order: 1,
      caption: 'A lake.',
      path: null,
      score: null,
      match: { method: 'person', confidence: 1 },
    })
  })

  it('say which selector proposed them, until they are moved to another frame', () => {
    const proposal = { by: 'selector adaptive in browser (wasm, 2 threads)', relevance: 0.64 }
    const doc = addCoreFrame(draft, { id: rid('f9'), ...position(500), proposal })
    expect(doc.f9).toMatchObject({
      verdict: 'added',
      score: 0.64,
      margin: null,
      match: { method: 'selector', confidence: 1, by: proposal.by },
    })
    expect(parseDocument(JSON.parse(JSON.stringify(doc)))).toEqual(doc)
    expect(moveCoreFrame(doc, 'f9', position(501)).f9).toMatchObject({ score: null, match: { method: 'person', confidence: 1 } })
  })

  it('are each a frame of their own', () => {
    expect(refusalOf(() => addCoreFrame(draft, { id: rid('f9'), ...position(528) })).code).toBe('already_exists')
    expect(refusalOf(() => addCoreFrame(draft, { id: rid('b1'), ...position(3) })).code).toBe('already_exists')
    expect(refusalOf(() => moveCoreFrame(draft, 'f1', position(528))).code).toBe('already_exists')
  })

  it('go with their boxes and citations; accepted steps that rested on them become stale', () => {
    const accepted = setVerdict(setVerdict(draft, 's1', 'accepted'), 's2', 'accepted')
    const doc = removeCoreFrame(accepted, 'f1')
    expect(changed(accepted, doc)).toEqual(['b1', 'b2', 'f1', 's1'])
    expect(doc.s1).toMatchObject({
      verdict: 'stale',
      frameIds: [],
      tokens: [run('The '), mention('o1', 'man'), run(' grips the '), mention('o2', 'rope'), run('.')],
    })
  })

  it('leave unseen and added steps as they are judged', () => {
    expect(removeCoreFrame(draft, 'f1').s1).toMatchObject({ verdict: 'unseen' })
    expect(removeCoreFrame(altered(draft, 's1', { verdict: 'added' }), 'f1').s1).toMatchObject({ verdict: 'added' })
  })

  it('move to another frame and make their boxes stale, whatever was said of them', () => {
    const judged = setVerdict(setVerdict(draft, 'b1', 'accepted'), 'b2', 'rejected', [reason('B2')])
    const doc = moveCoreFrame(judged, 'f1', position(481))
    expect(doc.f1).toMatchObject({
      index: 481,
      pts: 481 * 512,
      verdict: 'edited',
      match: { method: 'person', confidence: 1 },
      score: null,
      path: '480.jpg',
    })
    expect(doc.b1).toMatchObject({ verdict: 'stale', reasons: [] })
    expect(doc.b2).toMatchObject({ verdict: 'stale', reasons: [] })
    expect(doc.b3).toBe(judged.b3)
  })

  it('stay the very document when moved to where they are', () => {
    expect(moveCoreFrame(draft, 'f1', position(480))).toBe(draft)
  })

  it('are located by a person when the source did not say where they are', () => {
    const lost = altered(draft, 'f1', { index: null, pts: null, match: { method: 'none', confidence: 0 } })
    expect(moveCoreFrame(lost, 'f1', position(7)).f1).toMatchObject({ index: 7, match: { method: 'person', confidence: 1 } })
  })

  it('are put in another order without a word on their verdicts, and back exactly', () => {
    const turned = reorderCoreFrames(draft, ['f3', 'f1', 'f2'])
    expect(order(turned, 'coreFrame')).toEqual(['f3', 'f1', 'f2'])
    expect(recordsOf(turned, 'coreFrame').map((frame) => frame.verdict)).toEqual(['unseen', 'unseen', 'unseen'])
    expect(reorderCoreFrames(turned, ['f1', 'f2', 'f3'])).toEqual(draft)
    expect(reorderCoreFrames(draft, ['f1', 'f2', 'f3'])).toBe(draft)
  })

  it('get distinct orders even where the source had none', () => {
    const tied = altered(altered(draft, 'f2', { order: 1 }), 'f3', { order: 1 })
    expect(order(reorderCoreFrames(tied, ['f3', 'f2', 'f1']), 'coreFrame')).toEqual(['f3', 'f2', 'f1'])
  })

  it.each([[['f1', 'f2']], [['f1', 'f2', 'f2']], [['f1', 'f2', 'b1']], [['f1', 'f2', 'f3', 'f3']]])('refuse the order %j', (ids) => {
    expect(refusalOf(() => reorderCoreFrames(draft, ids)).code).toBe('invalid_input')
  })

  it('have captions that can be written and removed', () => {
    expect(editCaption(draft, 'f1', 'A lake.').f1).toMatchObject({ caption: 'A lake.', verdict: 'edited' })
    expect(editCaption(draft, 'f1', null).f1).toMatchObject({ caption: null })
    expect(editCaption(draft, 'f1', 'A man holds a rope beside a lake.')).toBe(draft)
  })

  it('must exist', () => {
    expect(refusalOf(() => removeCoreFrame(draft, 'f9')).code).toBe('not_found')
    expect(refusalOf(() => moveCoreFrame(draft, 'b1', position(1))).code).toBe('not_found')
    expect(refusalOf(() => editCaption(draft, 'f9', 'x')).code).toBe('not_found')
  })
})

describe('objects', () => {
  it('are added last, so that the colours of the others stay', () => {
    const doc = addObject(draft, { id: rid('o9'), phrase: '  lake ' })
    expect(order(doc, 'object')).toEqual(['o1', 'o2', 'o3', 'o9'])
    expect(doc.o9).toMatchObject({ phrase: 'lake', verdict: 'added' })
  })

  it('have a name', () => {
    expect(refusalOf(() => addObject(draft, { id: rid('o9'), phrase: ' ' })).code).toBe('invalid_input')
    expect(refusalOf(() => renameObject(draft, 'o1', '')).code).toBe('invalid_input')
    expect(refusalOf(() => addObject(draft, { id: rid('o1'), phrase: 'lake' })).code).toBe('already_exists')
  })

  it('carry their new name into the sentences that used the old one', () => {
    const accepted = setVerdict(draft, 's1', 'accepted')
    const doc = renameObject(accepted, 'o1', 'boy')
    expect(doc.o1).toMatchObject({ phrase: 'boy', verdict: 'edited' })
    expect(stepText(requireRecord(doc, 's1', 'step'))).toBe('The boy grips the rope.')
    expect(doc.s1).toMatchObject({ verdict: 'stale' })
    expect(doc.s2).toMatchObject({ verdict: 'unseen' })
  })

  it('leave a mention that words it differently', () => {
    const doc = altered(draft, 's1', { tokens: [mention('o1', 'He', ['b1']), run(' grips it.')] })
    expect(renameObject(doc, 'o1', 'boy').s1).toBe(doc.s1)
  })

  it('stay the very document under the same name', () => {
    expect(renameObject(draft, 'o1', ' man ')).toBe(draft)
  })

  it('go with their boxes; mentions become plain text', () => {
    const accepted = setVerdict(draft, 's1', 'accepted')
    const doc = removeObject(accepted, 'o1')
    expect(changed(accepted, doc)).toEqual(['b1', 'b3', 'o1', 's1', 's2'])
    expect(doc.s1).toMatchObject({ verdict: 'stale', tokens: [run('The man grips the '), mention('o2', 'rope', ['b2']), run('.')] })
  })

  it('must exist', () => {
    expect(refusalOf(() => removeObject(draft, 'b1')).code).toBe('not_found')
    expect(refusalOf(() => renameObject(draft, 'o9', 'x')).code).toBe('not_found')
  })
})

describe('steps', () => {
  it('are rewritten with their text runs joined', () => {
    const doc = editStep(draft, 's1', [run('The '), run('man'), run(''), mention('o2', 'rope', ['b2']), run(''), run('.')])
    expect(doc.s1).toMatchObject({ tokens: [run('The man'), mention('o2', 'rope', ['b2']), run('.')], verdict: 'edited' })
  })

  it('stay the very document when the sentence is the same', () => {
    expect(editStep(draft, 's1', requireRecord(draft, 's1', 'step').tokens)).toBe(draft)
  })

  it.each([
    ['an object that is not there', [mention('o9', 'cat')]],
    ['a box that is not there', [mention('o1', 'man', ['b9'])]],
    ['a box of another object', [mention('o1', 'man', ['b2'])]],
  ])('refuse %s', (_, tokens) => {
    expect(refusalOf(() => editStep(draft, 's1', tokens)).code).toBe('invalid_input')
  })

  it('cite frames of the sample, each once', () => {
    expect(setStepFrames(draft, 's1', [rid('f3'), rid('f1')]).s1).toMatchObject({ frameIds: ['f3', 'f1'], verdict: 'edited' })
    expect(setStepFrames(draft, 's1', [rid('f1')])).toBe(draft)
    expect(refusalOf(() => setStepFrames(draft, 's1', [rid('f9')])).code).toBe('invalid_input')
    expect(refusalOf(() => setStepFrames(draft, 's1', [rid('f1'), rid('f1')])).code).toBe('invalid_input')
  })

  it('have a span that runs forwards, or none', () => {
    expect(setStepSpan(draft, 's1', { startPts: 5, endPts: 5 }).s1).toMatchObject({ span: { startPts: 5, endPts: 5 }, verdict: 'edited' })
    expect(setStepSpan(draft, 's2', null).s2).toMatchObject({ span: null })
    expect(setStepSpan(draft, 's1', null)).toBe(draft)
    expect(refusalOf(() => setStepSpan(draft, 's1', { startPts: 6, endPts: 5 })).code).toBe('invalid_input')
  })

  it.each([
    ['last by default', undefined, ['s1', 's2', 's9']],
    ['first', null, ['s9', 's1', 's2']],
    ['behind another', 's1', ['s1', 's9', 's2']],
    ['behind the last', 's2', ['s1', 's2', 's9']],
  ])('are added %s', (_, afterId, expected) => {
    const doc = addStep(draft, { id: rid('s9'), tokens: [run('It rains.')], ...(afterId === undefined ? {} : { afterId }) })
    expect(order(doc, 'step')).toEqual(expected)
    expect(doc.s9).toMatchObject({ verdict: 'added', tokens: [run('It rains.')], frameIds: [], span: null })
  })

  it('are added empty to a sample without steps', () => {
    const bare = removeStep(removeStep(draft, 's1'), 's2')
    expect(addStep(bare, { id: rid('s9') }).s9).toMatchObject({ order: 1, tokens: [] })
  })

  it('are not added where they cannot be', () => {
    expect(refusalOf(() => addStep(draft, { id: rid('s1') })).code).toBe('already_exists')
    expect(refusalOf(() => addStep(draft, { id: rid('s9'), afterId: 's7' })).code).toBe('not_found')
    expect(refusalOf(() => addStep(draft, { id: rid('s9'), frameIds: [rid('f9')] })).code).toBe('invalid_input')
    expect(refusalOf(() => addStep(draft, { id: rid('s9'), tokens: [mention('o9', 'x')] })).code).toBe('invalid_input')
  })

  it('go without their objects and boxes', () => {
    expect(changed(draft, removeStep(draft, 's1'))).toEqual(['s1'])
  })

  it('move; the moved one counts as edited, the ones that make room do not', () => {
    const doc = moveStep(draft, 's2', 0)
    expect(order(doc, 'step')).toEqual(['s2', 's1'])
    expect(doc.s2).toMatchObject({ verdict: 'edited' })
    expect(doc.s1).toMatchObject({ verdict: 'unseen' })
  })

  it('move back to exactly the old order', () => {
    const doc = moveStep(moveStep(draft, 's2', 0), 's2', 1)
    expect(recordsOf(doc, 'step').map((step) => step.order)).toEqual([1, 2])
  })

  it('take a position beyond the ends as the end', () => {
    expect(order(moveStep(draft, 's1', 99), 'step')).toEqual(['s2', 's1'])
    expect(moveStep(draft, 's1', -5)).toBe(draft)
    expect(moveStep(draft, 's2', 1)).toBe(draft)
  })

  it('move among steps the source gave one order', () => {
    const tied = altered(draft, 's2', { order: 1 })
    const more = extended(tied, { ...tied.s1, id: 's3' })
    expect(order(moveStep(more, 's3', 0), 'step')).toEqual(['s3', 's1', 's2'])
  })

  it('must exist', () => {
    for (const act of [
      () => removeStep(draft, 'x'),
      () => moveStep(draft, 'x', 0),
      () => editStep(draft, 'x', []),
      () => setStepSpan(draft, 'b1', null),
      () => setStepFrames(draft, 'x', []),
    ]) {
      expect(refusalOf(act).code).toBe('not_found')
    }
  })
})

describe('together', () => {
  it('a box drawn on an added frame goes when the frame goes', () => {
    const framed = addCoreFrame(draft, { id: rid('f9'), index: frameNo(9), pts: 9 })
    const drawn = addBox(framed, { id: rid('b9'), objectId: 'o3', frameId: 'f9', rect: { x: 1, y: 1, w: 5, h: 5 } })
    expect(removeCoreFrame(drawn, 'f9')).toEqual(draft)
  })
})
