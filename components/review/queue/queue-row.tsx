'use client'

import clsx from 'clsx'
import { ImageOff } from 'lucide-react'
import { memo, useState } from 'react'
import { mediaUrls } from '@/browser/api'
import { FlagBadge } from '@/components/ui/flag-badge'
import { VerdictMark } from '@/components/ui/verdict-mark'
import type { Verdict } from '@/core/records'
import type { QueueItem } from '@/core/review-sample'
import { isEditable, type SampleState } from '@/core/sample-state'
import { ratioText } from '../stage-boxes'

type QueueRowProps = {
  readonly item: QueueItem
  readonly place: number
  readonly isCurrent: boolean
  readonly projectId: string
  readonly onOpen: (sampleId: string) => void
}

const DECIDED: Readonly<Partial<Record<SampleState, { mark: Verdict; word: string }>>> = {
  approved: { mark: 'accepted', word: 'approved' },
  released: { mark: 'accepted', word: 'released' },
  fixed: { mark: 'edited', word: 'fixed' },
  rejected: { mark: 'rejected', word: 'rejected' },
  sent_back: { mark: 'stale', word: 'sent back' },
}

/** Codes of which a flag can block approval; the row knows only that one does. */
const MAY_BLOCK: ReadonlySet<string> = new Set(['V1', 'B1', 'S1'])

export const QueueRow = memo(function QueueRow({ item, place, isCurrent, projectId, onOpen }: QueueRowProps) {
  const isDone = !isEditable(item.state)
  return (
    <li data-sample={item.id}>
      <button
        type="button"
        aria-current={isCurrent ? 'true' : undefined}
        onClick={() => onOpen(item.id)}
        className={clsx(
          'grid h-16 w-full grid-cols-[48px_minmax(0,1fr)] gap-2 border-line border-b border-l-2 pt-2 pr-2 pb-[7px] pl-2.5 text-left focus-visible:-outline-offset-2 max-[1360px]:grid-cols-[40px_minmax(0,1fr)]',
          isCurrent ? 'border-l-accent-fg bg-selected' : 'border-l-transparent hover:bg-hover',
        )}
      >
        <span className="flex flex-col gap-1">
          <Thumb item={item} projectId={projectId} isFaded={isDone} />
          <span className="num text-10 text-fg-3">{place}</span>
        </span>
        <span className="min-w-0">
          <span className={clsx('line-clamp-2 h-8', isCurrent && 'font-semibold', isDone && 'text-fg-3')}>{item.question}</span>
          <span className="mt-px flex h-4 items-center gap-1 whitespace-nowrap text-10 text-fg-3">
            <Meta item={item} />
          </span>
        </span>
      </button>
    </li>
  )
})

function Meta({ item }: { item: QueueItem }) {
  const decided = DECIDED[item.state]
  if (decided !== undefined) {
    return (
      <>
        <VerdictMark verdict={decided.mark} size={12} isDecoration />
        <span className="truncate">
          {decided.word}
          {item.decidedBy === null ? '' : ` by ${item.decidedBy.isMine ? 'you' : item.decidedBy.name}`}
        </span>
      </>
    )
  }
  const [first, second, ...more] = item.flagCodes
  if (first === undefined) return <span className="truncate">{item.isSkipped ? 'skipped' : 'no flags'}</span>
  return (
    <>
      <FlagBadge code={first} blocking={item.isBlocked && MAY_BLOCK.has(first)} />
      {second === undefined ? null : <FlagBadge code={second} blocking={item.isBlocked && MAY_BLOCK.has(second)} />}
      {more.length === 0 ? null : <span className="num">+{more.length}</span>}
      {item.isSkipped ? <span>skipped</span> : <span className="num ml-auto max-[1360px]:hidden">{ratioText(item.risk)}</span>}
    </>
  )
}

function Thumb({ item, projectId, isFaded }: { item: QueueItem; projectId: string; isFaded: boolean }) {
  const { videoId, thumbFrame } = item
  const [isBroken, setIsBroken] = useState(false)
  const box = 'h-[27px] w-12 rounded-1 max-[1360px]:h-[23px] max-[1360px]:w-10'
  if (videoId === null || isBroken) {
    return (
      <span className={clsx(box, 'flex items-center justify-center bg-well text-fg-3')}>
        <ImageOff size={12} strokeWidth={1.5} aria-hidden />
      </span>
    )
  }
  const src = thumbFrame === null ? mediaUrls.posterUrl(projectId, videoId) : mediaUrls.stillUrl(projectId, videoId, thumbFrame)
  return (
    // biome-ignore lint/performance/noImgElement: stills are served by our own route; the image optimiser is off
    <img
      src={src}
      alt=""
      loading="lazy"
      decoding="async"
      onError={() => setIsBroken(true)}
      className={clsx(box, 'object-cover', isFaded && 'opacity-55')}
    />
  )
}
