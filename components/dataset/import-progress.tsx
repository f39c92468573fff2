'use client'

import { formatCount, leftAt } from '@/components/project/numbers'
import { usePace } from '@/components/project/use-pace'
import { Button } from '@/components/ui/button'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { ImportStatus } from '@/core/formats/job-status'

/** A running check or import: rows done, rate and what is left. */
export function ImportProgress({ status, onCancel }: { status: ImportStatus; onCancel?: () => void }) {
  const { rowsDone, rowsTotal } = status
  const pace = usePace(rowsDone)
  const words =
    status.state === 'waiting'
      ? 'Waiting for the worker.'
      : rowsTotal === null || rowsDone === 0
        ? 'Reading the files and looking for the clips.'
        : `${formatCount(rowsDone)} of ${formatCount(rowsTotal)} rows${pace > 0 ? `, ${formatCount(Math.round(pace))} a second` : ''}${leftAt(pace, rowsDone, rowsTotal)}`
  return (
    <section className="flex items-center gap-4 rounded-4 border border-line bg-panel p-4" aria-busy="true">
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold text-13">{status.isDryRun ? 'Checking, nothing is written yet' : 'Importing'}</h2>
        <p className="mt-1 mb-2 tabular-nums text-fg-2" role="status">
          {words}
        </p>
        <ProgressBar value={rowsTotal === null || rowsTotal === 0 ? null : rowsDone / rowsTotal} label="Rows done" />
      </div>
      {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
    </section>
  )
}
