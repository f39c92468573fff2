import clsx from 'clsx'
import { Panel } from '@/components/project/panel'
import { axisOf, bestTrades, columnsOf, spreadLabels, ticksOf } from './plot-layout'
import { type MethodLine, shareText } from './report-words'

const [WIDTH, HEIGHT] = [800, 320] as const
const INNER = { left: 44, right: 690, top: 14, bottom: 278 } as const
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
  const x = (frames: number) => INNER.left + (frames / across.top) * (INNER.right - INNER.left)
  const y = (share: number) => INNER.bottom - (share / up.top) * (INNER.bottom - INNER.top)
  const spots = spotsOf(lines, x, y)
  const best = bestTrades(lines.map(({ method, match }) => ({ frames: method.frames.mean, f1: match.f1 })))
  return (
    <Panel title="Frames used and hits" note={`F1 within ${deltaSec} s`} className="pb-2">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={wordsOf(lines)} className="block w-full text-fg-3">
        {ticksOf(up).map((tick) => (
          <g key={tick}>
            <line x1={INNER.left} x2={INNER.right} y1={y(tick)} y2={y(tick)} className="stroke-line" />
            <text x={INNER.left - 8} y={y(tick) + 4} textAnchor="end" className="num fill-current text-11">
              {shareText(tick)}
            </text>
          </g>
        ))}
        {ticksOf(across).map((tick) => (
          <text key={tick} x={x(tick)} y={INNER.bottom + 16} textAnchor="middle" className="num fill-current text-11">
            {tick}
          </text>
        ))}
        <text x={INNER.right} y={INNER.bottom + 34} textAnchor="end" className="fill-current text-11">
          frames used, mean
        </text>
        {spots.map((spot, at) => (
          <Mark key={spot.line.name} spot={spot} isBest={best.has(at)} y={y} />
        ))}
      </svg>
    </Panel>
  )
}

function spotsOf(lines: readonly MethodLine[], x: (frames: number) => number, y: (share: number) => number): Spot[] {
  const dots = lines.map(({ method, match }) => ({ x: x(method.frames.mean), y: y(match.f1) }))
  const labels = new Map<number, Spot['label']>()
  for (const column of columnsOf(dots, COLUMN)) {
    const heights = spreadLabels(
      column.map((at) => dots[at]?.y ?? 0),
      LABEL_GAP,
      INNER.top,
      INNER.bottom,
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
