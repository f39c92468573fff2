/** What a document puts on the timeline. */
import { recordsOf, stepText } from '@/core/document'
import { type FrameTable, frameCount, indexAtTime } from '@/core/frame-table'
import type { SampleDocument } from '@/core/records'
import { formatTimecode, ptsToSeconds } from '@/core/time'
import { spanText } from '../words'
import type { LaneMark, LaneSpan } from './timeline-types'

type Shown = { readonly frameId: string | null; readonly stepId: string | null }
type Go = (recordId: string) => void

/** Core frames that are tied to a frame of this video. */
export function coreFrameMarks(doc: SampleDocument, table: FrameTable, { frameId }: Shown, go: Go): LaneMark[] {
  return recordsOf(doc, 'coreFrame').flatMap((frame, place): LaneMark[] => {
    const pts = frame.index === null ? undefined : table.pts[frame.index]
    if (frame.index === null || pts === undefined) return []
    return [
      {
        id: frame.id,
        index: frame.index,
        label: `F${place + 1}`,
        name: `F${place + 1}, frame ${frame.index}, ${formatTimecode(ptsToSeconds(pts, table.timeBase))}`,
        look: 'filled',
        isCurrent: frame.id === frameId,
        onPress: () => go(frame.id),
      },
    ]
  })
}

/** Steps that have a span, as the frames on screen from its beginning to its end. */
export function evidenceSpans(doc: SampleDocument, table: FrameTable, { stepId }: Shown, go: Go): LaneSpan[] {
  if (frameCount(table) === 0) return []
  const indexOf = (pts: number) => indexAtTime(table, ptsToSeconds(pts, table.timeBase))
  return recordsOf(doc, 'step').flatMap((step, place): LaneSpan[] => {
    if (step.span === null) return []
    return [
      {
        id: step.id,
        startIndex: indexOf(step.span.startPts),
        endIndex: indexOf(step.span.endPts),
        label: `${place + 1} ${stepText(step)}`,
        name: `Step ${place + 1}, ${step.verdict}, ${spanText(step.span, table.timeBase)}`,
        verdict: step.verdict,
        isCurrent: step.id === stepId,
        onPress: () => go(step.id),
      },
    ]
  })
}
