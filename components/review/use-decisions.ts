'use client'

import { useCallback, useRef } from 'react'
import { newId } from '@/browser/new-id'
import type { SampleSync, SyncEvent } from '@/browser/sync'
import { answerOf } from '@/browser/sync-world'
import type { useToast } from '@/components/ui/toast'
import { toAppError } from '@/core/errors'
import type { Reason } from '@/core/records'
import { reopenSample } from '@/server/actions/reopen-sample'
import type { Queue } from './queue/use-queue'
import type { ReviewSession } from './review-context'
import type { OpenSample } from './use-open-sample'
import type { Decide } from './workspace'

/** How long undo means the last decision rather than the last edit. */
const UNDO_MS = 10_000

type Surroundings = {
  readonly session: ReviewSession
  readonly queue: Queue
  readonly open: OpenSample | null
  readonly toast: ReturnType<typeof useToast>
  readonly show: (sampleId: string) => void
  readonly goNextOpen: (fromId: string) => Promise<void>
  readonly reread: (sampleId: string) => void
}

type Last = { readonly sync: SampleSync; readonly mutationId: string; readonly decision: Parameters<Decide>[0]; readonly at: number }

const DONE = { approve: 'Approved', reject: 'Rejected', send_back: 'Sent back', skip: 'Skipped' } as const
const STATE = { reject: 'rejected', send_back: 'sent_back' } as const

/** Decisions go to the outbox like edits and the next sample opens at once; what the server refuses comes back as a message. */
export function useDecisions({ session, queue, open, toast, show, goNextOpen, reread }: Surroundings) {
  const last = useRef<Last | null>(null)
  const { project, reader } = session

  const reopenOf = useCallback(
    async (sync: SampleSync) => {
      const { sampleId, version, base, history } = sync.queue
      try {
        const answer = await answerOf(reopenSample({ projectId: project.id, sampleId, mutationId: newId(), version }))
        sync.refresh(base, answer.version, history)
        queue.patch(sampleId, { state: answer.state, decidedBy: null, isSkipped: false })
        reread(sampleId)
        return true
      } catch (thrown) {
        toast({ tone: 'bad', title: 'Not reopened', text: toAppError(thrown).message })
        return false
      }
    },
    [project.id, queue, reread, toast],
  )

  const takeBack = useCallback(
    async (decided: Last) => {
      last.current = null
      const { sampleId } = decided.sync.queue
      if (!decided.sync.withdraw(decided.mutationId)) {
        await decided.sync.flush()
        if (decided.decision !== 'skip' && !(await reopenOf(decided.sync))) return
      }
      queue.patch(sampleId, { state: 'in_review', decidedBy: null, isSkipped: false })
      reader.forget(sampleId)
      show(sampleId)
    },
    [queue, reader, reopenOf, show],
  )

  const decide: Decide = (decision, reasons: readonly Reason[] = [], note = '') => {
    const store = open?.store
    if (store == null || open === null) return
    const { sync } = store
    const { sampleId } = open
    if (sync.queue.standoff !== null || sync.queue.refusal !== null) {
      toast({ tone: 'warn', title: 'Decide about the unmerged edits first', text: store.getState().save.detail ?? '' })
      return
    }
    const { isFixed } = store.getState()
    const entry = sync.decide({ decision, reasons, note })
    last.current = { sync, mutationId: entry.mutationId, decision, at: Date.now() }
    const decided = last.current
    const state = decision === 'approve' ? (isFixed ? 'fixed' : 'approved') : decision === 'skip' ? undefined : STATE[decision]
    queue.patch(sampleId, {
      ...(state === undefined ? { isSkipped: true } : { state }),
      decidedBy: { name: session.viewer.name, isMine: true },
    })
    reader.forget(sampleId)
    toast({
      tone: 'ok',
      title: decision === 'approve' && isFixed ? 'Fixed and approved' : DONE[decision],
      timeoutMs: UNDO_MS,
      action: { label: 'Undo', run: () => void takeBack(decided) },
    })
    void goNextOpen(sampleId)
  }

  const onEvent = (sync: SampleSync, event: SyncEvent) => {
    const { sampleId } = sync.queue
    const goBack = { label: 'Open it', run: () => show(sampleId) }
    if (event.kind === 'saved' || event.kind === 'decided') {
      if (open?.sampleId !== sampleId || event.kind === 'decided') reader.forget(sampleId)
      queue.patch(sampleId, { state: event.state })
    }
    if (event.kind === 'decision-refused') {
      queue.patch(sampleId, { state: 'in_review', decidedBy: null, isSkipped: false })
      toast({ tone: 'bad', title: 'The decision was not taken', text: event.error.message, action: goBack })
    }
    if (event.kind === 'decision-held') {
      queue.patch(sampleId, { state: 'in_review', decidedBy: null, isSkipped: false })
      toast({
        tone: 'warn',
        title: 'The decision waits for you',
        text: `${event.by ?? 'Somebody'} changed this sample meanwhile. Look again.`,
        action: goBack,
        timeoutMs: 0,
      })
    }
  }

  return {
    decide,
    onEvent,
    reopen: () => void (open?.store != null && reopenOf(open.store.sync)),
    undoLast: () => {
      const decided = last.current
      const isFresh = decided !== null && Date.now() - decided.at < UNDO_MS
      const hasNewer = open?.store?.sync !== decided?.sync && (open?.store?.getState().history.done.length ?? 0) > 0
      if (!isFresh || hasNewer) return false
      void takeBack(decided)
      return true
    },
  }
}
