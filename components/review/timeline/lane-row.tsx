'use client'

import clsx from 'clsx'
import type { KeyboardEvent, ReactNode } from 'react'
import { extentOf, shareOfFrame } from '@/browser/frame-clock'
import { VerdictMark } from '@/components/ui/verdict-mark'
import { type FrameTable, frameCount } from '@/core/frame-table'
import { CURVE_WIDTH, curveArea, curveLine } from './curve-path'
import { rulerTicks } from './ruler-ticks'
import type { Lane, LaneCurve, LaneMark, LaneSpan } from './timeline-types'

const percent = (share: number) => `${share * 100}%`

/** What a lane holds. Only its marks and spans take the pointer; everything between them is the bar below. */
export function LaneRow({ frames, lane }: { frames: FrameTable; lane: Lane }) {
  if (lane.kind === 'curve') return lane.curve === null ? null : <Curve frames={frames} curve={lane.curve} height={lane.height} />
  const count = lane.kind === 'marks' ? lane.marks.length : lane.spans.length
  if (count === 0) return <p className="truncate px-2 text-10 text-fg-3 leading-6">{lane.empty ?? ''}</p>
  return (
    <ul aria-label={lane.label} className="contents">
      {lane.kind === 'marks'
        ? lane.marks.map((mark, place) => <Mark key={mark.id} frames={frames} mark={mark} next={lane.marks[place + 1]} />)
        : lane.spans.map((span) => <Span key={span.id} frames={frames} span={span} />)}
    </ul>
  )
}

/** A label is left out where the next mark would stand on it. */
const LABEL_SHARE = 0.07

const LOOKS: Readonly<Record<LaneMark['look'], string>> = {
  filled: 'size-3 rounded-[2px] bg-fg ring-2 ring-panel',
  hollow: 'size-3 rounded-[2px] border-2 border-accent-fg bg-panel',
  other: 'size-2.5 rounded-[2px] border border-o-5 border-dashed bg-panel',
}

function Mark({ frames, mark, next }: { frames: FrameTable; mark: LaneMark; next: LaneMark | undefined }) {
  const share = shareOfFrame(frames, mark.index)
  const isCrowded = next !== undefined && shareOfFrame(frames, next.index) - share < LABEL_SHARE
  const isLast = share > 0.95
  return (
    <li className="pointer-events-none absolute inset-y-0 z-10 flex items-center" style={{ left: percent(share) }}>
      <LaneButton of={mark} className="-ml-2 flex size-4 flex-none items-center justify-center">
        <span className={clsx('rotate-45', LOOKS[mark.look], mark.isCurrent && mark.look === 'filled' && 'bg-accent-fg!')} />
      </LaneButton>
      {mark.label === '' || isCrowded ? null : (
        <span
          aria-hidden
          className={clsx(
            'num absolute font-medium text-10',
            isLast ? 'right-full mr-2.5' : 'left-full ml-2.5',
            mark.isCurrent ? 'text-fg' : 'text-fg-2',
          )}
        >
          {mark.label}
        </span>
      )}
    </li>
  )
}

function Span({ frames, span }: { frames: FrameTable; span: LaneSpan }) {
  const left = shareOfFrame(frames, span.startIndex)
  const right = span.endIndex + 1 < frameCount(frames) ? shareOfFrame(frames, span.endIndex + 1) : 1
  return (
    <li
      className={clsx('pointer-events-none absolute inset-y-1', span.isCurrent ? 'z-20' : 'z-10')}
      style={{ left: percent(left), width: percent(Math.max(0, right - left)) }}
    >
      <LaneButton
        of={span}
        className={clsx(
          'flex h-full w-full min-w-2 items-center gap-1 overflow-hidden whitespace-nowrap border px-1 text-10',
          span.isCurrent ? 'border-accent-fg border-x-[3px] bg-selected text-fg' : 'border-line-strong bg-control text-fg-2',
        )}
      >
        <VerdictMark verdict={span.verdict} size={12} isDecoration />
        <span className="truncate">{span.label}</span>
      </LaneButton>
    </li>
  )
}

type LaneButtonProps = { of: Pick<LaneMark, 'name' | 'isCurrent' | 'onPress'>; className: string; children: ReactNode }

/** What a lane holds can be pressed, is named, and is one of the marks that the arrow keys go through. */
function LaneButton({ of: { name, isCurrent, onPress }, className, children }: LaneButtonProps) {
  return (
    <button
      type="button"
      data-mark
      title={name}
      aria-label={name}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={onPress}
      onKeyDown={moveMark}
      className={clsx('pointer-events-auto rounded-1', className)}
    >
      {children}
    </button>
  )
}

function Curve({ frames, curve, height }: { frames: FrameTable; curve: LaneCurve; height: number }) {
  // Above the curve stands its legend, which must not lie on it.
  const room = height - LEGEND_HEIGHT
  const points = curve.values.map(({ index, value }) => ({ share: shareOfFrame(frames, index), value }))
  return (
    <>
      <svg
        viewBox={`0 0 ${CURVE_WIDTH} ${room}`}
        preserveAspectRatio="none"
        style={{ height: room }}
        className="pointer-events-none absolute inset-x-0 bottom-0 w-full"
        aria-hidden="true"
      >
        <path d={curveArea(points, room)} className="fill-accent-fg" opacity="0.12" />
        <path d={curveLine(points, room)} fill="none" strokeWidth="1.5" vectorEffect="non-scaling-stroke" className="stroke-accent-fg" />
      </svg>
      <ul aria-label="Legend" className="pointer-events-none absolute top-0.5 left-3 flex gap-3">
        <li className={LEGEND}>
          <span className="w-3 border-accent-fg border-t-2" aria-hidden />
          <span className="rounded-1 bg-panel/80 px-0.5">{curve.label}</span>
        </li>
        {curve.legend.map(({ label, look }) => (
          <li key={label} className={LEGEND}>
            <span className={clsx('rotate-45 scale-75', LOOKS[look])} aria-hidden />
            <span className="rounded-1 bg-panel/80 px-0.5">{label}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

const LEGEND_HEIGHT = 18
const LEGEND = 'flex items-center gap-1 text-10 text-fg-2'

/** Times over the lanes. */
export function Ruler({ frames }: { frames: FrameTable }) {
  return (
    <div aria-hidden="true" className="pointer-events-none relative h-5 overflow-hidden border-line border-b bg-app">
      {rulerTicks(extentOf(frames)).map(({ share, text }) => (
        <span key={text} className="absolute inset-y-0" style={{ left: percent(share) }}>
          <i className="absolute bottom-0 h-1 w-px bg-line-strong" />
          <span className={clsx('code-11 absolute top-0.5 text-[10px] text-fg-3', share > 0.02 && '-translate-x-1/2')}>{text}</span>
        </span>
      ))}
    </div>
  )
}

/** Left and right go from mark to mark of all lanes in the order in which they stand; they must not reach the stage. */
function moveMark(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (by === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const marks = [...(event.currentTarget.closest('[data-lanes]')?.querySelectorAll<HTMLElement>('[data-mark]') ?? [])]
  event.preventDefault()
  event.stopPropagation()
  const next = marks[marks.indexOf(event.currentTarget) + by]
  next?.focus({ focusVisible: true } as FocusOptions)
}
