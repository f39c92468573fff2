'use client'

import { Hash, Link2 } from 'lucide-react'
import { recordAt } from '@/core/document'
import { type FrameTable, frameCount } from '@/core/frame-table'
import { peekAt } from '../peek'
import { shownOf, useReview, useReviewStore } from '../review-context'
import { coreFrameMarks, evidenceSpans } from './document-lanes'
import { Timeline } from './timeline'

const ICON = { size: 14, strokeWidth: 1.5, 'aria-hidden': true, className: 'flex-none text-fg-3' } as const

/** Core frames and evidence over the whole video, under the stage. */
export function ReviewTimeline({ table }: { table: FrameTable }) {
  const store = useReviewStore()
  const doc = useReview(shownOf)
  const { frameId, stepId } = useReview((state) => state.selection)
  const index = useShownIndex()
  if (frameCount(table) === 0) return null
  const shown = { frameId, stepId }
  const go = (recordId: string) => store.jumpTo(recordId)
  return (
    <Timeline
      frames={table}
      index={index}
      labels="column"
      hasRuler
      onPeek={(next) => peekAt(store, next)}
      lanes={[
        {
          id: 'core-frames',
          label: 'Core frames',
          icon: <Hash {...ICON} />,
          height: 24,
          kind: 'marks',
          marks: coreFrameMarks(doc, table, shown, go),
          empty: 'No core frame',
        },
        {
          id: 'evidence',
          label: 'Evidence',
          icon: <Link2 {...ICON} />,
          height: 24,
          kind: 'spans',
          spans: evidenceSpans(doc, table, shown, go),
          empty: 'No step has a span of time',
        },
      ]}
    />
  )
}

/** The frame on the stage, peeked at or of the core frame; null = none. */
export function useShownIndex(): number | null {
  return useReview((state) => {
    const { frameId } = state.selection
    return state.peekIndex ?? (frameId === null ? null : (recordAt(shownOf(state), frameId, 'coreFrame')?.index ?? null))
  })
}
