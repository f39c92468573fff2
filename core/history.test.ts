import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDiff, diffDocuments, emptyDiff, reverseDiff } from './diff'
import { actArbitrary, afterActs, documentArbitrary, draftSample, frameNo, RUNS, rid } from './document.fixture'
import { addBox, setBoxRect } from './edits-boxes'
import { addCoreFrame } from './edits-frames'
import { editAnswer, editQuestion } from './edits-text'
import { emptyHistory, forgetTouched, type History, historySchema, pushChange, redo, undo } from './history'
import type { SampleDocument } from './records'

const draft = draftSample()

/** A document with its history, as the review store keeps them. */
type Session = { readonly doc: SampleDocument; readonly history: History }

const start: Session = { doc: draft, history: emptyHistory }

function act({ doc, history }: Session, next: SampleDocument, label: string, mergeKey: string | null = null, limit?: number): Session {
  return { doc: next, history: pushChange(history, { diff: diffDocuments(doc, next), label, mergeKey }, limit) }
}

function back(session: Session): Session | null {
  const move = undo(session.history)
  return move === null ? null : { doc: applyDiff(session.doc, move.diff), history: move.history }
}

function forth(session: Session): Session | null {
  const move = redo(session.history)
  return move === null ? null : { doc: applyDiff(session.doc, move.diff), history: move.history }
}

/** Takes everything back. */
function rewound(session: Session): Session {
  const previous = back(session)
  return previous === null ? session : rewound(previous)
}

function replayed(session: Session): Session {
  const next = forth(session)
  return next === null ? session : replayed(next)
}

const drag = (session: Session, x: number) =>
  act(session, setBoxRect(session.doc, 'b1', { x, y: 20, w: 100, h: 200 }), 'Move box', 'drag:b1')

describe('undo and redo', () => {
  it('have nothing to do at the start', () => {
    expect(undo(emptyHistory)).toBeNull()
    expect(redo(emptyHistory)).toBeNull()
  })

  it('take an act back and do it again, naming it', () => {
    const edited = act(start, editQuestion(draft, 'Why?'), 'Edit question')
    expect(undo(edited.history)?.label).toBe('Edit question')
    const undone = back(edited)
    expect(undone?.doc).toEqual(draft)
    expect(undone === null ? null : redo(undone.history)?.label).toBe('Edit question')
    expect(undone === null ? null : forth(undone)?.doc).toEqual(edited.doc)
  })

  it('take back the newest first', () => {
    const one = act(start, editQuestion(draft, 'Why?'), 'one')
    const two = act(one, editAnswer(one.doc, 'Because.'), 'two')
    expect(back(two)?.doc).toEqual(one.doc)
    expect(rewound(two).doc).toEqual(draft)
  })

  it('leave what was undone behind once a new act begins', () => {
    const one = act(start, editQuestion(draft, 'Why?'), 'one')
    const undone = rewound(one)
    const other = act(undone, editAnswer(undone.doc, 'Because.'), 'other')
    expect(redo(other.history)).toBeNull()
    expect(rewound(other).doc).toEqual(draft)
  })
})

describe('pushChange', () => {
  it('ignores an act that changes nothing', () => {
    expect(pushChange(emptyHistory, { diff: emptyDiff, label: 'Nothing', mergeKey: null })).toBe(emptyHistory)
  })

  it('joins the steps of one drag into one act', () => {
    const dragged = [11, 12, 13, 14].reduce(drag, start)
    expect(dragged.history.done).toHaveLength(1)
    expect(back(dragged)?.doc).toEqual(draft)
  })

  it('does not join acts with different keys, or without one', () => {
    const moved = drag(start, 15)
    const typed = act(moved, editQuestion(moved.doc, 'W'), 'Type', 'text:question')
    const one = act(typed, editQuestion(typed.doc, 'Wh'), 'Type')
    const two = act(one, editQuestion(one.doc, 'Why'), 'Type')
    expect(two.history.done).toHaveLength(4)
  })

  it('drops a joined act that came back to where it began, apart from the verdict it left', () => {
    const there = drag(start, 50)
    const verdictOnly = drag(there, 10)
    expect(verdictOnly.history.done).toHaveLength(1)
    const home = act(verdictOnly, draft, 'Back', 'drag:b1')
    expect(home.history).toEqual(emptyHistory)
  })

  it('begins a new act after an undo, even under the same key', () => {
    const first = act(start, editAnswer(draft, 'No.'), 'Answer', 'drag:b1')
    const second = act(first, editQuestion(first.doc, 'Why?'), 'Question')
    const undone = back(second)
    const dragged = undone === null ? second : drag(undone, 77)
    expect(dragged.history.done).toHaveLength(2)
    expect(dragged.history.undone).toHaveLength(0)
  })

  it('forgets the oldest beyond the limit', () => {
    const texts = ['1', '2', '3', '4', '5']
    const session = texts.reduce((sofar, text) => act(sofar, editQuestion(sofar.doc, text), text, null, 3), start)
    expect(session.history.done.map((entry) => entry.label)).toEqual(['3', '4', '5'])
    expect(rewound(session).doc).toEqual(editQuestion(draft, '2'))
  })
})

describe('storage', () => {
  it('survives a reload in the middle of undoing', () => {
    const one = act(start, editQuestion(draft, 'Why?'), 'one', 'k')
    const two = drag(one, 42)
    const undone = back(two) ?? two
    const reloaded: Session = { doc: undone.doc, history: historySchema.parse(JSON.parse(JSON.stringify(undone.history))) }
    expect(reloaded.history).toEqual(undone.history)
    expect(replayed(reloaded).doc).toEqual(two.doc)
    expect(rewound(reloaded).doc).toEqual(draft)
  })

  it('refuses what is not a history', () => {
    expect(historySchema.safeParse({ done: [{ diff: emptyDiff }], undone: [] }).success).toBe(false)
    expect(historySchema.safeParse({ done: [] }).success).toBe(false)
  })
})

describe('forgetTouched', () => {
  const question = act(start, editQuestion(draft, 'Why?'), 'question')
  const moved = drag(question, 42)
  const answered = act(moved, editAnswer(moved.doc, 'Because.'), 'answer')

  it('keeps everything when the others touched other records', () => {
    const theirs = diffDocuments(draft, setBoxRect(draft, 'b3', { x: 1, y: 1, w: 5, h: 5 }))
    const history = forgetTouched(answered.history, theirs)
    expect(history.done.map((entry) => entry.label)).toEqual(['question', 'Move box', 'answer'])
  })

  it('forgets an act on a record they touched, and every act before it', () => {
    const theirs = diffDocuments(draft, setBoxRect(draft, 'b1', { x: 1, y: 1, w: 5, h: 5 }))
    expect(forgetTouched(answered.history, theirs).done.map((entry) => entry.label)).toEqual(['answer'])
  })

  it('forgets undone acts by the same rule', () => {
    const undone = rewound(answered)
    const theirs = diffDocuments(draft, setBoxRect(draft, 'b1', { x: 1, y: 1, w: 5, h: 5 }))
    expect(forgetTouched(undone.history, theirs).undone.map((entry) => entry.label)).toEqual(['question'])
  })

  it('forgets the adding of a frame on which the others have drawn since', () => {
    const framed = act(start, addCoreFrame(draft, { id: rid('f9'), index: frameNo(9), pts: 9 }), 'add frame')
    const theirs = diffDocuments(
      framed.doc,
      addBox(framed.doc, { id: rid('b9'), objectId: 'o1', frameId: 'f9', rect: { x: 1, y: 1, w: 5, h: 5 } }),
    )
    expect(forgetTouched(framed.history, theirs).done).toEqual([])
  })
})

describe('laws', () => {
  const acts = fc.array(fc.tuple(actArbitrary, fc.constantFrom(null, 'a', 'b')), { maxLength: 12 })

  const performed = (doc: SampleDocument, list: readonly (readonly [Parameters<typeof afterActs>[1][number], string | null])[]) =>
    list.reduce<Session>(
      (session, [one, mergeKey], position) => act(session, afterActs(session.doc, [one], `h${position}x`), `act ${position}`, mergeKey),
      { doc, history: emptyHistory },
    )

  it('undo of everything returns the starting document, and redo of everything the final one', () => {
    fc.assert(
      fc.property(documentArbitrary, acts, (doc, list) => {
        const session = performed(doc, list)
        const first = rewound(session)
        expect(first.doc).toEqual(doc)
        expect(replayed(first).doc).toEqual(session.doc)
      }),
      RUNS,
    )
  })

  it('undo and redo in any order never lose their place', () => {
    fc.assert(
      fc.property(documentArbitrary, acts, fc.array(fc.boolean(), { maxLength: 30 }), (doc, list, moves) => {
        const session = performed(doc, list)
        const wandered = moves.reduce((sofar, isBack) => (isBack ? back(sofar) : forth(sofar)) ?? sofar, session)
        expect(replayed(wandered).doc).toEqual(session.doc)
        expect(rewound(wandered).doc).toEqual(doc)
      }),
      RUNS,
    )
  })

  it('every entry can be reversed on the document it led to', () => {
    fc.assert(
      fc.property(documentArbitrary, acts, (doc, list) => {
        const session = performed(doc, list)
        const { done } = session.history
        const walked = done.reduceRight((current, entry) => applyDiff(current, reverseDiff(entry.diff)), session.doc)
        expect(walked).toEqual(doc)
      }),
      RUNS,
    )
  })
})
