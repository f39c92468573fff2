/** A selector report as lines for a terminal. */
import { METHOD_NAMES } from '@/core/selection/method-names'
import { type Cost, costOf, type Reasoner } from '@/core/selection/report-cost'
import { LEFT_OUT_WORDS } from '@/core/selection/report-row'
import type { MethodSummary, ReportSummary } from '@/core/selection/report-summary'
import { taskOfId } from '@/core/tasks'

const HEADS = ['method', 'frames', 'of', 'P@1s', 'R@1s', 'F1@1s', 'F1@2s', 'near', 'ms', 'TFLOPs', '+reasoner', 'paper']

/** What each method costs with this reasoner. */
export function costsOf(summary: ReportSummary, reasoner: Reasoner): { readonly method: MethodSummary['method']; readonly cost: Cost }[] {
  return summary.methods.map(({ method, frames, candidates, flops }) => ({
    method,
    cost: costOf(frames.mean, candidates, flops, reasoner),
  }))
}

function lineOf(method: MethodSummary, reasoner: Reasoner): string[] {
  const { within1, within2, frames, candidates, flops } = method
  const cost = costOf(frames.mean, candidates, flops, reasoner)
  const tera = (operations: number) => (operations / 1e12).toFixed(2)
  return [
    METHOD_NAMES[method.method].name,
    frames.mean.toFixed(2),
    candidates.toFixed(1),
    ...[within1.precision, within1.recall, within1.f1, within2.f1, method.proximity].map((share) => share.toFixed(3)),
    method.ms.toFixed(0),
    tera(cost.selector),
    tera(cost.total),
    tera(cost.paperStyle),
  ]
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const pad = (cell: string, column: number) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))
  return rows.map((row) => row.map(pad).join('  ').trimEnd())
}

const count = (n: number, one: string) => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`
const nameOf = (task: string | null) => (task === null ? 'without a task' : (taskOfId(task)?.paperName ?? task))

function taskLines({ tasks }: ReportSummary): string[] {
  if (tasks.length < 2) return []
  const methods = tasks[0]?.methods.map(({ method }) => method) ?? []
  const rows = tasks.map(({ task, samples, methods: own }) => [
    nameOf(task),
    String(samples),
    ...methods.map((method) => own.find((each) => each.method === method)?.within1.f1.toFixed(3) ?? '–'),
  ])
  return ['', 'F1 within 1 s by task', ...table([['task', 'n', ...methods], ...rows])]
}

/** What the terminal shows without `--json`. */
export function reportText(summary: ReportSummary, reasoner: Reasoner): string {
  const { samples, videos, reviewed, adopted, methods } = summary
  const left = summary.leftOut.map((one) => `Left out: ${one.samples}, ${LEFT_OUT_WORDS[one.reason]} (as ${one.example}).`)
  if (samples === 0) return ['No settled sample could be looked at.', ...left].join('\n')
  return [
    `${count(samples, 'settled sample')} with ${count(reviewed, 'core frame')} on ${count(videos, 'video')}.`,
    ...table([HEADS, ...methods.map((method) => lineOf(method, reasoner))]),
    ...taskLines(summary),
    '',
    ...(adopted > 0 ? [`${adopted} of the core frames had been proposed by a selector, which flatters it.`] : []),
    ...left,
    'near = temporal proximity; TFLOPs = selector alone, with nothing known beforehand; +reasoner = with a reasoner that reads the',
    'chosen frames; paper = base · frames / base frames. See docs/selector.md.',
  ].join('\n')
}
