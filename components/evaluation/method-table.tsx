'use client'

import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Panel } from '@/components/project/panel'
import { type TableColumn, TableHead } from '@/components/ui/table-head'
import { METHOD_NAMES } from '@/core/selection/method-names'
import type { MethodSummary } from '@/core/selection/report-summary'
import { COLUMNS, type ColumnId, type MethodLine, msText, shareText, sortLines, teraText } from './report-words'

const MOST_BARS = 6
/** No higher than a digit, on whose line the bars stand. */
const BAR_HEIGHT = 10

/** All methods; a press on a head sorts by it, best first, a second press turns the order round. */
export function MethodTable({ lines, tools }: { lines: readonly MethodLine[]; tools?: ReactNode }) {
  const [{ id, isTurned }, setSort] = useState<{ id: ColumnId; isTurned: boolean }>({ id: 'f1', isTurned: false })
  return (
    <Panel title="Methods" tools={tools} className="pb-2">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <section tabIndex={0} aria-label="Methods" className="overflow-x-auto px-4">
        <table className="w-full border-separate border-spacing-0">
          <TableHead
            line="h-7"
            columns={COLUMNS.map((column): TableColumn => {
              const order = column.id !== id ? undefined : (column.isMoreBetter === true) === isTurned ? 'ascending' : 'descending'
              const sort = () => setSort({ id: column.id, isTurned: column.id === id && !isTurned })
              return {
                key: column.id,
                label: <SortButton column={column} order={order} onSort={sort} />,
                align: column.id === 'name' ? 'left' : 'right',
                order,
                className: 'p-0',
              }
            })}
          />
          <tbody>
            {sortLines(lines, id, isTurned).map((line) => (
              <Line key={line.method.method} line={line} />
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  )
}

type SortProps = { column: (typeof COLUMNS)[number]; order: TableColumn['order']; onSort: () => void }

function SortButton({ column: { id, label, about }, order, onSort }: SortProps) {
  const Arrow = order === 'descending' ? ArrowDown : ArrowUp
  return (
    <button
      type="button"
      title={about}
      onClick={onSort}
      className={clsx(
        'flex h-7 w-full items-center gap-0.5 whitespace-nowrap rounded-1 hover:text-fg',
        id === 'name' ? 'justify-start' : 'justify-end pl-2',
        order === undefined ? 'text-fg-3' : 'text-fg',
      )}
    >
      {order === undefined ? null : <Arrow size={11} strokeWidth={2} aria-hidden />}
      {label}
    </button>
  )
}

function Line({ line: { method, name, match, cost } }: { line: MethodLine }) {
  const interval = match.interval === null ? undefined : `95 %: ${match.interval.map(shareText).join(' to ')}`
  return (
    <tr className="hover:bg-hover">
      <th scope="row" title={METHOD_NAMES[method.method].about} className="h-7 whitespace-nowrap text-left font-medium">
        {name}
      </th>
      <Cell isStrong>
        <span className="inline-flex items-baseline justify-end gap-2">
          <Sizes histogram={method.frames.histogram} samples={method.samples} />
          {method.frames.mean.toFixed(2)}
        </span>
      </Cell>
      <Cell>{shareText(method.reduction)}</Cell>
      <Cell>{shareText(match.precision)}</Cell>
      <Cell>{shareText(match.recall)}</Cell>
      <Cell isStrong title={interval}>
        {shareText(match.f1)}
        {match.interval === null ? null : (
          <span className="font-regular text-fg-3"> ±{shareText((match.interval[1] - match.interval[0]) / 2)}</span>
        )}
      </Cell>
      <Cell>{shareText(method.proximity)}</Cell>
      <Cell>{method.lookedAt.toFixed(1)}</Cell>
      <Cell>{msText(method.ms)}</Cell>
      <Cell>{teraText(cost.selector)}</Cell>
      <Cell>{teraText(cost.total)}</Cell>
      <Cell>{teraText(cost.paperStyle)}</Cell>
    </tr>
  )
}

function Cell({ children, isStrong = false, title }: { children: ReactNode; isStrong?: boolean; title?: string | undefined }) {
  return (
    <td title={title} className={clsx('num whitespace-nowrap pl-2 text-right', isStrong ? 'font-medium text-fg' : 'text-fg-2')}>
      {children}
    </td>
  )
}

/** How many samples got 1, 2, 3 … frames; the last bar stands for all above. */
function Sizes({ histogram, samples }: { histogram: MethodSummary['frames']['histogram']; samples: number }) {
  const words = histogram.map(({ frames, samples: n }) => `${frames}: ${n}`).join(', ')
  const bars = Array.from({ length: MOST_BARS }, (_, at) =>
    histogram
      .filter(({ frames }) => frames === at + 1 || (at === MOST_BARS - 1 && frames > MOST_BARS))
      .reduce((sum, { samples: n }) => sum + n, 0),
  )
  return (
    <svg
      viewBox={`0 0 30 ${BAR_HEIGHT}`}
      width={30}
      height={BAR_HEIGHT}
      role="img"
      aria-label={`Samples by frames: ${words}`}
      className="flex-none"
    >
      <title>{`Samples by frames: ${words}`}</title>
      {bars.map((n, at) => {
        const height = n === 0 ? 1 : 2 + (n / samples) * (BAR_HEIGHT - 2)
        const look = n === 0 ? 'fill-track' : 'fill-fg-3'
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is the number of frames
        return <rect key={at} x={at * 5} y={BAR_HEIGHT - height} width={4} height={height} className={look} />
      })}
    </svg>
  )
}
