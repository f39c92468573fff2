import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { applyDiff, type Diff, diffDocuments, emptyDiff, touchedIds } from './diff'
import { recordAt, requireRecord } from './document'
import { actArbitrary, afterActs, draftSample, frameNo, RUNS, refusalOf, rid } from './document.fixture'
import { documentProblems } from './document-problems'
import { setVerdict } from './edits'
import { addBox, setBoxRect } from './edits-boxes'
import { editCaption, moveCoreFrame, removeCoreFrame } from './edits-frames'
import { editAnswer, editQuestion, setTask } from './edits-text'
import { resolveConflicts } from './merge'
import { landChange, meetingOf, type Rebased, rebasePending } from './rebase'
import type { SampleDocument } from './records'

const base = draftSample()
type Edit = (doc: SampleDocument) => SampleDocument

const change = (from: SampleDocument, edit: Edit): Diff => diffDocuments(from, edit(from))

/** Each edit as the change it makes on top of those before. */
function chain(from: SampleDocument, edits: readonly Edit[]): Diff[] {
  let doc = from
  return edits.map((edit) => {
    const diff = change(doc, edit)
    doc = applyDiff(doc, diff)
    return diff
  })
}

function clean(rebased: Rebased): Extract<Rebased, { kind: 'clean' }> {
  if (rebased.kind !== 'clean') throw new Error(`Conflicts: ${rebased.conflicts.map((conflict) => conflict.recordId).join(', ')}`)
  return rebased
}

const ask =
  (text: string): Edit =>
  (doc) =>
    editQuestion(doc, text)
const answer =
  (text: string): Edit =>
  (doc) =>
    editAnswer(doc, text)
const label =
  (task: string): Edit =>
  (doc) =>
    setTask(doc, task)
const note =
  (id: string, text: string): Edit =>
  (doc) =>
    editCaption(doc, id, text)
const rect = { x: 5, y: 6, w: 70, h: 80 }

describe('landChange', () => {
  it('applies mine as it is when nobody else did anything', () => {
    const mine = change(base, ask('Why?'))
    const landing = landChange({ base, theirs: emptyDiff, mine })
    expect(landing).toEqual({ kind: 'lands', merged: mine, document: editQuestion(base, 'Why?') })
  })

  it('lands on the others’ change to another record', () => {
    const landing = landChange({ base, theirs: change(base, answer('So.')), mine: change(base, ask('Why?')) })
    expect(landing).toMatchObject({ kind: 'lands', document: editQuestion(editAnswer(base, 'So.'), 'Why?') })
  })

  it('changes nothing more when both did the same', () => {
    const both = change(base, ask('Why?'))
    expect(landChange({ base, theirs: both, mine: both })).toEqual({ kind: 'lands', merged: emptyDiff, document: applyDiff(base, both) })
  })

  it('keeps both texts of one question for a person to choose from', () => {
    const landing = landChange({ base, theirs: change(base, ask('Theirs?')), mine: change(base, ask('Mine?')) })
    expect(landing).toMatchObject({
      kind: 'conflicts',
      conflicts: [{ recordId: 'question', field: 'text', theirs: 'Theirs?', mine: 'Mine?' }],
    })
  })

  it('does not lay a box on a frame that is gone', () => {
    const mine = change(base, (doc) => addBox(doc, { id: rid('b9'), objectId: rid('o3'), frameId: rid('f3'), rect }))
    const landing = landChange({ base, theirs: change(base, (doc) => removeCoreFrame(doc, 'f3')), mine })
    expect(landing.kind).toBe('conflicts')
    if (landing.kind === 'conflicts') expect(landing.conflicts.map((conflict) => conflict.recordId)).toContain('b9')
  })

  it('refuses changes that were made for another document', () => {
    const foreign = change(editQuestion(base, 'Else?'), ask('Why?'))
    expect(refusalOf(() => landChange({ base, theirs: emptyDiff, mine: foreign })).code).toBe('version_conflict')
    expect(refusalOf(() => landChange({ base, theirs: foreign, mine: change(base, answer('So.')) })).code).toBe('version_conflict')
  })
})

describe('rebasePending', () => {
  it('moves changes of other records over what the others did, in their order', () => {
    const [sent, first, second] = chain(base, [ask('Why?'), note('f1', 'tall man'), note('f2', 'wet rope')])
    if (sent === undefined || first === undefined || second === undefined) throw new Error('three changes')
    const rebased = clean(rebasePending(base, sent, change(base, answer('So.')), [first, second]))
    expect(rebased.base).toEqual(editAnswer(editQuestion(base, 'Why?'), 'So.'))
    expect(rebased.pending.map(touchedIds)).toEqual([['f1'], ['f2']])
    expect(rebased.pending.reduce(applyDiff, rebased.base)).toEqual(
      editCaption(editCaption(editAnswer(editQuestion(base, 'Why?'), 'So.'), 'f1', 'tall man'), 'f2', 'wet rope'),
    )
  })

  it('moves a second change of the record whose first change was sent', () => {
    const [sent, later] = chain(base, [ask('Why?'), ask('Why now?')])
    if (sent === undefined || later === undefined) throw new Error('two changes')
    const rebased = clean(rebasePending(base, sent, change(base, label('cooking_steps')), [later]))
    const end = rebased.pending.reduce(applyDiff, rebased.base)
    expect(recordAt(end, 'question', 'question')?.text).toBe('Why now?')
    expect(recordAt(end, 'task', 'task')?.task).toBe('cooking_steps')
  })

  it('drops what the others did already, without losing its place in the list', () => {
    const theirs = change(base, note('f1', 'boy'))
    const rebased = clean(rebasePending(base, change(base, ask('Why?')), theirs, chain(editQuestion(base, 'Why?'), [note('f1', 'boy')])))
    expect(rebased.pending).toEqual([emptyDiff])
  })

  it('keeps a pending box stale once the others moved its frame', () => {
    const theirs = change(base, (doc) => moveCoreFrame(doc, 'f1', { index: frameNo(490), pts: 490 * 512 }))
    const pending = chain(base, [(doc) => setBoxRect(doc, 'b1', rect)])
    const rebased = clean(rebasePending(base, emptyDiff, theirs, pending))
    const box = requireRecord(rebased.pending.reduce(applyDiff, rebased.base), 'b1', 'box')
    expect(box).toMatchObject({ rect, verdict: 'stale' })
  })

  it('stops at the first conflict and gives one meeting of both sides', () => {
    const sent = change(base, answer('Sent.'))
    const pending = chain(applyDiff(base, sent), [note('f2', 'cord'), note('f1', 'mine')])
    const rebased = rebasePending(base, sent, change(base, note('f1', 'theirs')), pending)
    expect(rebased.kind).toBe('conflicts')
    if (rebased.kind !== 'conflicts') return
    expect(rebased.ancestor).toEqual(editAnswer(base, 'Sent.'))
    expect(rebased.conflicts).toMatchObject([
      { recordId: 'f1', field: 'caption', base: 'A man holds a rope beside a lake.', theirs: 'theirs', mine: 'mine' },
    ])
    expect(applyDiff(rebased.ancestor, rebased.theirs)).toEqual(editCaption(editAnswer(base, 'Sent.'), 'f1', 'theirs'))
  })

  it('meets a conflict of undecided changes by one choice, after which everything is there', () => {
    const pending = chain(base, [note('f2', 'cord'), note('f1', 'mine')])
    const meeting = meetingOf(base, change(base, note('f1', 'theirs')), pending)
    expect(touchedIds(meeting.mine).sort()).toEqual(['f1', 'f2'])
    const end = (choice: 'mine' | 'theirs') =>
      applyDiff(applyDiff(base, meeting.theirs), resolveConflicts(base, meeting.theirs, meeting.mine, { 'f1.caption': choice }))
    expect(['f1', 'f2'].map((id) => recordAt(end('mine'), id, 'coreFrame')?.caption)).toEqual(['mine', 'cord'])
    expect(['f1', 'f2'].map((id) => recordAt(end('theirs'), id, 'coreFrame')?.caption)).toEqual(['theirs', 'cord'])
  })

  it('calls it a defect when the server took what this side cannot merge', () => {
    const call = () => rebasePending(base, change(base, ask('Mine?')), change(base, ask('Theirs?')), [])
    expect(refusalOf(call)).toMatchObject({ code: 'internal', message: expect.stringContaining('nothing is lost') })
  })

  it('refuses pending changes that do not follow from what was sent', () => {
    const pending = [change(base, ask('From before?'))]
    expect(refusalOf(() => rebasePending(base, change(base, ask('Sent?')), emptyDiff, pending)).code).toBe('version_conflict')
  })
})

describe('meetingOf', () => {
  it('forgets what was taken back before it was ever sent', () => {
    const pending = chain(base, [ask('Oops?'), () => base, (doc) => setVerdict(doc, 'task', 'accepted')])
    expect(touchedIds(meetingOf(base, emptyDiff, pending).mine)).toEqual(['task'])
  })
})

describe('laws', () => {
  const acts = fc.array(actArbitrary, { maxLength: 5 })
  const situation = fc.record({ theirs: acts, sent: acts, pending: fc.array(acts, { maxLength: 4 }) }).map((given) => {
    const sentDoc = afterActs(base, given.sent, 'm')
    let local = sentDoc
    const pending = given.pending.map((list, position) => {
      const next = afterActs(local, list, `p${position}x`)
      const diff = diffDocuments(local, next)
      local = next
      return diff
    })
    const theirs = diffDocuments(base, afterActs(base, given.theirs, 't'))
    return { theirs, sent: diffDocuments(base, sentDoc), pending, local }
  })
  const landed = situation.filter(({ theirs, sent }) => landChange({ base, theirs, mine: sent }).kind === 'lands')

  test('alone, nothing moves: the changes stay and end where this side stands', () => {
    fc.assert(
      fc.property(situation, ({ sent, pending, local }) => {
        const rebased = clean(rebasePending(base, sent, emptyDiff, pending))
        expect(rebased.pending).toEqual(pending)
        expect(rebased.pending.reduce(applyDiff, rebased.base)).toEqual(local)
      }),
      RUNS,
    )
  })

  test('moved changes apply one after the other and leave a document that holds together', () => {
    fc.assert(
      fc.property(landed, ({ theirs, sent, pending }) => {
        const rebased = rebasePending(base, sent, theirs, pending)
        if (rebased.kind === 'conflicts') return
        expect(rebased.pending).toHaveLength(pending.length)
        expect(documentProblems(rebased.pending.reduce(applyDiff, rebased.base))).toEqual([])
      }),
      RUNS,
    )
  })

  test('what only one side touched arrives as that side left it', () => {
    fc.assert(
      fc.property(landed, ({ theirs, sent, pending, local }) => {
        const rebased = rebasePending(base, sent, theirs, pending)
        if (rebased.kind === 'conflicts') return
        const end = rebased.pending.reduce(applyDiff, rebased.base)
        const mine = new Set([sent, ...pending].flatMap(touchedIds))
        const others = new Set(touchedIds(theirs))
        for (const id of mine) if (!others.has(id)) expect(end[id]).toEqual(local[id])
        for (const id of others) if (!mine.has(id)) expect(end[id]).toEqual(applyDiff(base, theirs)[id])
      }),
      RUNS,
    )
  })

  test('a conflict loses nothing: it shows ancestor and server, and every choice leads to a whole document', () => {
    fc.assert(
      fc.property(landed, fc.constantFrom('mine' as const, 'theirs' as const), ({ theirs, sent, pending }, choice) => {
        const rebased = rebasePending(base, sent, theirs, pending)
        if (rebased.kind === 'clean') return
        expect(rebased.conflicts.length).toBeGreaterThan(0)
        const meeting = meetingOf(rebased.ancestor, rebased.theirs, pending)
        const landing = landChange(meeting)
        const keys =
          landing.kind === 'conflicts'
            ? landing.conflicts.map(({ recordId, field }) => (field === null ? recordId : `${recordId}.${field}`))
            : []
        const chosen = resolveConflicts(meeting.base, meeting.theirs, meeting.mine, Object.fromEntries(keys.map((key) => [key, choice])))
        expect(documentProblems(applyDiff(applyDiff(meeting.base, meeting.theirs), chosen))).toEqual([])
      }),
      RUNS,
    )
  })
})
