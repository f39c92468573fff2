/**
 * Brings the changes of one sample to the server, in order, one at a time: written to the device first, sent with the same
 * mutation id until there is an answer, rebased on what others did (invariant 5).
 */
import type { Diff } from '@/core/diff'
import { AppError, type ErrorCode } from '@/core/errors'
import type { Flag } from '@/core/flags'
import type { History } from '@/core/history'
import type { Reason, SampleDocument } from '@/core/records'
import type { SampleState } from '@/core/sample-state'
import {
  addDecision,
  addEdit,
  type DecisionEntry,
  dropPending,
  type EditQueue,
  type Entry,
  headOf,
  localDocument,
  resolveStandoff,
  settleDecision,
  settleEdit,
  standOff,
  withdraw,
} from './edit-queue'
import type { Outbox } from './outbox'
import { type SaveState, saveStateOf } from './save-state'

type Address = { readonly projectId: string; readonly sampleId: string; readonly mutationId: string }
export type SaveReply =
  | {
      readonly status: 'saved'
      readonly version: number
      readonly state: SampleState
      readonly flags: readonly Flag[]
      readonly theirs: Diff
      readonly by: string | null
    }
  | { readonly status: 'conflict'; readonly version: number; readonly theirs: Diff; readonly by: string | null }

/** The server as the queue sees it. Every refusal is an `AppError`; an unreachable server is `unavailable`. */
export type Transport = {
  saveEdits(input: Address & { baseVersion: number; diff: Diff }): Promise<SaveReply>
  decideSample(
    input: Address & { version: number; decision: DecisionEntry['decision']; reasons: readonly Reason[]; note: string },
  ): Promise<{ version: number; state: SampleState }>
}

/** The world around the queue, handed in so that tests decide about time, locks and the network. */
export type SyncWorld = {
  readonly outbox: Outbox
  readonly transport: Transport
  readonly newId: () => string
  readonly now: () => number
  readonly isOnline: () => boolean
  /** Ends after `ms`, or at once when `wake` is called (back online, a person pressed "try again"). */
  readonly sleep: (ms: number) => { done: Promise<void>; wake: () => void }
  /** Only one tab sends for a sample at a time. */
  readonly withLock: <T>(name: string, work: () => Promise<T>) => Promise<T>
}

export type SyncEvent =
  | { readonly kind: 'status' }
  | { readonly kind: 'arrived'; readonly diff: Diff; readonly by: string | null }
  | { readonly kind: 'saved'; readonly state: SampleState; readonly version: number; readonly base: SampleDocument }
  | { readonly kind: 'decided'; readonly entry: DecisionEntry; readonly state: SampleState; readonly version: number }
  | { readonly kind: 'decision-refused'; readonly entry: DecisionEntry; readonly error: AppError }
  | { readonly kind: 'decision-held'; readonly entry: DecisionEntry; readonly by: string | null }

/** Typing and nudging join into one change when no more than this lies between two of them. */
const SETTLE_MS = 400
const BACKOFF_MS = [500, 1000, 2000, 5000, 10_000, 30_000] as const
const TRANSIENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['unavailable', 'internal', 'storage_full', 'unauthenticated'])

export type SampleSync = ReturnType<typeof createSampleSync>

export function createSampleSync(initial: EditQueue, world: SyncWorld) {
  let queue = initial
  let written: EditQueue | null = initial.pending.length === 0 ? initial : null
  let writing: Promise<void> | null = null
  let running: Promise<void> | null = null
  let nap: { done: Promise<void>; wake: () => void } | null = null
  const flags = { hasWriteFailed: false, failures: 0, needsSignIn: false, isHurried: false, isClosed: false }
  /** Mutations made here and never sent: only these may still grow. */
  const open = new Set<string>()
  const listeners = new Set<(event: SyncEvent) => void>()

  const emit = (event: SyncEvent) => {
    for (const listener of listeners) listener(event)
  }
  const state = (): SaveState =>
    saveStateOf({
      queue,
      isWritten: written === queue,
      hasWriteFailed: flags.hasWriteFailed,
      hasSendFailed: flags.failures > 0,
      needsSignIn: flags.needsSignIn,
      isOnline: world.isOnline(),
    })

  function change(next: EditQueue) {
    queue = next
    emit({ kind: 'status' })
    return write()
  }

  /** Resolves when the queue as of now is on the device, or cannot be. Writes in between are left out. */
  function write(): Promise<void> {
    if (writing !== null) return writing.then(write)
    if (written === queue || flags.isClosed) return Promise.resolve()
    const wanted = queue
    writing = world.outbox
      .put(wanted)
      .then(
        () => {
          written = wanted
          flags.hasWriteFailed = false
        },
        () => {
          // Said by the save state; the next change tries again. Sending goes on, so an edit may still reach the server.
          flags.hasWriteFailed = true
          written = wanted
        },
      )
      .finally(() => {
        writing = null
        emit({ kind: 'status' })
      })
    return writing.then(write)
  }

  function pump(): Promise<void> {
    nap?.wake()
    running ??= loop().finally(() => {
      running = null
      emit({ kind: 'status' })
      // An edit may have come between the end of the loop and this line.
      if (headOf(queue) !== null && !flags.isClosed) void pump()
    })
    return running
  }

  async function rest(ms: number) {
    nap = world.sleep(ms)
    await nap.done
    nap = null
  }

  async function loop() {
    for (let head = headOf(queue); head !== null && !flags.isClosed; head = headOf(queue)) {
      const waitMs = settleTime(head)
      if (waitMs > 0) {
        await rest(waitMs)
        continue
      }
      open.delete(head.mutationId)
      await write()
      const sent = head
      try {
        await world.withLock(`crema-send:${queue.sampleId}`, () => send(sent))
        flags.failures = 0
        flags.needsSignIn = false
      } catch (thrown) {
        await fail(
          sent,
          thrown instanceof AppError ? thrown : new AppError('unavailable', 'The server cannot be reached.', {}, { cause: thrown }),
        )
      }
    }
    flags.isHurried = false
  }

  function settleTime(head: Entry): number {
    const canGrow = head.kind === 'edit' && head.mergeKey !== null && open.has(head.mutationId) && queue.pending.length === 1
    return canGrow && !flags.isHurried ? Math.max(0, head.at + SETTLE_MS - world.now()) : 0
  }

  async function send(head: Entry) {
    const { projectId, sampleId } = queue
    const { mutationId } = head
    if (head.kind === 'decision') {
      const { decision, reasons, note } = head
      const reply = await world.transport.decideSample({ projectId, sampleId, mutationId, version: queue.version, decision, reasons, note })
      await change(settleDecision(queue, reply.version))
      emit({ kind: 'decided', entry: head, ...reply })
      return
    }
    const reply = await world.transport.saveEdits({ projectId, sampleId, mutationId, baseVersion: queue.version, diff: head.diff })
    if (reply.status === 'conflict') {
      const held = queue.pending.find((entry) => entry.kind === 'decision')
      await change(standOff(queue, reply))
      if (held?.kind === 'decision') emit({ kind: 'decision-held', entry: held, by: reply.by })
      return
    }
    const settled = settleEdit(queue, reply)
    await change(settled.queue)
    emit({ kind: 'arrived', diff: settled.arrived, by: reply.by })
    emit({ kind: 'saved', state: reply.state, version: reply.version, base: queue.base })
    if (settled.heldBack !== null) emit({ kind: 'decision-held', entry: settled.heldBack, by: reply.by })
  }

  async function fail(head: Entry, error: AppError) {
    if (TRANSIENT.has(error.code)) {
      flags.failures += 1
      flags.needsSignIn = error.code === 'unauthenticated'
      emit({ kind: 'status' })
      await rest(BACKOFF_MS[Math.min(flags.failures, BACKOFF_MS.length) - 1] ?? 30_000)
      return
    }
    flags.failures = 0
    if (head.kind === 'decision') {
      await change(withdraw(queue, head.mutationId))
      emit({ kind: 'decision-refused', entry: head, error })
      return
    }
    await change({ ...queue, refusal: error.toBody() })
  }

  return {
    get queue() {
      return queue
    },
    document: () => localDocument(queue),
    state,
    subscribe(listener: (event: SyncEvent) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Keeps an edit and sends it soon. Resolves when it is on the device. */
    edit(edit: { diff: Diff; label: string; mergeKey: string | null; history: History }): Promise<void> {
      const { history, ...rest } = edit
      const entry = { kind: 'edit' as const, mutationId: world.newId(), at: world.now(), ...rest }
      const last = queue.pending.at(-1)
      const next = addEdit(queue, entry, last !== undefined && open.has(last.mutationId))
      if (next.pending.at(-1)?.mutationId === entry.mutationId) open.add(entry.mutationId)
      const kept = change({ ...next, history })
      void pump()
      return kept
    },
    decide(wish: Pick<DecisionEntry, 'decision' | 'reasons' | 'note'>): DecisionEntry {
      const entry = { kind: 'decision' as const, mutationId: world.newId(), at: world.now(), ...wish }
      flags.isHurried = true
      open.add(entry.mutationId)
      void change(addDecision(queue, entry))
      void pump()
      return entry
    },
    /** Takes a decision back that has not left; false when it is too late for that. */
    withdraw(mutationId: string): boolean {
      if (!open.has(mutationId)) return false
      open.delete(mutationId)
      void change(withdraw(queue, mutationId))
      return true
    },
    resolve(merged: Diff, history: History): Promise<void> {
      const kept = change({ ...resolveStandoff(queue, merged, world.newId(), world.now()), history })
      void pump()
      return kept
    },
    /** Gives up everything unsent. Only where sending has stopped, so that nothing is dropped that is on its way. */
    drop: () => (queue.standoff === null && queue.refusal === null ? Promise.resolve() : change(dropPending(queue))),
    /** Try again now: back online, signed in again, or the cause of a refusal is gone. */
    retry(): Promise<void> {
      flags.failures = 0
      if (queue.refusal !== null) void change({ ...queue, refusal: null })
      return pump()
    },
    /** Sends without waiting for more typing. Resolves when there is nothing left that can be sent. */
    flush(): Promise<void> {
      flags.isHurried = true
      return pump()
    },
    /** What the server has now, when this side has nothing pending: a reopened sample, a newer payload. */
    refresh(base: SampleDocument, version: number, history: History) {
      if (queue.pending.length === 0 && queue.standoff === null && queue.refusal === null) void change({ ...queue, base, version, history })
    },
    close() {
      flags.isClosed = true
      nap?.wake()
    },
  }
}
