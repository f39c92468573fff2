/**
 * killed are taken over, so that nothing waits for a page that never opens again.
 */
import { diffDocuments } from '@/core/diff'
import { forgetTouched } from '@/core/history'
import type { ReviewSample } from '@/core/review-sample'
import { type EditQueue, openQueue } from './edit-queue'
import { createSampleSync, type SampleSync, type SyncWorld } from './sync'

/** Undo of a sample nobody touched for this long is forgotten. Unsent edits are never cleared. */
const HISTORY_DAYS = 14

export type TabLocks = { readonly ifTabIsGone: <T>(tabId: string, work: () => Promise<T>) => Promise<T | null> }
export type SyncManager = ReturnType<typeof createSyncManager>

export function createSyncManager(world: SyncWorld, locks: TabLocks, me: { tabId: string; userId: string }) {
  const syncs = new Map<string, SampleSync>()
  const opening = new Map<string, Promise<SampleSync>>()

  /** A row of this tab, or of one that is gone; its old row is removed once the new one is written. */
  async function claim(sampleId: string): Promise<EditQueue | null> {
    const rows = (await world.outbox.ofSample(sampleId)).filter((row) => row.userId === me.userId)
    const mine = rows.find((row) => row.tabId === me.tabId)
    if (mine !== undefined) return mine
    const byUse = rows.toSorted((a, b) => b.pending.length - a.pending.length || b.touchedAt - a.touchedAt)
    for (const row of byUse) {
      const taken = await locks.ifTabIsGone(row.tabId, () => takeOver(row))
      if (taken !== null) return taken
    }
    return null
  }

  /** Null when another tab took the row meanwhile: what is gone must not come back. */
  async function takeOver(row: EditQueue): Promise<EditQueue | null> {
    const current = await world.outbox.get(row.queueId)
    if (current === undefined) return null
    const mine = { ...current, tabId: me.tabId, queueId: `${row.sampleId}/${me.tabId}` }
    await world.outbox.put(mine)
    await world.outbox.remove(row.queueId)
    return mine
  }

  /**
   * Rows change hands one at a time. Otherwise a sample that opens while `adoptAbandoned` has its row under the lock finds
   * nothing to take, begins anew under the same key, and writes over the edits that were just brought to safety.
   */
  let turn: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }

  function start(queue: EditQueue): SampleSync {
    const sync = createSampleSync(queue, world)
    syncs.set(queue.sampleId, sync)
    void sync.flush()
    return sync
  }

  /** A queue this page has already, brought up to what was just read. */
  function knownOf(sample: ReviewSample): SampleSync | null {
    const known = syncs.get(sample.id)
    if (known === undefined) return null
    if (sample.version > known.queue.version) {
      const arrived = diffDocuments(known.queue.base, sample.document)
      known.refresh(sample.document, sample.version, forgetTouched(known.queue.history, arrived))
    }
    return known
  }

  async function openFresh(sample: ReviewSample): Promise<SampleSync> {
    const known = knownOf(sample)
    if (known !== null) return known
    const { id: sampleId, projectId, document: base, version } = sample
    const fresh = openQueue({ ...me, projectId, sampleId, base, version }, world.now())
    const found = await claim(sampleId).catch(() => null)
    if (found === null) return start(fresh)
    const isWaiting = found.pending.length > 0 || found.standoff !== null
    if (isWaiting) return start(found)
    const history = version === found.version ? found.history : forgetTouched(found.history, diffDocuments(found.base, base))
    return start({ ...fresh, history })
  }

  async function adopt(row: EditQueue): Promise<void> {
    if (syncs.has(row.sampleId)) return
    const taken = row.tabId === me.tabId ? row : await locks.ifTabIsGone(row.tabId, () => takeOver(row))
    if (taken !== null) start(taken)
  }

  return {
    /** The queue of a sample that was opened or prepared before, at once; null = it has to be opened. */
    peek: knownOf,
    /** The queue of a sample just read from the server: as it was left, with unsent edits on top, or new. */
    async open(sample: ReviewSample): Promise<SampleSync> {
      const known = knownOf(sample)
      if (known !== null) return known
      const promise = opening.get(sample.id) ?? inTurn(() => openFresh(sample)).finally(() => opening.delete(sample.id))
      opening.set(sample.id, promise)
      return promise
    },
    /** Sends what killed tabs left behind, and forgets old histories. */
    async adoptAbandoned(): Promise<void> {
      const rows = (await world.outbox.all()).filter((row) => row.userId === me.userId)
      const oldest = world.now() - HISTORY_DAYS * 86_400_000
      for (const row of rows) {
        const isIdle = row.pending.length === 0 && row.standoff === null
        if (isIdle && row.touchedAt < oldest) await world.outbox.remove(row.queueId)
        if (!isIdle) await inTurn(() => adopt(row))
      }
    },
    /** Samples other than `sampleId` that still hold unsent edits, for a notice. */
    waiting: (sampleId: string): readonly SampleSync[] =>
      [...syncs.values()].filter((sync) => sync.queue.sampleId !== sampleId && sync.queue.pending.length > 0),
    retryAll() {
      for (const sync of syncs.values()) void sync.retry()
    },
    closeAll() {
      for (const sync of syncs.values()) sync.close()
    },
  }
}
