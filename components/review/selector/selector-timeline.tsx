'use client'

import { extentOf } from '@/browser/frame-clock'
import type { SelectorAnswer } from '@/browser/selector/selector-types'
import type { FrameTable } from '@/core/frame-table'
import type { FrameChoice } from '@/core/selection/frame-choice'
import { METHOD_NAMES } from '@/core/selection/method-names'
import { formatTimecode } from '@/core/time'
import { peekAt } from '../peek'
import { useReview, useReviewStore } from '../review-context'
import { coreFrameMarks, evidenceSpans } from '../timeline/document-lanes'
import { useShownIndex } from '../timeline/review-timeline'
import { Timeline } from '../timeline/timeline'
import type { Lane, LaneCurve, LaneMark } from '../timeline/timeline-types'

type SelectorTimelineProps = {
  readonly table: FrameTable
  readonly answer: SelectorAnswer | null
  readonly choice: FrameChoice | null
  readonly compared: FrameChoice | null
}

/** Drafted frames, the score of every candidate, proposed frames, all on one scale. */
export function SelectorTimeline({ table, answer, choice, compared }: SelectorTimelineProps) {
  const store = useReviewStore()
  const document = useReview((state) => state.document)
  const { frameId, stepId } = useReview((state) => state.selection)
  const index = useShownIndex()
  const shown = { frameId, stepId }
  const go = (recordId: string) => store.jumpTo(recordId)
  const candidates = answer?.candidates.frames ?? []
  const curve: LaneCurve | null =
    choice === null
      ? null
      : {
          // Every method chooses by the same relevance; what differs is the frames.
          label: 'Relevance',
          values: candidates.map((frame, at) => ({ index: frame.index, value: choice.curve[at] ?? 0 })),
          legend: [
            { label: METHOD_NAMES[choice.method].name, look: 'hollow' },
            ...(compared === null ? [] : [{ label: METHOD_NAMES[compared.method].name, look: 'other' } as const]),
          ],
        }
  const marksOf = (of: FrameChoice | null, look: LaneMark['look']): LaneMark[] =>
    (of?.chosen ?? []).map((frame) => ({
      id: `${of?.method}-${frame.index}`,
      index: frame.index,
      label: look === 'hollow' ? String(frame.index) : '',
      name: `${look === 'hollow' ? 'Proposed' : `By ${of === null ? '' : METHOD_NAMES[of.method].name}`}, frame ${frame.index}, ${formatTimecode(frame.timeSec)}`,
      look,
      isCurrent: frame.index === index,
      onPress: () => peekAt(store, frame.index),
    }))
  const taken = new Set(choice?.chosen.map((frame) => frame.index as number))
  const others = marksOf(compared, 'other').filter((mark) => !taken.has(mark.index))
  const spans = evidenceSpans(document, table, shown, go)
  const lanes: Lane[] = [
    { id: 'drafted', label: 'Drafted', height: 20, kind: 'marks', marks: coreFrameMarks(document, table, shown, go) },
    ...(spans.length === 0 ? [] : [{ id: 'evidence', label: 'Evidence', height: 24, kind: 'spans', spans } as const]),
    {
      id: 'score',
      label: 'Selector score',
      height: 72,
      kind: 'curve',
      curve,
    },
    {
      id: 'proposed',
      label: 'Proposed',
      height: 20,
      kind: 'marks',
      marks: [...others, ...marksOf(choice, 'hollow')].sort((a, b) => a.index - b.index),
    },
  ]
  if (extentOf(table).lengthSec <= 0) return null
  return <Timeline frames={table} lanes={lanes} index={index} labels="inside" onPeek={(next) => peekAt(store, next)} />
}
