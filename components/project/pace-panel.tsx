import clsx from 'clsx'
import type { Home } from '@/server/queries/get-home'
import { formatCount } from './numbers'
import { Panel } from './panel'

const HEIGHT = 180
const BAR = 14
const STEP = 20

/** Decisions of the last days; every bar has its figures in a title and the whole chart in a sentence. */
export function PacePanel({ pace }: { pace: Home['pace'] }) {
  const totals = pace.map((day) => day.asDrafted + day.fixed + day.refused)
  const most = Math.max(...totals)
  const worked = totals.filter((total) => total > 0)
  const average = worked.length === 0 ? 0 : Math.round(worked.reduce((sum, n) => sum + n, 0) / worked.length)
  const tools =
    average === 0 ? null : (
      <span className="num">
        <span className="font-semibold">{formatCount(average)}</span> <span className="text-fg-3">a working day</span>
      </span>
    )
  return (
    <Panel title="Pace" note={`${pace.length} days`} tools={tools}>
      <div className="flex min-h-0 flex-1 flex-col px-4 pb-3">
        {most === 0 ? (
          <p className="flex flex-1 items-center justify-center text-fg-3">No decisions in the last {pace.length} days.</p>
        ) : (
          <svg
            role="img"
            aria-label={`Decisions a day, ${pace[0]?.day ?? ''} to today. Most: ${most}.`}
            viewBox={`0 0 ${pace.length * STEP - (STEP - BAR)} ${HEIGHT}`}
            preserveAspectRatio="none"
            className="min-h-0 w-full flex-1"
          >
            {[0.33, 0.66, 1].map((line) => (
              <line
                key={line}
                x1="0"
                x2="100%"
                y1={HEIGHT * (1 - line) + 0.5}
                y2={HEIGHT * (1 - line) + 0.5}
                stroke="var(--line)"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            {pace.map((day, index) => (
              <DayBar key={day.day} day={day} x={index * STEP} perPixel={most / HEIGHT} />
            ))}
          </svg>
        )}
        <div className={clsx(most === 0 && 'hidden', 'num mt-2 flex h-5 flex-none items-center justify-between text-fg-3')}>
          <span>{shortDay(pace[0]?.day)}</span>
          <span className="flex items-center gap-3">
            <Key className="bg-v-accepted" label="as drafted" />
            <Key className="bg-v-edited" label="fixed" />
            <Key className="bg-v-rejected" label="refused" />
          </span>
          <span>today</span>
        </div>
      </div>
    </Panel>
  )
}

type Day = Home['pace'][number]

function DayBar({ day, x, perPixel }: { day: Day; x: number; perPixel: number }) {
  const parts = [
    { n: day.fixed, fill: 'var(--v-edited)' },
    { n: day.asDrafted, fill: 'var(--v-accepted)' },
    { n: day.refused, fill: 'var(--v-rejected)' },
  ]
  let top = HEIGHT
  return (
    <g opacity="0.85">
      <title>{`${day.day}: ${day.asDrafted} as drafted, ${day.fixed} fixed, ${day.refused} refused`}</title>
      {parts.map(({ n, fill }) => {
        const height = n / perPixel
        top -= height
        return n === 0 ? null : <rect key={fill} x={x} y={top} width={BAR} height={Math.max(0, height - 1)} fill={fill} />
      })}
    </g>
  )
}

function Key({ className, label }: { className: string; label: string }) {
  return (
    <span className="flex items-center gap-1">
      <span className={`size-1.5 rounded-full ${className}`} />
      {label}
    </span>
  )
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2026-10-26` → `26 Oct` */
function shortDay(day: string | undefined): string {
  const [, month, date] = (day ?? '').split('-').map(Number)
  return month === undefined || date === undefined ? '' : `${date} ${MONTHS[month - 1] ?? ''}`
}
