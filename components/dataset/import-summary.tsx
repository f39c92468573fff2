import { formatCount } from '@/components/project/numbers'
import { Panel } from '@/components/project/panel'
import { VerdictMark } from '@/components/ui/verdict-mark'
import type { ImportReport } from '@/core/formats/import-report'
import { taskOfId } from '@/core/tasks'

/** What stands in the project after the import, or would: new, unchanged, refused, flagged; then the share of each task. */
export function ImportSummary({ report, isDone }: { report: ImportReport; isDone: boolean }) {
  const rows = [
    { verdict: 'added', label: isDone ? 'Imported' : 'New', count: report.imported },
    { verdict: 'unseen', label: 'Unchanged', count: report.unchanged },
    { verdict: 'rejected', label: 'Refused', count: report.errorCount },
    { verdict: 'stale', label: 'With flags', count: report.flagged },
  ] as const
  return (
    <Panel title={isDone ? 'Imported' : 'After import'} className="pb-3">
      <dl className="px-4">
        {rows.map((row) => (
          <div key={row.label} className="flex h-[26px] items-center gap-2">
            <VerdictMark verdict={row.verdict} size={16} />
            <dt className="flex-1 text-fg-2">{row.label}</dt>
            <dd className="font-medium tabular-nums">{formatCount(row.count)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

export function TaskShares({ perTask }: { perTask: Readonly<Record<string, number>> }) {
  const rows = Object.entries(perTask).sort((a, b) => b[1] - a[1])
  const most = rows[0]?.[1] ?? 1
  return (
    <Panel title="By task" note={rows.length} className="pb-3">
      <ul>
        {rows.map(([task, count]) => (
          <li key={task} className="grid h-[26px] grid-cols-[112px_minmax(0,1fr)_52px] items-center gap-2 px-4">
            <span className="truncate text-fg-2">{nameOfTask(task)}</span>
            <span className="h-1.5 rounded-full bg-fg-3 opacity-60" style={{ width: `${Math.max(3, (count / most) * 100)}%` }} />
            <span className="text-right tabular-nums">{formatCount(count)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function nameOfTask(task: string): string {
  return taskOfId(task)?.paperName ?? task
}
