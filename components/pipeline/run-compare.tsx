import clsx from 'clsx'
import Link from 'next/link'
import { formatCount } from '@/components/project/numbers'
import { Panel } from '@/components/project/panel'
import { type TableColumn, TableHead } from '@/components/ui/table-head'
import type { RunOutcome } from '@/core/pipeline/run-status'
import { changeText, durationText, moneyText } from './run-words'

type Row = { label: string; of: (run: RunOutcome) => number | null; format: (n: number) => string; isLessBetter: boolean | null }

const ROWS: readonly Row[] = [
  { label: 'Drafts', of: (run) => run.drafts, format: formatCount, isLessBetter: false },
  { label: 'Rejected questions', of: (run) => run.rejectedPairs, format: formatCount, isLessBetter: null },
  { label: 'Flags', of: (run) => run.flags, format: formatCount, isLessBetter: true },
  {
    label: 'Flags a draft',
    of: (run) => (run.drafts === 0 ? null : run.flags / run.drafts),
    format: (n) => n.toFixed(2),
    isLessBetter: true,
  },
  { label: 'Cost', of: (run) => run.costMicroUsd, format: moneyText, isLessBetter: true },
  { label: 'Time', of: (run) => run.durationSec, format: durationText, isLessBetter: true },
]

const COLUMNS: readonly TableColumn[] = [
  { key: 'figure', label: 'Figure', isHidden: true },
  ...ROWS.map(({ label }): TableColumn => ({ key: label, label, align: 'right' })),
]

/** A finished run beside the finished one before it. */
export function RunCompare({ own, before, base }: { own: RunOutcome; before: RunOutcome; base: string }) {
  return (
    <Panel
      title="Compared with the run before"
      className="col-span-full pb-2"
      tools={
        <Link href={`${base}/runs/${before.number}`} className="font-medium text-accent-fg underline-offset-2 hover:underline">
          Run {before.number}
        </Link>
      }
    >
      <table className="mx-4 w-[calc(100%-32px)] table-fixed">
        <TableHead columns={COLUMNS} line="h-6" />
        <tbody className="num">
          <Line name={`Run ${own.number}`} cells={ROWS.map((row) => textOf(row, own))} className="font-semibold" />
          <Line name={`Run ${before.number}`} cells={ROWS.map((row) => textOf(row, before))} className="text-fg-2" />
          <tr className="h-6 border-line border-t">
            <th scope="row" className="text-left font-regular text-fg-3">
              Change
            </th>
            {ROWS.map((row) => (
              <Change key={row.label} row={row} own={row.of(own)} before={row.of(before)} />
            ))}
          </tr>
        </tbody>
      </table>
    </Panel>
  )
}

function textOf(row: Row, run: RunOutcome): string {
  const value = row.of(run)
  return value === null ? '–' : row.format(value)
}

function Line({ name, cells, className }: { name: string; cells: readonly string[]; className: string }) {
  return (
    <tr className="h-6">
      <th scope="row" className="text-left font-regular">
        {name}
      </th>
      {cells.map((cell, place) => (
        <td key={ROWS[place]?.label ?? place} className={clsx('text-right', className)}>
          {cell}
        </td>
      ))}
    </tr>
  )
}

function Change({ row, own, before }: { row: Row; own: number | null; before: number | null }) {
  if (own === null || before === null) return <td className="text-right text-fg-3">–</td>
  const isSame = own === before || row.isLessBetter === null
  const isBetter = own < before === row.isLessBetter
  return (
    <td className={clsx('text-right', isSame ? 'text-fg-3' : isBetter ? 'text-ok' : 'text-warn')}>{changeText(own, before, row.format)}</td>
  )
}
