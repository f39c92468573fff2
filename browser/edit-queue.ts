/**
 * The changes of one tab to one sample that the server has not confirmed yet. Pure: every function takes a queue and gives
 * a new one, so that the same rules run in the open tab, for tabs that were killed, and in the tests.
 *
 * Invariant: `base` is the document of the server at `version`; `base` + the edits of `pending` in order is what the person
 * sees. The request made of the head never changes once it was sent, so a repeated send is recognised by its mutation id.
 */
import { applyDiff, type Diff, diffDocuments, emptyDiff, isEmptyDiff, squashDiffs } from '@/core/diff'
import type { ErrorBody } from '@/core/errors'
import { emptyHistory, type History } from '@/core/history'
import { type Meeting, meetingOf, rebasePending } from '@/core/rebase'
import type { Reason, SampleDocument } from '@/core/records'
import type { Decision } from '@/core/sample-state'

export type EditEntry = {
  readonly kind: 'edit'
  readonly mutationId: string
  readonly diff: Diff
  readonly label: string
  readonly mergeKey: string | null
  readonly at: number
}
export type DecisionEntry = {
  readonly kind: 'decision'
  readonly mutationId: string
  readonly decision: Exclude<Decision, 'fix_approve' | 'reopen'>
  readonly reasons: readonly Reason[]
  readonly note: string
  readonly at: number
}
export type Entry = EditEntry | DecisionEntry

/** What the server knows and this tab does not have yet: `theirs` leads from `base` to the document at `version`. */
export type Standoff = { readonly theirs: Diff; readonly version: number; readonly by: string | null }

export type EditQueue = {
  readonly queueId: string
  readonly tabId: string
  readonly userId: string
  readonly projectId: string
  readonly sampleId: string
  readonly base: SampleDocument
  readonly version: number
  readonly pending: readonly Entry[]
  readonly standoff: Standoff | null
  /** A refusal that no repetition will change; the edits stay until the person drops them or the cause is gone. */
  readonly refusal: ErrorBody | null
  readonly history: History
  readonly touchedAt: number
}

type Opening = Pick<EditQueue, 'tabId' | 'userId' | 'projectId' | 'sampleId' | 'base' | 'version'>

export function openQueue(opening: Opening, now: number): EditQueue {
  return {
    ...opening,
    queueId: `${opening.sampleId}/${opening.tabId}`,
    pending: [],
    standoff: null,
    refusal: null,
    history: emptyHistory,
    touchedAt: now,
  }
}

export function pendingDiffs(queue: EditQueue): readonly Diff[] {
  return queue.pending.flatMap((entry) => (entry.kind === 'edit' ? [entry.diff] : []))
}

/** What the person sees: the server's document with everything pending on top. */
export function localDocument(queue: EditQueue): SampleDocument {
  return pendingDiffs(queue).reduce(applyDiff, queue.base)
}

/**
 * Adds an edit. With `canMerge` (the last entry was never sent) an edit of the same `mergeKey` joins it, so that a drag or a
 * run of nudges is one change on the server too; what cancels out leaves the queue.
 */
export function addEdit(queue: EditQueue, entry: EditEntry, canMerge: boolean): EditQueue {
  const last = queue.pending.at(-1)
  if (canMerge && last?.kind === 'edit' && entry.mergeKey !== null && last.mergeKey === entry.mergeKey) {
    const diff = squashDiffs([last.diff, entry.diff])
    const rest = queue.pending.slice(0, -1)
    return {
      ...queue,
      pending: isEmptyDiff(diff) ? rest : [...rest, { ...last, diff, label: entry.label, at: entry.at }],
      touchedAt: entry.at,
    }
  }
  return { ...queue, pending: [...queue.pending, entry], touchedAt: entry.at }
}

export function addDecision(queue: EditQueue, entry: DecisionEntry): EditQueue {
  return { ...queue, pending: [...queue.pending, entry], touchedAt: entry.at }
}

/** Takes a decision back that was not sent yet. */
export function withdraw(queue: EditQueue, mutationId: string): EditQueue {
  return { ...queue, pending: queue.pending.filter((entry) => entry.mutationId !== mutationId) }
}

/** The entry to send now; null while there is none, or a person has to decide first. */
export function headOf(queue: EditQueue): Entry | null {
  if (queue.standoff !== null || queue.refusal !== null) return null
  return queue.pending[0] ?? null
}

/** `heldBack` = a decision was taken out because others changed the sample under it: the person must look again. */
export type Settled = { readonly queue: EditQueue; readonly arrived: Diff; readonly heldBack: DecisionEntry | null }

/** The server took the head edit. `theirs` (relative to `base`) is what others had changed meanwhile. */
export function settleEdit(queue: EditQueue, reply: { version: number; theirs: Diff; by: string | null }): Settled {
  const [head, ...rest] = queue.pending
  if (head?.kind !== 'edit') return { queue, arrived: emptyDiff, heldBack: null }
  const before = localDocument(queue)
  const edits = rest.filter((entry) => entry.kind === 'edit')
  const hasArrived = !isEmptyDiff(reply.theirs)
  const heldBack = hasArrived ? (rest.find((entry) => entry.kind === 'decision') ?? null) : null
  const kept = heldBack === null ? rest : edits
  const rebased = rebasePending(
    queue.base,
    head.diff,
    reply.theirs,
    edits.map((entry) => entry.diff),
  )
  if (rebased.kind === 'conflicts') {
    const standoff = { theirs: rebased.theirs, version: reply.version, by: reply.by }
    return { queue: { ...queue, base: rebased.ancestor, pending: kept, standoff }, arrived: emptyDiff, heldBack }
  }
  const moved = edits.map((entry, place) => ({ ...entry, diff: rebased.pending[place] ?? entry.diff }))
  const byId = new Map(moved.map((entry) => [entry.mutationId, entry]))
  const next: EditQueue = {
    ...queue,
    base: rebased.base,
    version: reply.version,
    pending: kept
      .map((entry) => byId.get(entry.mutationId) ?? entry)
      .filter((entry) => entry.kind === 'decision' || !isEmptyDiff(entry.diff)),
  }
  return { queue: next, arrived: hasArrived ? diffDocuments(before, localDocument(next)) : emptyDiff, heldBack }
}

/** The server took the head decision. */
export function settleDecision(queue: EditQueue, version: number): EditQueue {
  return { ...queue, version, pending: queue.pending.slice(1) }
}

/** The head and what others did cannot both stand. Nothing is changed until a person chooses; a decision waits no longer. */
export function standOff(queue: EditQueue, standoff: Standoff): EditQueue {
  return { ...queue, standoff, pending: queue.pending.filter((entry) => entry.kind === 'edit') }
}

/** Both sides of a stand-off, to be merged by hand; null when there is none. */
export function openMeeting(queue: EditQueue): Meeting | null {
  return queue.standoff === null ? null : meetingOf(queue.base, queue.standoff.theirs, pendingDiffs(queue))
}

/** The person chose: `merged` (relative to base + theirs) replaces everything pending. */
export function resolveStandoff(queue: EditQueue, merged: Diff, mutationId: string, now: number): EditQueue {
  if (queue.standoff === null) return queue
  const entry: EditEntry = { kind: 'edit', mutationId, diff: merged, label: 'Merge', mergeKey: null, at: now }
  return {
    ...queue,
    base: applyDiff(queue.base, queue.standoff.theirs),
    version: queue.standoff.version,
    standoff: null,
    pending: isEmptyDiff(merged) ? [] : [entry],
    touchedAt: now,
  }
}

/** Everything unsent is given up, on the person's word. */
export function dropPending(queue: EditQueue): EditQueue {
  const base = queue.standoff === null ? queue.base : applyDiff(queue.base, queue.standoff.theirs)
  return {
    ...queue,
    base,
    version: queue.standoff?.version ?? queue.version,
    pending: [],
    standoff: null,
    refusal: null,
    history: emptyHistory,
  }
}
