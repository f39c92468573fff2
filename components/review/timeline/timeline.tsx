'use client'

import clsx from 'clsx'
import type { KeyboardEvent, PointerEvent } from 'react'
import { frameOfShare, shareOfFrame } from '@/browser/frame-clock'
import { type FrameTable, frameAt, frameCount } from '@/core/frame-table'
import { formatTimecode } from '@/core/time'
import { LaneRow, Ruler } from './lane-row'
import type { Lane } from './timeline-types'

type TimelineProps = {
  readonly frames: FrameTable
  readonly lanes: readonly Lane[]
  /** The frame on the stage; null = none. */
  readonly index: number | null
  readonly onPeek: (index: number) => void
  /** `column` = names of the lanes before them; `inside` = small, in the lanes themselves. */
  readonly labels: 'column' | 'inside'
  readonly hasRuler?: boolean
}

/** Lanes over the whole video, all on one scale. A press or a drag anywhere looks at that frame; marks and spans are buttons. */
export function Timeline({ frames, lanes, index, onPeek, labels, hasRuler = false }: TimelineProps) {
  return (
    <div className={clsx('grid min-w-0', labels === 'column' ? 'grid-cols-[116px_minmax(0,1fr)]' : 'grid-cols-[minmax(0,1fr)]')}>
      {labels === 'column' ? (
        <div aria-hidden="true" className="border-line border-r">
          {hasRuler ? <div className="h-5 border-line border-b bg-app" /> : null}
          {lanes.map((lane) => (
            <div
              key={lane.id}
              style={{ height: lane.height }}
              className="flex items-center gap-1.5 whitespace-nowrap pr-2 pl-3 text-11 text-fg-2"
            >
              {lane.icon}
              {lane.label}
            </div>
          ))}
        </div>
      ) : null}
      <div data-lanes className="relative isolate min-w-0 overflow-hidden">
        <Playhead frames={frames} index={index} onPeek={onPeek} hasFlag={hasRuler} />
        {hasRuler ? <Ruler frames={frames} /> : null}
        {lanes.map((lane, place) => (
          <div
            key={lane.id}
            style={{ height: lane.height }}
            className={clsx('pointer-events-none relative border-line', place < lanes.length - 1 && 'border-b')}
          >
            {labels === 'inside' && lane.kind !== 'curve' ? (
              <span aria-hidden className={clsx('absolute inset-y-0 flex items-center text-10 text-fg-3', labelSide(frames, lane))}>
                {lane.label}
              </span>
            ) : null}
            <LaneRow frames={frames} lane={lane} />
          </div>
        ))}
      </div>
    </div>
  )
}

/** Part of the width that a name inside a lane takes. */
const LABEL_SHARE = 0.13

/** Where a lane's name stands inside it: before its marks, unless one of the first stands there and none at the end. */
function labelSide(frames: FrameTable, lane: Exclude<Lane, { kind: 'curve' }>): 'left-3' | 'right-3' {
  const indices =
    lane.kind === 'marks' ? lane.marks.map(({ index }) => index) : lane.spans.flatMap((span) => [span.startIndex, span.endIndex])
  const shares = indices.map((index) => shareOfFrame(frames, index))
  return shares.some((share) => share < LABEL_SHARE) && !shares.some((share) => share > 1 - LABEL_SHARE) ? 'right-3' : 'left-3'
}

type PlayheadProps = Pick<TimelineProps, 'frames' | 'index' | 'onPeek'> & { readonly hasFlag: boolean }

/** The bar behind all lanes: it takes the pointer wherever no mark is, and the arrow keys. */
function Playhead({ frames, index, onPeek, hasFlag }: PlayheadProps) {
  const last = frameCount(frames) - 1
  const now = Math.min(last, Math.max(0, index ?? 0))
  const at = (event: PointerEvent<HTMLElement>) => {
    const bounds = event.currentTarget.getBoundingClientRect()
    return frameOfShare(frames, bounds.width > 0 ? (event.clientX - bounds.left) / bounds.width : 0)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 10 : 1
    const next = { ArrowLeft: now - step, ArrowDown: now - step, ArrowRight: now + step, ArrowUp: now + step, Home: 0, End: last }[
      event.key
    ]
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    onPeek(Math.min(last, Math.max(0, next)))
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Frame shown"
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={now}
      aria-valuetext={`frame ${now}, ${formatTimecode(frameAt(frames, now).timeSec)}`}
      className="absolute inset-0 touch-none select-none -outline-offset-2"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        onPeek(at(event))
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
        const next = at(event)
        if (next !== index) onPeek(next)
      }}
    >
      {index === null ? null : (
        <span
          className="pointer-events-none absolute inset-y-0 z-30 w-px bg-accent-fg"
          style={{ left: `${shareOfFrame(frames, now) * 100}%` }}
        >
          {hasFlag ? (
            <i className="-left-[5.5px] absolute top-0.5 h-3.5 w-3 bg-accent-fg [clip-path:polygon(0_0,100%_0,100%_60%,50%_100%,0_60%)]" />
          ) : null}
        </span>
      )}
    </div>
  )
}
