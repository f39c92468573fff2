import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { diffDocuments } from '@/core/diff'
import { questionOf } from '@/core/document'
import { editCaption } from '@/core/edits-frames'
import { editQuestion } from '@/core/edits-text'
import { exampleDocument } from '@/core/example-document.fixture'
import { pushChange } from '@/core/history'
import type { SampleDocument } from '@/core/records'
import { type ReviewSample, reviewSampleSchema } from '@/core/review-sample'
import { openQueue } from './edit-queue'
import { type Outbox, openOutbox } from './outbox'
import { createSampleSync, type SyncWorld } from './sync'
import { fakeServer, fakeWorld, PROJECT_ID, SAMPLE_ID } from './sync.fixture'
import { createSyncManager, type TabLocks } from './sync-manager'

let outbox: Outbox
let serial = 0

beforeEach(async () => {
  serial += 1
  outbox = await openOutbox(`manager-${serial}`)
})

/** Locks as a browser gives them: one holder at a time, who asks meanwhile gets nothing. `alive` = tabs that are open. */
function tabLocks(alive: readonly string[] = []): TabLocks {
  const held = new Set(alive)
  return {
    async ifTabIsGone(tabId, work) {
      if (held.has(tabId)) return null
      held.add(tabId)
      try {
        return await work()
      } finally {
        held.delete(tabId)
      }
    },
  }
}

function sampleOf(document: SampleDocument, version = 0): ReviewSample {
  return reviewSampleSchema.parse({
    ...{ id: SAMPLE_ID, projectId: PROJECT_ID, externalId: 'a', split: null, state: 'queued', version, draft: document, document },
    ...{ flags: [], rowProblems: [], provenance: {}, source: null, readyStills: [], decision: null, edits: [], video: null },
  })
}

/** What a killed tab left behind: one edit that never reached the server. */
async function leaveBehind(tabId: string, base: SampleDocument, change: (doc: SampleDocument) => SampleDocument) {
  const offline = fakeWorld(
    outbox,
    { saveEdits: () => Promise.reject(new TypeError('killed')), decideSample: () => Promise.reject(new TypeError('killed')) },
    tabId,
  )
  const queue = openQueue({ tabId, userId: 'u', projectId: PROJECT_ID, sampleId: SAMPLE_ID, base, version: 0 }, 0)
  const sync = createSampleSync(queue, offline)
  const diff = diffDocuments(base, change(base))
  await sync.edit({ diff, label: 'Edit', mergeKey: null, history: pushChange(sync.queue.history, { diff, label: 'Edit', mergeKey: null }) })
  sync.close()
}

const managerOf = (world: SyncWorld, locks: TabLocks, tabId = 'mine') => createSyncManager(world, locks, { tabId, userId: 'u' })

async function until(isTrue: () => boolean) {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve))
}

describe('edits of a killed tab', () => {
  it('are there when their sample opens while they are being taken over', async () => {
    const server = fakeServer(exampleDocument())
    await leaveBehind('dead', server.state.document, (doc) => editQuestion(doc, 'Why?'))
    let release = () => {}
    const isReleased = new Promise<void>((resolve) => {
      release = resolve
    })
    let isTaking = false
    const slow: Outbox = {
      ...outbox,
      async get(queueId) {
        isTaking = true
        await isReleased
        return outbox.get(queueId)
      },
    }
    const manager = managerOf(fakeWorld(slow, server.transport), tabLocks())
    const adopting = manager.adoptAbandoned()
    await until(() => isTaking)
    const opening = manager.open(sampleOf(exampleDocument()))
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    release()
    const sync = await opening
    expect(questionOf(sync.document()).text).toBe('Why?')
    await adopting
    await until(() => sync.state().word === 'Saved')
    expect(questionOf(server.state.document).text).toBe('Why?')
    expect([...server.applied.values()]).toEqual([1])
    expect((await outbox.all()).map((row) => row.tabId)).toEqual(['mine'])
  })

  it('are not lost to an edit made right after', async () => {
    const server = fakeServer(exampleDocument())
    await leaveBehind('dead', server.state.document, (doc) => editQuestion(doc, 'Why?'))
    const manager = managerOf(fakeWorld(outbox, server.transport), tabLocks())
    void manager.adoptAbandoned()
    const sync = await manager.open(sampleOf(exampleDocument()))
    const before = sync.document()
    const diff = diffDocuments(before, editCaption(before, 'f1', 'A caption.'))
    await sync.edit({ diff, label: 'Edit caption', mergeKey: null, history: sync.queue.history })
    await until(() => sync.state().word === 'Saved')
    expect(questionOf(server.state.document).text).toBe('Why?')
    expect(server.state.document).toEqual(sync.document())
  })

  it('stay with a tab that lives', async () => {
    const server = fakeServer(exampleDocument())
    await leaveBehind('alive', server.state.document, (doc) => editQuestion(doc, 'Why?'))
    const manager = managerOf(fakeWorld(outbox, server.transport), tabLocks(['alive']))
    await manager.adoptAbandoned()
    const sync = await manager.open(sampleOf(exampleDocument()))
    expect(sync.state().word).toBe('Saved')
    expect(server.state.version).toBe(0)
    expect((await outbox.get(`${SAMPLE_ID}/alive`))?.pending).toHaveLength(1)
  })

  it('are sent once when two tabs find them', async () => {
    const server = fakeServer(exampleDocument())
    await leaveBehind('dead', server.state.document, (doc) => editQuestion(doc, 'Why?'))
    const locks = tabLocks()
    await Promise.all(['one', 'two'].map((tabId) => managerOf(fakeWorld(outbox, server.transport, tabId), locks, tabId).adoptAbandoned()))
    await until(() => server.state.version > 0)
    expect(questionOf(server.state.document).text).toBe('Why?')
    expect([...server.applied.values()]).toEqual([1])
    expect(await outbox.get(`${SAMPLE_ID}/dead`)).toBeUndefined()
  })
})

describe('a sample that was prepared', () => {
  it('is there without waiting, brought up to what was read since', async () => {
    const server = fakeServer(exampleDocument())
    const manager = managerOf(fakeWorld(outbox, server.transport), tabLocks())
    expect(manager.peek(sampleOf(exampleDocument()))).toBeNull()
    const sync = await manager.open(sampleOf(exampleDocument()))
    expect(manager.peek(sampleOf(exampleDocument()))).toBe(sync)
    const newer = editQuestion(exampleDocument(), 'Theirs?')
    expect(manager.peek(sampleOf(newer, 1))).toBe(sync)
    expect(questionOf(sync.document()).text).toBe('Theirs?')
    // Read before the newer one: it does not turn back.
    expect(manager.peek(sampleOf(exampleDocument()))).toBe(sync)
    expect(questionOf(sync.document()).text).toBe('Theirs?')
  })

  it('has the edits of a killed tab on it', async () => {
    const server = fakeServer(exampleDocument())
    await leaveBehind('dead', server.state.document, (doc) => editQuestion(doc, 'Why?'))
    const manager = managerOf(fakeWorld(outbox, server.transport), tabLocks())
    await manager.open(sampleOf(exampleDocument()))
    const sync = manager.peek(sampleOf(exampleDocument()))
    expect(sync === null ? null : questionOf(sync.document()).text).toBe('Why?')
  })
})
