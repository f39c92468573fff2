'use client'

import { late, useLate } from '@/components/ui/late'
import type { FrameTable } from '@/core/frame-table'

const timeline = late(() => import('./timeline/review-timeline'))

/** The timeline comes after the first picture; its place is kept, so that nothing moves when it is there. */
export function TimelineSlot({ table }: { table: FrameTable | null }) {
  const part = useLate(timeline)
  return (
    <section aria-label="Timeline" className="h-[69px] min-w-0 overflow-hidden border-line border-t bg-panel">
      {part === null || table === null ? null : <part.ReviewTimeline table={table} />}
    </section>
  )
}
