import clsx from 'clsx'
import { CheckCircle2, Circle, Play, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount } from '@/components/project/numbers'
import { Panel } from '@/components/project/panel'
import { type TableColumn, TableHead } from '@/components/ui/table-head'
import type { RunStatus, StageProgress } from '@/core/pipeline/run-status'
import { leftText, moneyText, rateText } from './run-words'

const GRID = 'grid grid-cols-[164px_minmax(0,1fr)_64px_60px_64px_52px] items-center gap-3 px-4'

const COLUMNS: readonly TableColumn[] = [
  { key: 'stage', label: 'Stage' },
  { key: 'progress', label: 'Progress', isHidden: true },
  { key: 'rate', label: 'Rate', align: 'right' },
  { key: 'left', label: 'Left', align: 'right' },
  { key: 'cost', label: 'Cost', align: 'right' },
  { key: 'failed', label: 'Failed', align: 'right' },
]

/** The fifteen stages: how far, how fast, until when, for how much. */
export function StageTable({ run, tools }: { run: RunStatus; tools?: ReactNode }) {
  return (
    <Panel title="Stages" className="pb-2" tools={tools}>
      <table className="block w-full">
        <TableHead columns={COLUMNS} line={clsx(GRID, 'h-5')} className="block" />
        <tbody className="block">
          {run.stages.map((stage, place) => (
            <StageLine key={stage.stage} stage={stage} place={place} />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

const isDone = (stage: StageProgress) => stage.total !== null && stage.done + stage.failed + stage.cancelled >= stage.total

function StageLine({ stage, place }: { stage: StageProgress; place: number }) {
  const isOver = isDone(stage)
  const number = 'num text-right'
  return (
    <tr className={clsx(GRID, 'h-6')}>
      <th scope="row" className="flex min-w-0 items-center gap-1.5 font-regular">
        <StageMark stage={stage} isOver={isOver} />
        <span className="num w-4 text-right text-fg-3">{place + 1}</span>
        <span className="truncate">{stage.stage}</span>
      </th>
      <td>
        <StageBar stage={stage} isOver={isOver} />
      </td>
      <td className={clsx(number, 'text-fg-2')}>{isOver ? '–' : rateText(stage.perSec)}</td>
      <td className={clsx(number, 'text-fg-2')}>{leftText(stage.total === 0 ? null : stage.leftSec, isOver && stage.total !== 0)}</td>
      <td className={clsx(number, 'text-fg-2')}>{moneyText(stage.costMicroUsd)}</td>
      <td className={clsx(number, stage.failed > 0 ? 'font-semibold text-bad' : 'text-fg-3')}>{formatCount(stage.failed)}</td>
    </tr>
  )
}

/** Shape before colour: a check, a play sign, a triangle, an empty ring. */
function StageMark({ stage, isOver }: { stage: StageProgress; isOver: boolean }) {
  const icon = { size: 12, strokeWidth: 2, role: 'img', className: 'flex-none' } as const
  if (isOver && stage.failed > 0) return <TriangleAlert {...icon} aria-label="ended with failures" className="flex-none text-bad" />
  if (isOver && stage.done > 0) return <CheckCircle2 {...icon} aria-label="done" className="flex-none text-ok" />
  if (stage.done + stage.running > 0) return <Play {...icon} aria-label="at work" className="flex-none text-accent-fg" />
  return <Circle {...icon} aria-label="not begun" className="flex-none text-fg-3" />
}

function StageBar({ stage, isOver }: { stage: StageProgress; isOver: boolean }) {
  const whole = Math.max(1, stage.total ?? 0)
  const width = (n: number) => ({ width: n === 0 ? '0' : `max(3px, ${(n / whole) * 100}%)` })
  const fresh = stage.done - stage.memory
  const words = `${formatCount(stage.done)} of ${stage.total === null ? 'nobody knows yet how many' : formatCount(stage.total)}`
  const more = [
    stage.memory > 0 ? `${formatCount(stage.memory)} from memory` : '',
    stage.running > 0 ? `${formatCount(stage.running)} running` : '',
    stage.retrying > 0 ? `${formatCount(stage.retrying)} will retry` : '',
  ].filter(Boolean)
  const title = [words, ...more].join(', ')
  return (
    <div title={title} className="flex h-2 overflow-hidden rounded-[2px] bg-track">
      <span className="sr-only">{title}</span>
      <span className={clsx('opacity-85', isOver ? 'bg-ok' : 'bg-accent-fg')} style={width(fresh)} />
      <span className={clsx('opacity-45', isOver ? 'bg-ok' : 'bg-accent-fg')} style={width(stage.memory)} />
      <span className="bg-bad" style={width(stage.failed)} />
    </div>
  )
}
