'use client'

import { memo, useEffect, useRef } from 'react'
import { QueueRow } from './queue-row'
import type { QueueView } from './use-queue'

type QueueColumnProps = {
  readonly view: QueueView
  readonly currentId: string | null
  readonly projectId: string
  readonly orderText: string
  readonly onOpen: (sampleId: string) => void
  readonly onNeedAfter: () => void
  readonly onNeedBefore: () => void
}

const EDGE_PX = 400

export const QueueColumn = memo(function QueueColumn({
  view,
  currentId,
  projectId,
  orderText,
  onOpen,
  onNeedAfter,
  onNeedBefore,
}: QueueColumnProps) {
  const list = useRef<HTMLOListElement>(null)
  const { items, counts, total, position } = view
  const firstId = items[0]?.id ?? null
  const height = useRef({ firstId, scrollHeight: 0 })

  // Rows put in above must not push the ones in view away.
  useEffect(() => {
    const element = list.current
    if (element === null) return
    const before = height.current
    if (before.firstId !== null && before.firstId !== firstId && before.scrollHeight > 0)
      element.scrollTop += element.scrollHeight - before.scrollHeight
    height.current = { firstId, scrollHeight: element.scrollHeight }
  })

  useEffect(() => {
    list.current?.querySelector(`[data-sample="${currentId}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [currentId])

  return (
    <aside aria-label="Queue" data-region className="row-start-2 flex min-h-0 flex-col border-line border-r bg-app">
      <div className="flex flex-none flex-col gap-2 border-line border-b py-2 pr-2 pl-3">
        <div className="flex h-7 items-center gap-2">
          <span className="font-semibold">Queue</span>
          <span className="num whitespace-nowrap text-fg-3">{counts.left} left</span>
          <span className="flex-1" />
          <span className="whitespace-nowrap text-11 text-fg-3 max-[1360px]:hidden">{orderText}</span>
        </div>
        <Progress counts={counts} total={total} />
      </div>
      <ol
        ref={list}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          if (scrollHeight - scrollTop - clientHeight < EDGE_PX) onNeedAfter()
          if (scrollTop < EDGE_PX) onNeedBefore()
        }}
        className="min-h-0 flex-1 overflow-y-auto"
      >
        {items.map((item, place) => (
          <QueueRow
            key={item.id}
            item={item}
            place={position + place}
            isCurrent={item.id === currentId}
            projectId={projectId}
            onOpen={onOpen}
          />
        ))}
        {items.length === 0 ? <li className="px-3 py-4 text-fg-3">No sample matches the filter.</li> : null}
      </ol>
    </aside>
  )
})

function Progress({ counts, total }: { counts: QueueView['counts']; total: number }) {
  const done = total - counts.left
  const share = (count: number) => ({ width: `${total === 0 ? 0 : (count / total) * 100}%` })
  return (
    <div
      role="progressbar"
      aria-label={`${done} of ${total} decided`}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      className="flex h-1 gap-px overflow-hidden rounded-full bg-track"
    >
      <span className="bg-v-accepted" style={share(counts.approved)} />
      <span className="bg-v-edited" style={share(counts.fixed)} />
      <span className="bg-v-rejected" style={share(counts.rejected)} />
    </div>
  )
}
