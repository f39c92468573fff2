import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { applyDiff, diffDocuments } from '@/core/diff'
import { setVerdict } from '@/core/edits'
import { setBoxRect } from '@/core/edits-boxes'
import { editCaption } from '@/core/edits-frames'
import { editQuestion } from '@/core/edits-text'
import { AppError } from '@/core/errors'
import { exampleDocument } from '@/core/example-document.fixture'
import { pushChange, undo } from '@/core/history'
import { resolveConflicts } from '@/core/merge'
import type { SampleDocument } from '@/core/records'
import { openMeeting, openQueue } from './edit-queue'
import { type Outbox, openOutbox } from './outbox'
import { createSampleSync, type SampleSync, type SyncEvent, type SyncWorld } from './sync'
import { type Fault, fakeServer, fakeWorld, PROJECT_ID, SAMPLE_ID } from './sync.fixture'

let outbox: Outbox
let serial = 0

beforeEach(async () => {
  serial += 1
  outbox = await openOutbox(`test-${serial}`)
})

function opening(base: SampleDocument, version = 0) {
  return openQueue({ tabId: 't', userId: 'u', projectId: PROJECT_ID, sampleId: SAMPLE_ID, base, version }, 0)
}

function act(sync: SampleSync, label: string, change: (doc: SampleDocument) => SampleDocument, mergeKey: string | null = null) {
  const before = sync.document()
  const diff = diffDocuments(before, change(before))
  const history = pushChange(sync.queue.history, { diff, label, mergeKey })
  return sync.edit({ diff, label, mergeKey, history })
}

async function settled(sync: SampleSync) {
  while (sync.state().word === 'Saving' || sync.state().word === 'On this device') {
    await sync.flush()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function reopen(world: SyncWorld): Promise<SampleSync> {
  const row = await outbox.get(`${SAMPLE_ID}/t`)
  if (row === undefined) throw new Error('nothing was kept')
  return createSampleSync(row, world)
}

describe('an edit', () => {
  it('is on the device before the state leaves Saving, and Saved only once the server has it', async () => {
    const server = fakeServer(exampleDocument())
    const world = fakeWorld(outbox, server.transport)
    server.state.faults = ['lost-request']
    const sync = createSampleSync(opening(server.state.document), world)
    expect(sync.state().word).toBe('Saved')
    const kept = act(sync, 'Edit question', (doc) => editQuestion(doc, 'Why?'))
    expect(sync.state().word).toBe('Saving')
    await kept
    expect((await outbox.get(`${SAMPLE_ID}/t`))?.pending).toHaveLength(1)
    await settled(sync)
    expect(sync.state().word).toBe('Saved')
    expect(server.state.document).toEqual(sync.document())
  })

  it('stays on the device while the server cannot be reached, and survives a killed tab with its undo', async () => {
    const server = fakeServer(exampleDocument())
    const offline = fakeWorld(outbox, { ...server.transport, saveEdits: () => Promise.reject(new TypeError('fetch failed')) })
    const first = createSampleSync(opening(server.state.document), offline)
    for (let turn = 0; turn < 200; turn += 1) await act(first, `Edit ${turn}`, (doc) => editQuestion(doc, `Why ${turn}?`))
    expect(first.state().word).toBe('On this device')
    first.close()
    const second = await reopen(fakeWorld(outbox, server.transport, 'b'))
    expect(second.queue.pending).toHaveLength(200)
    await settled(second)
    expect(server.state.version).toBe(200)
    expect([...server.applied.values()].every((times) => times === 1)).toBe(true)
    let history = second.queue.history
    let document = second.document()
    for (let move = undo(history); move !== null; move = undo(history)) {
      history = move.history
      document = applyDiff(document, move.diff)
    }
    expect(document).toEqual(exampleDocument())
  })

  it('joins the one before it while typing goes on', async () => {
    const server = fakeServer(exampleDocument())
    const world = { ...fakeWorld(outbox, server.transport), now: () => 0 }
    const sync = createSampleSync(opening(server.state.document), world)
    for (const text of ['W', 'Wh', 'Why']) await act(sync, 'Edit question', (doc) => editQuestion(doc, text), 'typing')
    await settled(sync)
    expect(server.applied.size).toBe(1)
    expect(server.state.document['question']).toMatchObject({ text: 'Why', verdict: 'edited' })
  })

  it('says that it cannot be kept when the server refuses for good, and keeps it for another try', async () => {
    const server = fakeServer(exampleDocument())
    let isRefusing = true
    const world = fakeWorld(outbox, {
      ...server.transport,
      saveEdits: (input) =>
        isRefusing ? Promise.reject(new AppError('illegal_transition', 'Approved already.')) : server.transport.saveEdits(input),
    })
    const sync = createSampleSync(opening(server.state.document), world)
    await act(sync, 'Edit', (doc) => editQuestion(doc, 'Why?'))
    await sync.flush()
    expect(sync.state()).toMatchObject({ word: 'Cannot be kept', detail: 'Approved already.' })
    isRefusing = false
    await sync.retry()
    await settled(sync)
    expect(server.state.document).toEqual(sync.document())
  })

  it('asks for a sign-in when the session has ended', async () => {
    const server = fakeServer(exampleDocument())
    let isSignedIn = false
    const world = fakeWorld(outbox, {
      ...server.transport,
      saveEdits: (input) => (isSignedIn ? server.transport.saveEdits(input) : Promise.reject(new AppError('unauthenticated', 'no'))),
    })
    const sync = createSampleSync(opening(server.state.document), world)
    await act(sync, 'Edit', (doc) => editQuestion(doc, 'Why?'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(sync.state()).toMatchObject({ word: 'On this device', needsSignIn: true })
    isSignedIn = true
    await settled(sync)
    expect(sync.state()).toMatchObject({ word: 'Saved', needsSignIn: false })
  })
})

describe('somebody else', () => {
  it('is merged in when the changes do not touch each other', async () => {
    const server = fakeServer(exampleDocument())
    const sync = createSampleSync(opening(server.state.document), fakeWorld(outbox, server.transport))
    const events: SyncEvent[] = []
    sync.subscribe((event) => events.push(event))
    server.edit((doc) => editCaption(doc, 'f1', 'Their caption'))
    await act(sync, 'Edit', (doc) => editQuestion(doc, 'Why?'))
    await settled(sync)
    expect(sync.document()).toEqual(server.state.document)
    expect(sync.document()['f1']).toMatchObject({ caption: 'Their caption' })
    expect(sync.document()['question']).toMatchObject({ text: 'Why?' })
    expect(events.find((event) => event.kind === 'arrived')).toMatchObject({ by: 'Jun' })
  })

  it('leads to a choice when both changed the same, and nothing is overwritten before it is made', async () => {
    const server = fakeServer(exampleDocument())
    const sync = createSampleSync(opening(server.state.document), fakeWorld(outbox, server.transport))
    server.edit((doc) => editQuestion(doc, 'Theirs?'))
    await act(sync, 'Edit', (doc) => editQuestion(doc, 'Mine?'))
    await act(sync, 'Accept', (doc) => setVerdict(doc, 'f1', 'accepted'))
    await sync.flush()
    expect(sync.state().word).toBe('Not merged yet')
    expect(server.state.document['question']).toMatchObject({ text: 'Theirs?' })
    const meeting = openMeeting(sync.queue)
    if (meeting === null) throw new Error('no meeting')
    const merged = resolveConflicts(meeting.base, meeting.theirs, meeting.mine, { 'question.text': 'mine', question: 'mine' })
    await sync.resolve(merged, sync.queue.history)
    await settled(sync)
    expect(server.state.document['question']).toMatchObject({ text: 'Mine?' })
    expect(server.state.document['f1']).toMatchObject({ verdict: 'accepted' })
    expect(sync.document()).toEqual(server.state.document)
  })

  it('holds a decision back that was made without seeing their change', async () => {
    const server = fakeServer(exampleDocument())
    const sync = createSampleSync(opening(server.state.document), fakeWorld(outbox, server.transport))
    const events: SyncEvent[] = []
    sync.subscribe((event) => events.push(event))
    server.edit((doc) => editCaption(doc, 'f1', 'Their caption'))
    void act(sync, 'Edit', (doc) => editQuestion(doc, 'Why?'))
    sync.decide({ decision: 'approve', reasons: [], note: '' })
    await settled(sync)
    expect(server.state.isDecided).toBe(false)
    expect(events.some((event) => event.kind === 'decision-held')).toBe(true)
  })
})

describe('a decision', () => {
  it('follows the edits before it', async () => {
    const server = fakeServer(exampleDocument())
    const sync = createSampleSync(opening(server.state.document), fakeWorld(outbox, server.transport))
    void act(sync, 'Edit', (doc) => editQuestion(doc, 'Why?'))
    sync.decide({ decision: 'approve', reasons: [], note: '' })
    await settled(sync)
    expect(server.state).toMatchObject({ isDecided: true, decisions: 1, version: 2 })
    expect(sync.queue.version).toBe(2)
  })
})

type Step =
  | { kind: 'question'; text: string }
  | { kind: 'verdict'; id: string; verdict: 'accepted' | 'rejected' }
  | { kind: 'box'; id: string; x: number }
  | { kind: 'undo' }
  | { kind: 'reload' }
  | { kind: 'flush' }
  | { kind: 'theirs'; text: string }

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('question' as const), text: fc.string({ maxLength: 8 }) }),
  fc.record({
    kind: fc.constant('verdict' as const),
    id: fc.constantFrom('s1', 's2', 'b1', 'f2', 'answer'),
    verdict: fc.constantFrom('accepted' as const, 'rejected' as const),
  }),
  fc.record({ kind: fc.constant('box' as const), id: fc.constantFrom('b1', 'b2'), x: fc.integer({ min: 0, max: 300 }) }),
  fc.constant({ kind: 'undo' as const }),
  fc.constant({ kind: 'reload' as const }),
  fc.constant({ kind: 'flush' as const }),
  fc.record({ kind: fc.constant('theirs' as const), text: fc.string({ maxLength: 8 }) }),
)
const faultArbitrary = fc.constantFrom<Fault>('none', 'none', 'lost-request', 'lost-reply', 'twice')

describe('whatever is lost, doubled, reloaded or merged', () => {
  it('server and screen end with the same document and every change was applied once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 25 }), fc.array(faultArbitrary, { maxLength: 30 }), async (steps, faults) => {
        await outbox.remove(`${SAMPLE_ID}/t`)
        const server = fakeServer(exampleDocument())
        server.state.faults = [...faults]
        let world = fakeWorld(outbox, server.transport)
        let sync = createSampleSync(opening(server.state.document), world)
        let life = 0
        for (const step of steps) {
          if (step.kind === 'question') await act(sync, 'q', (doc) => editQuestion(doc, step.text), 'typing')
          if (step.kind === 'verdict') await act(sync, 'v', (doc) => setVerdict(doc, step.id, step.verdict))
          if (step.kind === 'box') await act(sync, 'b', (doc) => setBoxRect(doc, step.id, { x: step.x, y: 1, w: 20, h: 20 }))
          if (step.kind === 'undo') {
            const move = undo(sync.queue.history)
            if (move !== null) await sync.edit({ diff: move.diff, label: 'undo', mergeKey: null, history: move.history })
          }
          if (step.kind === 'theirs') server.edit((doc) => editCaption(doc, 'f1', step.text))
          if (step.kind === 'flush') await new Promise((resolve) => setImmediate(resolve))
          if (step.kind === 'reload' && (await outbox.get(`${SAMPLE_ID}/t`)) !== undefined) {
            sync.close()
            world = fakeWorld(outbox, server.transport, `life${++life}-`)
            sync = await reopen(world)
            void sync.flush()
          }
        }
        server.state.faults = []
        await settled(sync)
        expect(sync.state().word).toBe('Saved')
        // What others did after the last send is not known here yet; their record is the only one that may differ.
        const { f1: theirFrame, ...server1 } = server.state.document
        const { f1: myFrame, ...mine } = sync.document()
        expect(mine).toEqual(server1)
        expect([...server.applied.values()].every((times) => times === 1)).toBe(true)
        if (sync.queue.version === server.state.version) expect(myFrame).toEqual(theirFrame)
        sync.close()
      }),
      { numRuns: 150 },
    )
  })
})
