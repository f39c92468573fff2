'use client'

import clsx from 'clsx'
import { useEffect, useRef } from 'react'
import { mediaUrls } from '@/browser/api'
import { Kbd } from '@/components/ui/kbd'
import { objectClass } from '@/components/ui/object-chip'
import { objectNumber, recordAt } from '@/core/document'
import { iou } from '@/core/geometry'
import type { Conflict } from '@/core/merge'
import type { BoxRecord, DocRecord, SampleDocument } from '@/core/records'
import { Sentence } from '../chain/sentence'
import { TextDiff } from '../chain/text-diff'
import { useReview, useSession } from '../review-context'
import { ratioText } from '../stage-boxes'
import type { Choice } from './conflict-sides'
import { recordOf } from './conflict-sides'
import { RecordName } from './record-name'

type Sides = Readonly<Record<Choice, SampleDocument>>
type ConflictRowProps = {
  readonly conflict: Conflict
  readonly sides: Sides
  readonly choice: Choice | null
  readonly isActive: boolean
  readonly onChoose: (choice: Choice) => void
}

const ORDER: readonly { side: Choice; key: string; name: string }[] = [
  { side: 'draft', key: 'ArrowLeft', name: 'Draft' },
  { side: 'theirs', key: 'ArrowDown', name: 'Theirs' },
  { side: 'mine', key: 'ArrowRight', name: 'Yours' },
]

export function ConflictRow({ conflict, sides, choice, isActive, onChoose }: ConflictRowProps) {
  const current = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isActive) current.current?.focus()
  }, [isActive])
  return (
    <div
      role="radiogroup"
      aria-label={`${conflict.recordId} ${conflict.field ?? ''}`}
      className="mt-3 grid grid-cols-[132px_repeat(3,minmax(0,1fr))] items-stretch gap-3 first:mt-0"
    >
      <div className="flex flex-col gap-1 pt-3 font-semibold">
        <RecordName recordId={conflict.recordId} doc={sides.mine} other={sides.theirs} />
        <span className="font-regular text-fg-3">{conflict.field ?? 'whole record'}</span>
      </div>
      {ORDER.map(({ side, key, name }) => {
        const isChosen = choice === side
        return (
          // biome-ignore lint/a11y/useSemanticElements: a card with a picture, not a plain radio
          <button
            key={side}
            ref={side === (choice ?? 'theirs') ? current : undefined}
            type="button"
            role="radio"
            aria-checked={isChosen}
            aria-label={`${name}: keep`}
            onClick={() => onChoose(side)}
            className={clsx(
              'flex min-w-0 flex-col gap-2 rounded-3 p-3 text-left ring-inset',
              isChosen ? 'bg-accent-soft ring-[1.5px] ring-accent-fg' : 'ring-1 ring-line-strong hover:bg-hover',
            )}
          >
            <span className="flex w-full items-center gap-2">
              <span
                aria-hidden
                className={clsx(
                  'size-3.5 flex-none rounded-full',
                  isChosen ? 'border-[4.5px] border-accent-fg' : 'border-[1.5px] border-line-control',
                )}
              />
              <span className={clsx('flex-1', isChosen ? 'font-semibold' : 'text-fg-3')}>{isChosen ? 'Keep this' : 'Keep'}</span>
              <Kbd keys={key} />
            </span>
            <SideView record={recordOf(sides[side], conflict.recordId)} doc={sides[side]} draft={sides.draft} />
          </button>
        )
      })}
    </div>
  )
}

function SideView({ record, doc, draft }: { record: DocRecord | null; doc: SampleDocument; draft: SampleDocument }) {
  if (record === null) return <span className="text-fg-3">Removed</span>
  const before = recordOf(draft, record.id)
  switch (record.type) {
    case 'step':
      return (
        <span className="pointer-events-none whitespace-normal text-13">
          <Sentence tokens={record.tokens} document={doc} before={before?.type === 'step' ? before.tokens : null} />
        </span>
      )
    case 'question':
      return <TextSide before={before?.type === 'question' ? before.text : record.text} after={record.text} />
    case 'answer': {
      const text =
        record.options.length === 0
          ? record.text
          : record.options.map((option, place) => `${record.correctIndex === place ? '● ' : ''}${option}`).join('\n')
      return <span className="whitespace-pre-line text-13">{text}</span>
    }
    case 'task':
      return <span className="text-13">{record.task ?? 'No task'}</span>
    case 'object':
      return <span className="text-13">{record.phrase}</span>
    case 'coreFrame':
      return (
        <span className="num text-13">
          Frame {record.index ?? 'not found'} <span className="block text-fg-2">{record.caption}</span>
        </span>
      )
    case 'box':
      return <BoxSide box={record} doc={doc} before={before?.type === 'box' ? before : null} />
  }
}

function TextSide({ before, after }: { before: string; after: string }) {
  return (
    <span className="whitespace-normal text-13">
      <TextDiff before={before} after={after} />
    </span>
  )
}

/** The part of the still around the box, with the draft's box dashed. */
function BoxSide({ box, doc, before }: { box: BoxRecord; doc: SampleDocument; before: BoxRecord | null }) {
  const { project } = useSession()
  const video = useReview((state) => state.sample.video)
  const frame = recordAt(doc, box.frameId, 'coreFrame')
  const { x, y, w, h } = box.rect
  const index = frame?.index ?? null
  const room = { w: Math.max(w, before?.rect.w ?? 0) * 1.5, h: Math.max(h, before?.rect.h ?? 0) * 1.5 }
  const width = Math.max(room.w, (room.h * 16) / 7)
  const height = (width * 7) / 16
  const view = `${x + w / 2 - width / 2} ${y + h / 2 - height / 2} ${width} ${height}`
  const isSame = before !== null && iou(before.rect, box.rect) > 0.9999
  return (
    <>
      <svg
        viewBox={view}
        preserveAspectRatio="xMidYMid slice"
        className={clsx('aspect-[16/7] w-full rounded-2 bg-stage', objectClass(Math.max(1, objectNumber(doc, box.objectId))))}
        aria-hidden
      >
        {video?.isReady && index !== null ? (
          <image href={mediaUrls.stillUrl(project.id, video.id, index)} width={video.width ?? 0} height={video.height ?? 0} />
        ) : null}
        {before === null || isSame ? null : <Outline rect={before.rect} stroke="var(--box-ghost)" dash="5 4" />}
        <Outline rect={box.rect} stroke="var(--bc)" />
      </svg>
      <span className="num text-fg-3">
        {[x, y, w, h].map((side) => Math.round(side)).join(' ')}
        {before === null || isSame ? '' : <span className="text-fg-2"> IoU with draft {ratioText(iou(before.rect, box.rect))}</span>}
      </span>
    </>
  )
}

function Outline({ rect: { x, y, w, h }, stroke, dash }: { rect: BoxRecord['rect']; stroke: string; dash?: string }) {
  const shape = { x, y, width: w, height: h, fill: 'none', vectorEffect: 'non-scaling-stroke' } as const
  return (
    <>
      <rect {...shape} stroke="var(--box-halo)" strokeWidth={4} strokeDasharray={dash} />
      <rect {...shape} stroke={stroke} strokeWidth={2} strokeDasharray={dash} />
    </>
  )
}
