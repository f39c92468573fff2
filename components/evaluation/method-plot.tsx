'use client'

import clsx from 'clsx'
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { Panel } from '@/components/project/panel'
import { axisOf, bestTrades, columnsOf, spreadLabels, ticksOf } from './plot-layout'
import { type MethodLine, shareText } from './report-words'

/** Before the plot knows its place, and where nobody lays it out. */
const FIRST = { width: 640, height: 340 } as const
/** Around the plot, in pixels: shares before it, names of methods behind it, frames below it. */
const MARGIN = { left: 44, right: 112, top: 14, bottom: 44 } as const
const LABEL_GAP = 15
/** Dots closer together than this share one column of labels. */
const COLUMN = 90

/** `label` = where its name stands: to the right of all dots of its column. */
type Spot = {
  readonly line: MethodLine
  readonly x: number
  readonly y: number
  readonly label: { readonly x: number; readonly y: number }
}

/** Frames used against F1. Up and left is better; filled dots are methods that no other beats in both. */
export function MethodPlot({ lines, deltaSec }: { lines: readonly MethodLine[]; deltaSec: 1 | 2 }) {
  const across = axisOf(Math.max(...lines.map(({ method }) => method.frames.mean)) * 1.05)
  const up = axisOf(Math.max(0.05, ...lines.map(({ match }) => match.interval?.[1] ?? match.f1)))
  const place = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(place)
  const inner = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom }
  const x = (frames: number) => inner.left + (frames / across.top) * (inner.right - inner.left)
  const y = (share: number) => inner.bottom - (share / up.top) * (inner.bottom - inner.top)
  const spots = spotsOf(lines, x, y, inner)
  const best = bestTrades(lines.map(({ method, match }) => ({ frames: method.frames.mean, f1: match.f1 })))
  return (
    <Panel title="Frames used and hits" note={`F1 within ${deltaSec} s`} className="pb-2">
      <div ref={place} className="relative min-h-[340px] flex-1">
        <svg width={width} height={height} role="img" aria-label={wordsOf(lines)} className="absolute inset-0 text-fg-3">
          {ticksOf(up).map((tick) => (
            <g key={tick}>
              <line x1={inner.left} x2={inner.right} y1={y(tick)} y2={y(tick)} className="stroke-line" />
              <text x={inner.left - 8} y={y(tick) + 4} textAnchor="end" className="num fill-current text-11">
                {shareText(tick)}
              </text>
            </g>
          ))}
          {ticksOf(across).map((tick) => (
            <text key={tick} x={x(tick)} y={inner.bottom + 16} textAnchor="middle" className="num fill-current text-11">
              {tick}
            </text>
          ))}
          <text x={inner.right} y={inner.bottom + 34} textAnchor="end" className="fill-current text-11">
            frames used, mean
          </text>
          {spots.map((spot, at) => (
            <Mark key={spot.line.name} spot={spot} isBest={best.has(at)} y={y} />
          ))}
        </svg>
      </div>
    </Panel>
  )
}

/** Pixels of an element, followed: letters and dots keep their size whatever room there is. */
function useSize(ref: RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState<{ width: number; height: number }>(FIRST)
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const sizes = new ResizeObserver(measure)
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [ref])
  return size
}

type Inner = { readonly top: number; readonly bottom: number }

function spotsOf(
  lines: readonly MethodLine[],
  x: (frames: number) => number,
  y: (share: number) => number,
  { top, bottom }: Inner,
): Spot[] {
  const dots = lines.map(({ method, match }) => ({ x: x(method.frames.mean), y: y(match.f1) }))
  const labels = new Map<number, Spot['label']>()
  for (const column of columnsOf(dots, COLUMN)) {
    const heights = spreadLabels(
      column.map((at) => dots[at]?.y ?? 0),
      LABEL_GAP,
      top,
      bottom,
    )
    const right = Math.max(...column.map((at) => dots[at]?.x ?? 0))
    for (const [place, at] of column.entries()) labels.set(at, { x: right, y: heights[place] ?? 0 })
  }
  return lines.map((line, at) => ({ line, x: dots[at]?.x ?? 0, y: dots[at]?.y ?? 0, label: labels.get(at) ?? { x: 0, y: 0 } }))
}

function Mark({ spot: { line, x, y: height, label }, isBest, y }: { spot: Spot; isBest: boolean; y: (share: number) => number }) {
  const { interval } = line.match
  return (
    <g className={isBest ? 'text-accent-fg' : 'text-fg-3'}>
      <title>{`${line.name}: ${line.method.frames.mean.toFixed(2)} frames, F1 ${shareText(line.match.f1)}`}</title>
      {interval === null ? null : <line x1={x} x2={x} y1={y(interval[0])} y2={y(interval[1])} className="stroke-current opacity-50" />}
      <path d={`M${x + 5} ${height} L${label.x + 14} ${label.y} H${label.x + 18}`} className="fill-none stroke-line-strong" />
      <circle cx={x} cy={height} r={4} strokeWidth={1.5} className={clsx('stroke-current', isBest ? 'fill-current' : 'fill-panel')} />
      <text x={label.x + 21} y={label.y + 4} className={clsx('text-11', isBest ? 'fill-fg font-medium' : 'fill-fg-2')}>
        {line.name}
      </text>
    </g>
  )
}

/** The plot in words, for those who do not see it. */
function wordsOf(lines: readonly MethodLine[]): string {
  const all = lines.map(({ name, method, match }) => `${name} ${method.frames.mean.toFixed(2)} frames F1 ${shareText(match.f1)}`)
  return `Frames used against F1: ${all.join('; ')}`
}
