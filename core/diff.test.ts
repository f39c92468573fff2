import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDiff, diffDocuments, diffSchema, emptyDiff, equalRecords, isEmptyDiff, reverseDiff, squashDiffs, touchedIds } from './diff'
import { documentProblems, requireRecord } from './document'
import { actArbitrary, afterActs, altered, documentArbitrary, draftSample, extended, RUNS, refusalOf, rid } from './document.fixture'
import { setVerdict } from './edits'
import { removeBox, setBoxRect } from './edits-boxes'
import { editQuestion } from './edits-text'
import type { SampleDocument } from './records'

const draft = draftSample()

describe('diffDocuments', () => {
  it('is empty for one document and itself', () => {
    expect(diffDocuments(draft, draft)).toEqual(emptyDiff)
    expect(isEmptyDiff(diffDocuments(draft, draft))).toBe(true)
  })

  it('is empty for two documents that are equal but share nothing', () => {
    expect(isEmptyDiff(diffDocuments(draft, draftSample()))).toBe(true)
  })

  it('names what was added, updated and removed', () => {
    const without = removeBox(draft, 'b2')
    const diff = diffDocuments(draft, without)
    expect(Object.keys(diff.removed)).toEqual(['b2'])
    expect(Object.keys(diff.updated)).toEqual(['s1'])
    expect(Object.keys(diff.added)).toEqual([])
    expect(Object.keys(reverseDiff(diff).added)).toEqual(['b2'])
  })

  it('carries the whole record before and after', () => {
    const diff = diffDocuments(draft, editQuestion(draft, 'Why?'))
    expect(diff.updated.question?.[0]).toBe(draft.question)
    expect(diff.updated.question?.[1]).toMatchObject({ text: 'Why?', verdict: 'edited' })
  })

  it('knows ids that every plain object inherits', () => {
    const odd = { ...requireRecord(draft, 'o1', 'object'), id: rid('constructor') }
    const diff = diffDocuments(draft, extended(draft, odd))
    expect(Object.keys(diff.added)).toEqual(['constructor'])
    expect(applyDiff(draft, diff)).toEqual(extended(draft, odd))
    expect(applyDiff(extended(draft, odd), reverseDiff(diff))).toEqual(draft)
  })
})

describe('equalRecords', () => {
  it('does not mind the order of keys, which PostgreSQL changes', () => {
    const question = requireRecord(draft, 'question', 'question')
    const { id, type, text, verdict, reasons } = question
    expect(equalRecords(question, { reasons, verdict, text, type, id })).toBe(true)
  })

  it('sees one changed field deep inside', () => {
    const moved = setBoxRect(draft, 'b1', { x: 10, y: 20, w: 100, h: 201 })
    expect(equalRecords(requireRecord(draft, 'b1', 'box'), requireRecord(moved, 'b1', 'box'))).toBe(false)
  })
})

describe('applyDiff', () => {
  const change = diffDocuments(draft, removeBox(draft, 'b2'))

  it('leaves the given document as it is', () => {
    const before = JSON.stringify(draft)
    applyDiff(draft, change)
    expect(JSON.stringify(draft)).toBe(before)
  })

  it('refuses a removed record that is gone already', () => {
    const gone = removeBox(draft, 'b2')
    expect(refusalOf(() => applyDiff(gone, change))).toMatchObject({
      code: 'version_conflict',
      message: expect.stringContaining('“b2” is gone already'),
    })
  })

  it('refuses a removed record that has changed since', () => {
    const moved = setBoxRect(draft, 'b2', { x: 0, y: 0, w: 5, h: 5 })
    expect(refusalOf(() => applyDiff(moved, change))).toMatchObject({
      code: 'version_conflict',
      message: expect.stringContaining('has changed since'),
    })
  })

  it('refuses an updated record that is gone', () => {
    const { question, ...rest } = draft
    expect(question).toBeDefined()
    const edit = diffDocuments(draft, editQuestion(draft, 'Why?'))
    expect(refusalOf(() => applyDiff(rest, edit))).toMatchObject({
      code: 'version_conflict',
      message: expect.stringContaining('“question” is gone'),
    })
  })

  it('refuses an updated record that has changed since', () => {
    const edit = diffDocuments(draft, editQuestion(draft, 'Why?'))
    const other = editQuestion(draft, 'How?')
    expect(refusalOf(() => applyDiff(other, edit)).code).toBe('version_conflict')
  })

  it('refuses an added record that exists already', () => {
    expect(refusalOf(() => applyDiff(draft, reverseDiff(change)))).toMatchObject({ code: 'version_conflict' })
    const addition = { ...emptyDiff, added: { b1: requireRecord(draft, 'b1', 'box') } }
    expect(refusalOf(() => applyDiff(draft, addition)).message).toContain('exists already')
  })
})

describe('squashDiffs', () => {
  const rename = (doc: SampleDocument, text: string) => diffDocuments(doc, editQuestion(doc, text))

  it('of nothing is nothing', () => {
    expect(squashDiffs([])).toEqual(emptyDiff)
  })

  it('keeps the first from and the last to', () => {
    const first = rename(draft, 'A?')
    const second = rename(applyDiff(draft, first), 'B?')
    const squashed = squashDiffs([first, second])
    expect(squashed.updated.question?.[0]).toMatchObject({ text: 'Why does the man let go of the rope?' })
    expect(squashed.updated.question?.[1]).toMatchObject({ text: 'B?' })
  })

  it('forgets what was added and removed again', () => {
    const added = diffDocuments(removeBox(draft, 'b2'), draft)
    expect(squashDiffs([added, reverseDiff(added)])).toEqual(emptyDiff)
  })

  it('turns removal and re-adding of another content into an update', () => {
    const away = { ...emptyDiff, removed: { b1: requireRecord(draft, 'b1', 'box') } }
    const back = { ...emptyDiff, added: { b1: requireRecord(altered(draft, 'b1', { score: 0.1 }), 'b1', 'box') } }
    expect(Object.keys(squashDiffs([away, back]).updated)).toEqual(['b1'])
  })

  it('turns an update and a removal into a removal of the original', () => {
    const moved = setBoxRect(draft, 'b1', { x: 1, y: 1, w: 9, h: 9 })
    const squashed = squashDiffs([diffDocuments(draft, moved), { ...emptyDiff, removed: { b1: requireRecord(moved, 'b1', 'box') } }])
    expect(squashed.removed.b1).toEqual(draft.b1)
  })

  it('turns an addition and an update into an addition of the final content', () => {
    const bare = removeBox(draft, 'b3')
    const again = setBoxRect(draft, 'b3', { x: 1, y: 1, w: 9, h: 9 })
    const squashed = squashDiffs([diffDocuments(bare, draft), diffDocuments(draft, again)])
    expect(squashed.added.b3).toEqual(again.b3)
  })
})

describe('diffSchema', () => {
  it('takes what diffDocuments makes, through JSON', () => {
    const diff = diffDocuments(draft, removeBox(editQuestion(draft, 'Why?'), 'b1'))
    expect(diffSchema.parse(JSON.parse(JSON.stringify(diff)))).toEqual(diff)
  })

  it('refuses a record filed under another id', () => {
    const diff = { added: {}, removed: {}, updated: { answer: [draft.question, draft.question] } }
    expect(diffSchema.safeParse(diff).success).toBe(false)
    expect(diffSchema.safeParse({ added: {}, removed: {}, updated: { question: [draft.question, draft.answer] } }).success).toBe(false)
    expect(diffSchema.safeParse({ ...emptyDiff, added: { b9: draft.b1 } }).success).toBe(false)
    expect(diffSchema.safeParse({ ...emptyDiff, removed: { b9: draft.b1 } }).success).toBe(false)
  })

  it('refuses one id in two parts', () => {
    const diff = { added: { b1: draft.b1 }, updated: {}, removed: { b1: draft.b1 } }
    expect(diffSchema.safeParse(diff).success).toBe(false)
  })

  it('refuses unknown parts and unknown records', () => {
    expect(diffSchema.safeParse({ ...emptyDiff, moved: {} }).success).toBe(false)
    expect(diffSchema.safeParse({ ...emptyDiff, added: { x: { id: 'x', type: 'robot' } } }).success).toBe(false)
  })

  it('does not let __proto__ through', () => {
    const hostile: unknown = JSON.parse('{"added":{"__proto__":{"id":"x"}},"updated":{},"removed":{}}')
    const parsed = diffSchema.safeParse(hostile)
    expect(parsed.success ? Object.keys(parsed.data.added) : []).toEqual([])
    expect(Object.hasOwn(Object.prototype, 'id')).toBe(false)
  })
})

describe('touchedIds', () => {
  it('lists every record of the change', () => {
    expect(touchedIds(diffDocuments(draft, removeBox(draft, 'b2'))).sort()).toEqual(['b2', 's1'])
  })
})

// The laws that undo, autosave and audit rest on. All run over documents and acts a reviewer can reach.
describe('laws', () => {
  const acts = fc.array(actArbitrary, { maxLength: 10 })

  it('diff(a, b) applied to a is b', () => {
    fc.assert(
      fc.property(documentArbitrary, documentArbitrary, (a, b) => {
        expect(applyDiff(a, diffDocuments(a, b))).toEqual(b)
      }),
      RUNS,
    )
  })

  it('apply, then apply the reverse, is the identity', () => {
    fc.assert(
      fc.property(documentArbitrary, acts, (a, list) => {
        const b = afterActs(a, list)
        const diff = diffDocuments(a, b)
        expect(applyDiff(applyDiff(a, diff), reverseDiff(diff))).toEqual(a)
        expect(reverseDiff(reverseDiff(diff))).toEqual(diff)
      }),
      RUNS,
    )
  })

  it('a squashed list has the effect of the list in sequence', () => {
    fc.assert(
      fc.property(documentArbitrary, acts, (start, list) => {
        const docs = [start]
        for (const act of list) docs.push(afterActs(docs.at(-1) ?? start, [act], `q${docs.length}x`))
        const diffs = docs.slice(1).map((doc, position) => diffDocuments(docs[position] ?? start, doc))
        const end = docs.at(-1) ?? start
        expect(applyDiff(start, squashDiffs(diffs))).toEqual(end)
        expect(squashDiffs(diffs)).toEqual(diffDocuments(start, end))
      }),
      RUNS,
    )
  })

  it('a diff is empty exactly when the documents are equal', () => {
    fc.assert(
      fc.property(documentArbitrary, documentArbitrary, (a, b) => {
        let isEqual = true
        try {
          expect(a).toEqual(b)
        } catch {
          isEqual = false
        }
        expect(isEmptyDiff(diffDocuments(a, b))).toBe(isEqual)
      }),
      RUNS,
    )
  })

  it('every edit of a reviewer keeps the document valid', () => {
    fc.assert(
      fc.property(documentArbitrary, acts, (start, list) => {
        expect(documentProblems(afterActs(start, list))).toEqual([])
      }),
      RUNS,
    )
  })

  it('survives JSON', () => {
    fc.assert(
      fc.property(documentArbitrary, documentArbitrary, (a, b) => {
        const diff = diffDocuments(a, b)
        expect(applyDiff(a, diffSchema.parse(JSON.parse(JSON.stringify(diff))))).toEqual(b)
      }),
      RUNS,
    )
  })
})

describe('size', () => {
  it('handles a document of 3,000 records, copying only the touched ones', () => {
    const template = requireRecord(draft, 'b1', 'box')
    const boxes = Array.from({ length: 3000 }, (_, n) => ({ ...template, id: `x${n}` }))
    const large = extended(draft, ...boxes)
    const moved = setBoxRect(large, 'x1500', { x: 1, y: 2, w: 3, h: 4 })
    const diff = diffDocuments(large, moved)
    expect(touchedIds(diff)).toEqual(['x1500'])
    const applied = applyDiff(large, diff)
    expect(applied.x7).toBe(large.x7)
    expect(setVerdict(large, 'x1', 'accepted').x2).toBe(large.x2)
  })
})
