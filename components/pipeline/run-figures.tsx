import clsx from 'clsx'
import type { ReactNode } from 'react'
import { countOf, formatCount } from '@/components/project/numbers'
import type { RunStatus } from '@/core/pipeline/run-status'
import { durationText, moneyText } from './run-words'

/** The five figures of a run over one bar: done, and of the rest what has failed. */
export function RunFigures({ run }: { run: RunStatus }) {
  const { videos, budget } = run
  const share = (n: number) => `${videos.total === 0 ? 0 : (n / videos.total) * 100}%`
  const ended = videos.done + videos.failed + videos.cancelled
  return (
    <section
      aria-label="Progress"
      className="col-span-full grid flex-none grid-cols-[repeat(4,minmax(0,1fr))_minmax(0,2fr)] overflow-hidden rounded-4 border border-line bg-panel"
    >
      <Figure label="Videos" value={formatCount(videos.done)} note={`of ${formatCount(videos.total)}`} isFirst />
      <Figure label="Drafts" value={formatCount(run.drafts)} note={draftsNote(run)} />
      <Figure label={run.finishedAt === null ? 'Left' : 'Took'} value={timeValue(run)} note={timeNote(run)} />
      <Figure
        label="Failed"
        value={formatCount(run.failed)}
        note={run.retrying > 0 ? `${formatCount(run.retrying)} will retry` : run.failed > 0 ? countOf(videos.failed, 'video') : 'tasks'}
        isWarn={run.failed > 0}
      />
      <Figure label="Budget" value={moneyText(budget.spentMicroUsd)} note={budgetNote(run)} side={sideNote(run)} />
      <div
        role="progressbar"
        aria-label="Videos done"
        aria-valuemin={0}
        aria-valuemax={videos.total}
        aria-valuenow={ended}
        className="col-span-full flex h-1 bg-track"
      >
        <span className="bg-accent-fg" style={{ width: share(videos.done) }} />
        <span className="bg-bad" style={{ width: share(videos.failed) }} />
      </div>
    </section>
  )
}

type FigureProps = { label: string; value: string; note: string; side?: string; isFirst?: boolean; isWarn?: boolean }

function Figure({ label, value, note, side, isFirst = false, isWarn = false }: FigureProps) {
  return (
    <div className={clsx('min-w-0 px-4 py-3', !isFirst && 'border-line border-l')}>
      <div className="flex items-baseline gap-2 text-11">
        <span className="font-medium text-fg-3">{label}</span>
        {side === undefined ? null : <span className="num ml-auto truncate text-12 text-fg-3">{side}</span>}
      </div>
      <div className="flex items-baseline gap-2">
        <Strong isWarn={isWarn}>{value}</Strong>
        <span className="num truncate text-fg-3" title={note}>
          {note}
        </span>
      </div>
    </div>
  )
}

function Strong({ isWarn, children }: { isWarn: boolean; children: ReactNode }) {
  return <span className={clsx('num flex-none font-semibold text-24 tracking-[-0.02em]', isWarn && 'text-warn')}>{children}</span>
}

function draftsNote(run: RunStatus): string {
  return run.videos.done === 0 ? 'so far' : `${(run.drafts / run.videos.done).toFixed(1)} a video`
}

function timeValue(run: RunStatus): string {
  if (run.finishedAt !== null) return durationText((Date.parse(run.finishedAt) - Date.parse(run.createdAt)) / 1000)
  return run.leftSec === null ? '–' : durationText(run.leftSec)
}

function timeNote(run: RunStatus): string {
  if (run.finishedAt !== null) return ''
  if (run.state === 'paused') return 'paused'
  return run.videosPerMin === null ? 'no pace yet' : `at ${run.videosPerMin.toFixed(1)} a min`
}

function sideNote({ budget }: RunStatus): string {
  const reserved = budget.reservedMicroUsd > 0 ? `${moneyText(budget.reservedMicroUsd)} reserved, ` : ''
  return `${reserved}${budget.capMicroUsd === null ? 'no cap' : `hard cap ${moneyText(budget.capMicroUsd)}`}`
}

function budgetNote({ budget, state }: RunStatus): string {
  const isOver = state === 'done' || state === 'cancelled'
  return isOver || budget.forecastMicroUsd === null ? 'spent' : `spent, about ${moneyText(budget.forecastMicroUsd)} at the end`
}
