import clsx from 'clsx'
import Link from 'next/link'
import { formatCount } from '@/components/project/numbers'
import { type TableColumn, TableHead } from '@/components/ui/table-head'
import type { RunSummary } from '@/core/pipeline/run-status'
import { LocalTime } from './local-time'
import { RunStateTag } from './run-state-tag'
import { durationText, moneyText, presetName } from './run-words'

const GRID = 'grid grid-cols-[64px_132px_minmax(112px,1fr)_64px_64px_84px_160px_minmax(80px,140px)_84px] items-center gap-3 px-5'

const COLUMNS: readonly TableColumn[] = [
  { key: 'run', label: 'Run' },
  { key: 'state', label: 'State' },
  { key: 'models', label: 'Models' },
  { key: 'videos', label: 'Videos', align: 'right' },
  { key: 'drafts', label: 'Drafts', align: 'right' },
  { key: 'cost', label: 'Cost', align: 'right' },
  { key: 'started', label: 'Started', className: 'pl-4' },
  { key: 'by', label: 'By' },
  { key: 'took', label: 'Took', align: 'right' },
]

/** Runs, newest first. */
export function RunsTable({ runs, base }: { runs: readonly RunSummary[]; base: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <section tabIndex={0} aria-label="Runs" className="-outline-offset-2 min-h-0 flex-1 overflow-y-auto">
      <table className="block w-full">
        <TableHead columns={COLUMNS} line={clsx(GRID, 'h-7 border-line border-b bg-app')} className="sticky top-0 z-10 block" />
        <tbody className="block">
          {runs.map((run) => (
            <RunLine key={run.id} run={run} base={base} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function RunLine({ run, base }: { run: RunSummary; base: string }) {
  return (
    <tr className={clsx(GRID, 'relative h-10 border-line border-b hover:bg-hover')}>
      <th scope="row" className="text-left font-medium">
        {/* The whole line leads to the run; the link is what keyboards and screen readers meet. */}
        <Link href={`${base}/runs/${run.number}`} className="rounded-1 after:absolute after:inset-0 after:content-['']">
          Run {run.number}
        </Link>
      </th>
      <td title={run.stateReason ?? undefined}>
        <RunStateTag run={run} />
      </td>
      <td className="truncate text-fg-2">
        {presetName(run.preset)}
        {run.freshFrom === null ? null : <span className="text-fg-3"> · anew from {run.freshFrom}</span>}
      </td>
      <td className="num text-right text-fg-2">{formatCount(run.videos)}</td>
      <td className="num text-right font-medium">{formatCount(run.drafts)}</td>
      <td className="num text-right text-fg-2">{moneyText(run.costMicroUsd)}</td>
      <td className="num truncate pl-4 text-fg-2">
        <LocalTime iso={run.createdAt} isLong />
      </td>
      <td className="truncate text-fg-2">{run.startedBy ?? 'Crema'}</td>
      <td className="num text-right text-fg-2">
        {run.finishedAt === null ? '–' : durationText((Date.parse(run.finishedAt) - Date.parse(run.createdAt)) / 1000)}
      </td>
    </tr>
  )
}
