'use client'

import { Crosshair } from 'lucide-react'
import { LocalTime } from '@/components/pipeline/local-time'
import { countOf } from '@/components/project/numbers'
import { PageHead } from '@/components/project/page-head'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import type { ReportList } from '@/core/selection/report-status'
import { ReportFigures } from './report-figures'
import { ReportForm } from './report-form'
import { ReportFailed, ReportProgress } from './report-progress'
import { optionsText } from './report-words'
import { useReports } from './use-reports'

type SelectorScreenProps = { projectId: string; base: string; canManage: boolean; first: ReportList }

/** How well each method of choosing frames hits the core frames that people settled on. */
export function SelectorScreen({ projectId, base, canManage, first }: SelectorScreenProps) {
  const { reviewed, done, shown, figures, atWork, failed, choose, start, cancel } = useReports(projectId, first)
  const summary = figures.data?.summary ?? null
  const note =
    summary === null
      ? undefined
      : `${countOf(summary.samples, 'settled sample')}, ${countOf(summary.reviewed, 'core frame')}, ${countOf(summary.videos, 'video')}`
  return (
    <>
      <PageHead title="Selector" note={note}>
        {shown === null ? null : <ReportPicker done={done} shown={shown.id} onChoose={choose} />}
      </PageHead>
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-5">
        {atWork !== null ? (
          <ReportProgress report={atWork} onCancel={canManage ? () => cancel.mutate(atWork.id) : null} />
        ) : canManage && (reviewed > 0 || shown !== null) ? (
          <ReportForm reviewed={reviewed} isBusy={start.isPending} onStart={(options) => start.mutate(options)} />
        ) : null}
        {failed === null ? null : <ReportFailed message={failed.errorMessage} />}
        {shown === null ? (
          atWork === null ? (
            <NoReport canManage={canManage} reviewed={reviewed} base={base} />
          ) : null
        ) : figures.isError ? (
          <p role="alert" className="text-bad">
            {figures.error.message}
          </p>
        ) : summary !== null ? (
          <ReportFigures key={shown.id} summary={summary} options={shown.options} base={base} />
        ) : figures.isPending ? (
          <Skeleton className="h-96 w-full" />
        ) : (
          <p className="text-fg-2">The figures of this report are of an older form. Make a new one.</p>
        )}
      </div>
    </>
  )
}

type PickerProps = { done: ReturnType<typeof useReports>['done']; shown: string; onChoose: (id: string) => void }

/** Earlier reports stay as they were; samples may have been settled since. */
function ReportPicker({ done, shown, onChoose }: PickerProps) {
  const current = done.find(({ id }) => id === shown)
  if (current === undefined) return null
  if (done.length === 1) {
    return (
      <span className="truncate text-fg-3">
        {optionsText(current.options)} · <LocalTime iso={current.createdAt} isLong />
      </span>
    )
  }
  return (
    <Select
      label="Report"
      value={shown}
      onChange={onChoose}
      choices={done.map(({ id, options, createdAt }) => ({
        value: id,
        label: `${createdAt.slice(0, 10)} ${createdAt.slice(11, 16)}, ${optionsText(options)}`,
        note: 'UTC',
      }))}
      className="w-80"
    />
  )
}

function NoReport({ canManage, reviewed, base }: { canManage: boolean; reviewed: number; base: string }) {
  return (
    <div className="flex min-h-0 flex-1 items-center justify-center">
      <EmptyState
        icon={<Crosshair size={20} strokeWidth={1.5} aria-hidden />}
        title={reviewed === 0 ? 'Nothing to measure against yet' : 'Not measured yet'}
        actions={reviewed === 0 ? <ButtonLink href={`${base}/review`}>Review samples</ButtonLink> : null}
      >
        <p>
          A report lets all methods choose frames for every settled question and holds them against the core frames that people settled on:
          hits within one and two seconds, frames used, time and cost.
        </p>
        <p className="mt-2">
          {reviewed === 0
            ? 'It needs approved samples whose core frames are tied to frames of a video.'
            : canManage
              ? `${countOf(reviewed, 'settled sample')} can be measured. Each video is looked at once, on the machine of the worker.`
              : 'A curator of this project can make one.'}
        </p>
      </EmptyState>
    </div>
  )
}
