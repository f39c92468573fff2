import { TriangleAlert } from 'lucide-react'
import { formatCount, leftAt } from '@/components/project/numbers'
import { usePace } from '@/components/project/use-pace'
import { Button } from '@/components/ui/button'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { ReportStatus } from '@/core/selection/report-status'
import { optionsText } from './report-words'

/** A report at work. */
export function ReportProgress({ report, onCancel }: { report: ReportStatus; onCancel: (() => void) | null }) {
  const { videosDone, videosTotal } = report
  const pace = usePace(videosDone)
  const words =
    report.state === 'waiting'
      ? 'Waits for a worker'
      : videosTotal === null
        ? 'Counts the videos'
        : `${formatCount(videosDone)} of ${formatCount(videosTotal)} videos${leftAt(pace, videosDone, videosTotal)}`
  return (
    <section
      aria-label="Report at work"
      role="status"
      className="flex flex-none flex-col gap-2 rounded-4 border border-line bg-panel px-4 py-3"
    >
      <div className="flex items-center gap-3">
        <span className="num font-medium">{words}</span>
        <span className="truncate text-fg-3">{optionsText(report.options)}</span>
        <span className="flex-1" />
        {onCancel === null ? null : (
          <Button size="sm" variant="ghost" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
      <ProgressBar value={videosTotal === null || videosTotal === 0 ? null : videosDone / videosTotal} label="Videos looked at" />
    </section>
  )
}

/** A report that did not come to an end. */
export function ReportFailed({ message }: { message: string | null }) {
  return (
    <p role="alert" className="tint-warn flex flex-none items-center gap-2 rounded-3 px-4 py-2 text-fg">
      <TriangleAlert size={14} strokeWidth={1.75} className="flex-none text-warn" aria-hidden />
      The last report failed: {message ?? 'nobody knows why. Look into the log of the worker.'}
    </p>
  )
}
