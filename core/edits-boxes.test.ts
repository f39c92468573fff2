import { describe, expect, it } from 'vitest'
import { diffDocuments, touchedIds } from './diff'
import { requireRecord } from './document'
import { altered, draftSample, mention, refusalOf, rid, run } from './document.fixture'
import { setVerdict } from './edits'
import { addBox, copyBoxToFrame, relabelBox, removeBox, setBoxRect } from './edits-boxes'
import type { SampleDocument } from './records'

const draft = draftSample()
const RECT = { x: 1, y: 2, w: 30, h: 40 }
const changed = (before: SampleDocument, after: SampleDocument) => touchedIds(diffDocuments(before, after)).sort()
const cited = (doc: SampleDocument, stepId: string) =>
  requireRecord(doc, stepId, 'step').tokens.flatMap((token) => (token.kind === 'mention' ? [[token.objectId, ...token.boxIds]] : []))

describe('addBox', () => {
  const drawn = addBox(draft, { id: rid('b9'), objectId: 'o3', frameId: 'f2', rect: RECT })

  it('adds a box without scores, as the work of a person', () => {
    expect(drawn.b9).toEqual({
      id: 'b9',
      type: 'box',
      verdict: 'added',
      reasons: [],
      objectId: 'o3',
      frameId: 'f2',
      rect: RECT,
      score: null,
      agreement: null,
    })
  })

  it('fills the empty box of the mention, and leaves the verdict of the step alone', () => {
    expect(cited(drawn, 's2')).toEqual([
      ['o3', 'b9'],
      ['o1', 'b3'],
    ])
    expect(drawn.s2).toMatchObject({ verdict: 'unseen' })
    const accepted = setVerdict(draft, 's2', 'accepted')
    expect(addBox(accepted, { id: rid('b9'), objectId: 'o3', frameId: 'f2', rect: RECT }).s2).toMatchObject({ verdict: 'accepted' })
  })

  it('fills every mention that has no box', () => {
    const tokens = [mention('o3', 'dog', [], true), run(' and '), mention('o3', 'it', [], true)]
    const twice = addBox(altered(draft, 's2', { tokens }), { id: rid('b9'), objectId: 'o3', frameId: 'f2', rect: RECT })
    expect(cited(twice, 's2')).toEqual([
      ['o3', 'b9'],
      ['o3', 'b9'],
    ])
  })

  it('joins the first mention when all have boxes', () => {
    const tokens = [mention('o1', 'man', ['b3']), run(' and '), mention('o1', 'he', ['b3'])]
    const more = addBox(altered(draft, 's2', { tokens }), { id: rid('b9'), objectId: 'o1', frameId: 'f3', rect: RECT })
    expect(cited(more, 's2')).toEqual([
      ['o1', 'b3', 'b9'],
      ['o1', 'b3'],
    ])
  })

  it('is not cited by a step that looks at other frames', () => {
    const elsewhere = addBox(draft, { id: rid('b9'), objectId: 'o3', frameId: 'f1', rect: RECT })
    expect(changed(draft, elsewhere)).toEqual(['b9'])
  })

  it('is cited by a step that cites no frame at all', () => {
    const open = altered(draft, 's2', { frameIds: [] })
    expect(cited(addBox(open, { id: rid('b9'), objectId: 'o3', frameId: 'f1', rect: RECT }), 's2')[0]).toEqual(['o3', 'b9'])
  })

  it('wants an object, a frame, an area and a new id', () => {
    const box = { id: rid('b9'), objectId: 'o3', frameId: 'f1', rect: RECT }
    expect(refusalOf(() => addBox(draft, { ...box, objectId: 'o9' })).code).toBe('not_found')
    expect(refusalOf(() => addBox(draft, { ...box, frameId: 'o1' })).code).toBe('not_found')
    expect(refusalOf(() => addBox(draft, { ...box, id: rid('b1') })).code).toBe('already_exists')
  })

  it.each([
    { x: 0, y: 0, w: 0, h: 5 },
    { x: 0, y: 0, w: 5, h: -1 },
    { x: Number.NaN, y: 0, w: 5, h: 5 },
    { x: 0, y: Number.POSITIVE_INFINITY, w: 5, h: 5 },
  ])('refuses the rectangle %o', (rect) => {
    expect(refusalOf(() => addBox(draft, { id: rid('b9'), objectId: 'o3', frameId: 'f1', rect })).code).toBe('invalid_input')
    expect(refusalOf(() => setBoxRect(draft, 'b1', rect)).code).toBe('invalid_input')
  })
})

describe('setBoxRect', () => {
  it('changes the box alone and drops scores that spoke of the old place', () => {
    const doc = setBoxRect(draft, 'b1', RECT)
    expect(changed(draft, doc)).toEqual(['b1'])
    expect(doc.b1).toMatchObject({ rect: RECT, score: null, verdict: 'edited' })
  })

  it('stays the very document for the same rectangle', () => {
    expect(setBoxRect(draft, 'b1', { x: 10, y: 20, w: 100, h: 200 })).toBe(draft)
  })

  it('keeps the mark of an added box and mends a stale one', () => {
    expect(setBoxRect(altered(draft, 'b1', { verdict: 'added' }), 'b1', RECT).b1).toMatchObject({ verdict: 'added' })
    expect(setBoxRect(altered(draft, 'b1', { verdict: 'stale' }), 'b1', RECT).b1).toMatchObject({ verdict: 'edited' })
  })

  it('copies no other record', () => {
    const doc = setBoxRect(draft, 'b1', RECT)
    for (const id of Object.keys(draft)) if (id !== 'b1') expect(doc[id]).toBe(draft[id])
  })
})

describe('relabelBox', () => {
  it('moves the citation to the mention of the other object', () => {
    const doc = relabelBox(draft, 'b3', 'o3')
    expect(doc.b3).toMatchObject({ objectId: 'o3', verdict: 'edited', score: null })
    expect(cited(doc, 's2')).toEqual([['o3', 'b3'], ['o1']])
  })

  it('only drops the citation where the other object is not mentioned', () => {
    expect(cited(relabelBox(draft, 'b1', 'o3'), 's1')).toEqual([['o1'], ['o2', 'b2']])
  })

  it('stays the very document for the same object', () => {
    expect(relabelBox(draft, 'b1', 'o1')).toBe(draft)
  })

  it('wants both to exist', () => {
    expect(refusalOf(() => relabelBox(draft, 'b9', 'o1')).code).toBe('not_found')
    expect(refusalOf(() => relabelBox(draft, 'b1', 'f1')).code).toBe('not_found')
  })
})

describe('removeBox', () => {
  it('takes its citations along and leaves verdicts alone', () => {
    const accepted = setVerdict(draft, 's1', 'accepted')
    const doc = removeBox(accepted, 'b1')
    expect(changed(accepted, doc)).toEqual(['b1', 's1'])
    expect(cited(doc, 's1')).toEqual([['o1'], ['o2', 'b2']])
    expect(doc.s1).toMatchObject({ verdict: 'accepted' })
  })

  it('takes back what addBox did', () => {
    const drawn = addBox(draft, { id: rid('b9'), objectId: 'o3', frameId: 'f2', rect: RECT })
    expect(removeBox(drawn, 'b9')).toEqual(draft)
  })

  it('wants a box', () => {
    expect(refusalOf(() => removeBox(draft, 's1')).code).toBe('not_found')
  })
})

describe('copyBoxToFrame', () => {
  it('draws the same rectangle for the same object on another frame', () => {
    const doc = copyBoxToFrame(draft, 'b3', { id: rid('b9'), frameId: 'f3' })
    expect(doc.b9).toMatchObject({ objectId: 'o1', frameId: 'f3', rect: { x: 30, y: 40, w: 90, h: 180 }, verdict: 'added', score: null })
    expect(cited(doc, 's2')).toEqual([['o3'], ['o1', 'b3', 'b9']])
    expect(doc.b3).toBe(draft.b3)
  })

  it('wants a box and a frame', () => {
    expect(refusalOf(() => copyBoxToFrame(draft, 'x', { id: rid('b9'), frameId: 'f3' })).code).toBe('not_found')
    expect(refusalOf(() => copyBoxToFrame(draft, 'b1', { id: rid('b9'), frameId: 'x' })).code).toBe('not_found')
  })
})
