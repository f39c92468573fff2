'use client'

import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { ReviewStore } from '@/browser/review-store'
import { late, useLate } from '@/components/ui/late'
import { useToast } from '@/components/ui/toast'
import type { Reason } from '@/core/records'
import { CentreColumn } from './centre-column'
import { DecisionBar } from './decision/decision-bar'
import { ExplainDialog } from './decision/explain-dialog'
import type { PlayerHandle } from './player/player-types'
import { ReasoningColumn } from './reasoning-column'
import { useFrameTable, useReview } from './review-context'
import { useReviewKeys } from './review-keys'
import type { SelectorHandle } from './selector/selector-types'

export type Decide = (decision: 'approve' | 'reject' | 'send_back' | 'skip', reasons?: readonly Reason[], note?: string) => void

type WorkspaceProps = {
  readonly store: ReviewStore
  readonly decide: Decide
  readonly reopen: () => void
  readonly go: (by: 1 | -1) => void
  /** Takes the last decision back, if that is what undo means now. */
  readonly undoDecision: () => boolean
  readonly isMerging: boolean
  readonly onMergingChange: (isMerging: boolean) => void
}

const conflictDialog = late(() => import('./conflict/conflict-dialog'))

/**
 * Stage, reasoning and decision of the open sample. The canvases and what looks alike for every sample stay where they are from
 * one to the next, which is half of the time to the next one; what holds words or choices of a sample carries its id as key.
 */
export function Workspace({ store, decide, reopen, go, undoDecision, isMerging, onMergingChange }: WorkspaceProps) {
  const table = useFrameTable()
  const player = useRef<PlayerHandle | null>(null)
  const selector = useRef<SelectorHandle | null>(null)
  const sampleId = useReview((state) => state.sample.id)
  const [explaining, setExplaining] = useState<{ readonly sampleId: string; readonly decision: 'reject' | 'send_back' } | null>(null)
  const merging = useLate(conflictDialog, isMerging)
  const approve = () => {
    const { blockers, canEdit } = store.getState()
    const [first] = blockers
    if (!canEdit) return
    if (first === undefined) decide('approve')
    else {
      store.say('warn', `${blockers.length} left before it can be approved. ${first.message}`)
      if (first.itemId !== null) store.select(first.itemId)
    }
  }
  const skip = () => store.getState().canEdit && decide('skip')
  useReviewKeys(store, table, { player, selector }, { approve, skip, go, undoDecision })
  useNotices()
  useConflictOpening(store, onMergingChange)
  useFreeHands(sampleId)
  return (
    <>
      <CentreColumn table={table} playerRef={player} selectorRef={selector} />
      <ReasoningColumn key={sampleId} />
      <DecisionBar onApprove={approve} onSkip={skip} onExplain={(decision) => setExplaining({ sampleId, decision })} onReopen={reopen} />
      {explaining?.sampleId !== sampleId ? null : (
        <ExplainDialog
          decision={explaining.decision}
          onClose={() => setExplaining(null)}
          onDecide={(decision, reasons, note) => {
            setExplaining(null)
            decide(decision, reasons, note)
          }}
        />
      )}
      {isMerging && merging !== null ? <merging.ConflictDialog key={sampleId} onClose={() => onMergingChange(false)} /> : null}
    </>
  )
}

/** What the store has to say, as a message. */
function useNotices() {
  const notice = useReview((state) => state.notice)
  const toast = useToast()
  useEffect(() => {
    if (notice !== null) toast({ tone: notice.tone, title: notice.text, timeoutMs: 6000 })
  }, [notice, toast])
}

/** A conflict opens its dialog the moment it is known, once. */
function useConflictOpening(store: ReviewStore, open: (isMerging: boolean) => void) {
  const word = useStore(store, (state) => state.save.word)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another sample's conflict is another one
  useEffect(() => {
    if (word === 'Not merged yet') open(true)
  }, [store, word, open])
}

/** A button pressed for the sample before must not take the next key: Enter would press it again, for another sample. */
function useFreeHands(sampleId: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each sample
  useLayoutEffect(() => {
    const held = document.activeElement
    if (held instanceof HTMLElement && held.closest('main, footer') !== null) held.blur()
  }, [sampleId])
}
