/** A small sample and a server in memory that follows the same rules as ours; for tests of the queue. */
import { applyDiff, type Diff, emptyDiff, reverseDiff, squashDiffs } from '@/core/diff'
import { AppError } from '@/core/errors'
import { landChange } from '@/core/rebase'
import type { SampleDocument } from '@/core/records'
import type { Outbox } from './outbox'
import type { SaveReply, SyncWorld, Transport } from './sync'

export const SAMPLE_ID = '0198a000-0000-7000-8000-000000000001'
export const PROJECT_ID = '0198a000-0000-7000-8000-000000000002'

/** What may go wrong with one send: the request is lost, the answer is lost, or the request arrives twice. */
export type Fault = 'none' | 'lost-request' | 'lost-reply' | 'twice'

export function fakeServer(document: SampleDocument) {
  const edits: { version: number; diff: Diff }[] = []
  const answers = new Map<string, SaveReply>()
  const applied = new Map<string, number>()
  const state = { document, version: 0, isDecided: false, decisions: 0, faults: [] as Fault[] }

  function save({ mutationId, baseVersion, diff }: { mutationId: string; baseVersion: number; diff: Diff }): SaveReply {
    const known = answers.get(mutationId)
    if (known !== undefined) return known
    const theirs = squashDiffs(edits.filter((edit) => edit.version > baseVersion).map((edit) => edit.diff))
    const landing = landChange({ base: applyDiff(state.document, reverseDiff(theirs)), theirs, mine: diff })
    const by = edits.some((edit) => edit.version > baseVersion) ? 'Jun' : null
    if (landing.kind === 'conflicts') return { status: 'conflict', version: state.version, theirs, by }
    state.document = landing.document
    state.version += 1
    edits.push({ version: state.version, diff: landing.merged })
    applied.set(mutationId, (applied.get(mutationId) ?? 0) + 1)
    const reply: SaveReply = { status: 'saved', version: state.version, state: 'in_review', flags: [], theirs, by }
    answers.set(mutationId, reply)
    return reply
  }

  async function through<T>(work: () => T): Promise<T> {
    const fault = state.faults.shift() ?? 'none'
    if (fault === 'lost-request') throw new AppError('unavailable', 'lost')
    const answer = work()
    if (fault === 'twice') work()
    if (fault === 'lost-reply') throw new AppError('unavailable', 'lost')
    return answer
  }

  const transport: Transport = {
    saveEdits: (input) => through(() => structuredClone(save(structuredClone(input)))),
    decideSample: ({ version }) =>
      through(() => {
        if (version !== state.version) throw new AppError('version_conflict', 'moved')
        state.isDecided = true
        state.decisions += 1
        state.version += 1
        return { version: state.version, state: 'approved' as const }
      }),
  }
  return {
    state,
    transport,
    applied,
    /** An edit of somebody else, in force at once. */
    edit(change: (document: SampleDocument) => SampleDocument) {
      const next = change(state.document)
      const diff = diffOf(state.document, next)
      state.version += 1
      state.document = next
      edits.push({ version: state.version, diff })
    },
  }
}

function diffOf(from: SampleDocument, to: SampleDocument): Diff {
  const updated = Object.entries(to).flatMap(([id, after]) => {
    const before = from[id]
    return before === undefined || before === after ? [] : [[id, [before, after]] as const]
  })
  return { ...emptyDiff, updated: Object.fromEntries(updated) }
}

/** A world without waiting: time is a counter, a sleep ends in the next turn of the event loop. */
export function fakeWorld(outbox: Outbox, transport: Transport, prefix = 'a'): SyncWorld & { setOnline: (isOnline: boolean) => void } {
  let time = 0
  let serial = 0
  let isOnline = true
  return {
    outbox,
    transport,
    newId: () => `${prefix}${++serial}`,
    now: () => ++time * 1000,
    isOnline: () => isOnline,
    sleep: () => ({ done: new Promise((resolve) => setImmediate(resolve)), wake: () => {} }),
    withLock: (_name, work) => work(),
    setOnline: (next) => {
      isOnline = next
    },
  }
}
