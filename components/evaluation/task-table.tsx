import clsx from 'clsx'
import { formatCount } from '@/components/project/numbers'
import { Panel } from '@/components/project/panel'
import { type TableColumn, TableHead } from '@/components/ui/table-head'
import { METHOD_NAMES } from '@/core/selection/method-names'
import type { ReportSummary } from '@/core/selection/report-summary'
import { SELECTION_METHODS } from '@/core/selection/selection-options'
import { shareText, taskText } from './report-words'

/** F1 of each method by task; the best of a task stands out. */
export function TaskTable({ tasks, deltaSec }: { tasks: ReportSummary['tasks']; deltaSec: 1 | 2 }) {
  const methods = SELECTION_METHODS.filter((method) => tasks.some((task) => task.methods.some((own) => own.method === method)))
  const columns: TableColumn[] = [
    { key: 'task', label: 'Task' },
    { key: 'samples', label: 'Samples', align: 'right', className: 'pl-3' },
    ...methods.map((method): TableColumn => ({ key: method, label: METHOD_NAMES[method].name, align: 'right', className: 'pl-3' })),
  ]
  return (
    <Panel title="By task" note={`F1 within ${deltaSec} s; few samples say little`} className="pb-2">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <section tabIndex={0} aria-label="By task" className="overflow-x-auto px-4">
        <table className="w-full border-separate border-spacing-0">
          <TableHead columns={columns} line="h-7" />
          <tbody>
            {tasks.map((task) => {
              const f1 = (name: string) => {
                const own = task.methods.find(({ method }) => method === name)
                return own === undefined ? null : (deltaSec === 1 ? own.within1 : own.within2).f1
              }
              const best = bestOf(methods.map((method) => f1(method) ?? 0))
              return (
                <tr key={task.task ?? ''} className="hover:bg-hover">
                  <th scope="row" className="h-7 whitespace-nowrap text-left font-regular">
                    {taskText(task.task)}
                  </th>
                  <td className="num pl-3 text-right text-fg-3">{formatCount(task.samples)}</td>
                  {methods.map((method) => {
                    const share = f1(method)
                    const isBest = share !== null && share === best
                    return (
                      <td
                        key={method}
                        className={clsx(
                          'num pl-3 text-right',
                          isBest ? 'font-semibold text-accent-fg' : share === 0 ? 'text-fg-3' : 'text-fg-2',
                        )}
                      >
                        {share === null ? '–' : shareText(share)}
                      </td>
                    )
                  })}
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </Panel>
  )
}

/** The highest share of a line. None where most are as high: then it marks nothing out. */
function bestOf(shares: readonly number[]): number | null {
  const best = Math.max(...shares)
  return best > 0 && shares.filter((share) => share === best).length <= shares.length / 2 ? best : null
}
