import clsx from 'clsx'
import Link from 'next/link'
import { memo } from 'react'
import { mediaUrls } from '@/browser/api'
import { formatAge } from '@/components/project/numbers'
import { StateMark } from '@/components/project/state-words'
import { StillImage } from '@/components/project/still-image'
import { Avatar } from '@/components/ui/avatar'
import { FlagBadge } from '@/components/ui/flag-badge'
import { Skeleton } from '@/components/ui/skeleton'
import type { SampleRow } from '@/core/sample-row'
import { taskName } from './filter-column'

export const LINE_HEIGHT = 36
/** Narrow windows do without video and reviewer. */
export const LINE_GRID =
  'grid items-center gap-3 pr-3 pl-4 grid-cols-[44px_minmax(0,1fr)_104px_96px_104px_62px_44px] min-[1440px]:grid-cols-[44px_minmax(0,1fr)_116px_112px_98px_108px_62px_20px_44px] min-[1800px]:grid-cols-[44px_minmax(0,1fr)_180px_180px_110px_132px_76px_24px_56px]'
export const WIDE_ONLY = 'hidden min-[1440px]:block'

const SHOWN_FLAGS = 2
const HIGH_RISK = 0.7

type SampleLineProps = { row: SampleRow | null; href: string; projectId: string; number: number; isCurrent: boolean; nowMs: number }

export const SampleLine = memo(function SampleLine({ row, href, projectId, number, isCurrent, nowMs }: SampleLineProps) {
  if (row === null) return <EmptyLine number={number} />
  return (
    <tr
      aria-rowindex={number + 1}
      className={clsx(
        LINE_GRID,
        'relative h-9 border-line border-b hover:bg-hover',
        isCurrent && 'bg-selected before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent-fg',
      )}
    >
      <td>
        {row.videoId === null || row.thumbFrame === null ? (
          <span className="block h-[25px] w-11 rounded-1 bg-well" />
        ) : (
          <StillImage src={mediaUrls.thumbUrl(projectId, row.videoId, row.thumbFrame)} className="h-[25px] w-11 rounded-1 object-cover" />
        )}
      </td>
      <td className="min-w-0">
        <Link
          href={href}
          prefetch={false}
          data-line={number}
          className="block truncate font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
        >
          {row.question === '' ? <span className="text-fg-3">(no question)</span> : row.question}
        </Link>
      </td>
      <td className={clsx(WIDE_ONLY, 'code-11 truncate text-fg-2')} title={row.videoName ?? ''}>
        {row.videoName === null ? <span className="text-fg-3">no video</span> : baseName(row.videoName)}
      </td>
      <td className="truncate text-fg-2">{taskName(row.task ?? '')}</td>
      <td className="flex">
        <StateMark state={row.state} />
      </td>
      <td className="flex min-w-0 items-center gap-1 overflow-hidden">
        <Flags codes={row.flagCodes} isBlocked={row.isBlocked} />
      </td>
      <td>
        <Risk risk={row.risk} />
      </td>
      <td className={WIDE_ONLY}>{row.reviewer === null ? null : <Avatar name={row.reviewer.name} id={row.reviewer.id} />}</td>
      <td className="num text-right text-fg-3">{formatAge(nowMs - Date.parse(row.updatedAt))}</td>
    </tr>
  )
})

function EmptyLine({ number }: { number: number }) {
  return (
    <tr aria-rowindex={number + 1} aria-busy className={clsx(LINE_GRID, 'h-9 border-line border-b')}>
      <td>
        <Skeleton className="h-[25px] w-11" />
      </td>
      <td>
        <Skeleton className="h-3 w-3/5" />
      </td>
      <td>
        <Skeleton className="h-3 w-20" />
      </td>
      <td>
        <Skeleton className="h-3 w-16" />
      </td>
    </tr>
  )
}

/** Two codes, the rest as a number. The triangle marks the sample as blocked; which code does it is said on the review screen. */
function Flags({ codes, isBlocked }: { codes: readonly string[]; isBlocked: boolean }) {
  const rest = codes.length - SHOWN_FLAGS
  return (
    <>
      {codes.slice(0, SHOWN_FLAGS).map((code) => (
        <FlagBadge key={code} code={code} blocking={isBlocked && BLOCKING.has(code)} />
      ))}
      {rest > 0 ? <span className="num text-11 text-fg-3">+{rest}</span> : null}
    </>
  )
}

/** Codes whose rules ever block a sample; with `isBlocked` this names the right one in all but mixed cases. */
const BLOCKING: ReadonlySet<string> = new Set(['B1', 'V1', 'S1', 'F4', 'B3'])

function Risk({ risk }: { risk: number }) {
  return (
    <span className="flex items-center gap-1.5" title={`Risk ${risk.toFixed(2)} of 1`}>
      <span className="block h-1 w-7 overflow-hidden rounded-[2px] bg-track">
        <span className={clsx('block h-1', risk >= HIGH_RISK ? 'bg-warn' : 'bg-fg-3')} style={{ width: `${risk * 100}%` }} />
      </span>
      <span className="num">{risk.toFixed(2).replace(/^0/, '')}</span>
    </span>
  )
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
