/** Numbers of selector reports as the page writes them. */
import { METHOD_NAMES } from '@/core/selection/method-names'
import { type Cost, costOf, type Reasoner } from '@/core/selection/report-cost'
import type { ReportOptions } from '@/core/selection/report-status'
import type { MethodSummary } from '@/core/selection/report-summary'
import { SIGNALS } from '@/core/selection/signals/blend'
import { taskOfId } from '@/core/tasks'

/** A share 0–1: `.714`, `1.00`. */
export function shareText(share: number): string {
  return share >= 0.9995 ? '1.00' : share.toFixed(3).replace(/^0/, '')
}

/** `0.3 ms`, `45 ms`, `1.2 s`, `31 s`. */
export function msText(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`
  if (ms < 999.5) return `${ms.toFixed(0)} ms`
  return `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`
}

/** Operations in TFLOPs; what is more than nothing never looks like nothing. */
export function teraText(flops: number): string {
  const tera = flops / 1e12
  if (tera === 0) return '0'
  if (tera < 0.001) return '< .001'
  return tera < 9.995 ? tera.toFixed(tera < 0.1 ? 3 : 2).replace(/^0/, '') : tera.toFixed(1)
}

/** Name of a task as the paper writes it; a source's own word as it is. */
export function taskText(task: string | null): string {
  return task === null ? 'Without a task' : (taskOfId(task)?.paperName ?? task)
}

/** `text and objects, 3 frames`; weights where they differ. */
export function optionsText({ weights, k }: ReportOptions): string {
  const used = SIGNALS.filter((name) => weights[name] > 0)
  const isEven = new Set(used.map((name) => weights[name])).size === 1
  const signals = used.map((name) => (isEven ? name : `${name} ${weights[name]}`)).join(' and ')
  return `${signals}, ${k} ${k === 1 ? 'frame' : 'frames'}`
}

/** One method as a line of the table. */
export type MethodLine = {
  readonly method: MethodSummary
  readonly name: string
  readonly match: MethodSummary['within1']
  readonly cost: Cost
}

export function linesOf(methods: readonly MethodSummary[], deltaSec: 1 | 2, reasoner: Reasoner): MethodLine[] {
  return methods.map((method) => ({
    method,
    name: METHOD_NAMES[method.method].name,
    match: deltaSec === 1 ? method.within1 : method.within2,
    cost: costOf(method.frames.mean, method.candidates, method.flops, reasoner),
  }))
}

/** Columns that the table can be sorted by; `isMoreBetter` decides what comes first. */
export const COLUMNS = [
  column('name', 'Method', 'How the frames are chosen', null, ({ name }) => name),
  column(
    'frames',
    'Frames',
    'Chosen on average; the bars show how many samples got 1, 2, 3 … frames',
    false,
    ({ method }) => method.frames.mean,
  ),
  column('reduction', 'Spared', 'Share of the candidate frames that need not be shown', true, ({ method }) => method.reduction),
  column('precision', 'Precision', 'Chosen frames that match a core frame', true, ({ match }) => match.precision),
  column('recall', 'Recall', 'Core frames that are matched by a chosen one', true, ({ match }) => match.recall),
  column('f1', 'F1', 'Twice the matches over chosen and core frames together', true, ({ match }) => match.f1),
  column(
    'proximity',
    'Nearness',
    'Mean of exp(−Δ²/2) over chosen frames, Δ seconds to the nearest core frame',
    true,
    ({ method }) => method.proximity,
  ),
  column('looked', 'Looked at', 'Candidate frames that had to be scored, on average', false, ({ method }) => method.lookedAt),
  column(
    'ms',
    'Time',
    'Of one answer with nothing known beforehand, on the machine that made the report',
    false,
    ({ method }) => method.ms,
  ),
  column('selector', 'Selector TFLOPs', 'TFLOPs of choosing, with nothing known beforehand', false, ({ cost }) => cost.selector),
  column('total', 'With reasoner', 'TFLOPs of choosing and of a reasoner that reads the chosen frames', false, ({ cost }) => cost.total),
  column(
    'paper',
    'Paper style',
    'TFLOPs as the paper counts: base · frames / base frames, without the selector',
    false,
    ({ cost }) => cost.paperStyle,
  ),
] as const
export type ColumnId = (typeof COLUMNS)[number]['id']

function column<const Id extends string>(
  id: Id,
  label: string,
  about: string,
  isMoreBetter: boolean | null,
  of: (line: MethodLine) => number | string,
) {
  return { id, label, about, isMoreBetter, of } as const
}

/** Lines by a column, best first or turned round; equals stay in their order. */
export function sortLines(lines: readonly MethodLine[], id: ColumnId, isTurned: boolean): MethodLine[] {
  const { of, isMoreBetter } = COLUMNS.find((each) => each.id === id) ?? COLUMNS[0]
  const sign = (isMoreBetter === true ? -1 : 1) * (isTurned ? -1 : 1)
  return [...lines].sort((a, b) => {
    const [first, second] = [of(a), of(b)]
    if (typeof first === 'string' || typeof second === 'string') return sign * String(first).localeCompare(String(second), 'en')
    return first === second ? 0 : first < second ? -sign : sign
  })
}
