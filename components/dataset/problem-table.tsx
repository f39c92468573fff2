'use client'

import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { formatCount } from '@/components/project/numbers'
import { Segmented } from '@/components/ui/segmented'
import { type TableColumn, TableHead } from '@/components/ui/table-head'
import type { ImportProblem } from '@/core/formats/import-report'

type Tab = 'errors' | 'warnings' | 'media'
type Props = {
  errors: readonly ImportProblem[]
  errorCount: number
  warnings: readonly ImportProblem[]
  warningCount: number
  missingMedia: readonly string[]
}

/** What the import refused or doubts: row, field, what was found and what to do, alike ones folded together. */
export function ProblemTable({ errors, errorCount, warnings, warningCount, missingMedia }: Props) {
  const [tab, setTab] = useState<Tab>(errorCount > 0 || warningCount === 0 ? 'errors' : 'warnings')
  const rows = fold(tab === 'warnings' ? warnings : errors)
  return (
    <section className="flex min-h-80 min-w-0 flex-col overflow-hidden rounded-4 border border-line bg-panel">
      <header className="flex min-h-11 flex-wrap items-center gap-3 px-4 py-2">
        <h2 className="font-semibold text-13">Preview</h2>
        <Segmented
          label="What to show"
          value={tab}
          onChange={setTab}
          choices={[
            { value: 'errors', label: 'Problems', note: formatCount(errorCount) },
            { value: 'warnings', label: 'Warnings', note: formatCount(warningCount) },
            { value: 'media', label: 'Missing media', note: formatCount(missingMedia.length) },
          ]}
        />
        <span className="ml-auto text-fg-3">A bad row never stops the good ones</span>
      </header>
      <div className="min-h-0 flex-1 overflow-auto">
        {tab === 'media' ? <MissingMedia names={missingMedia} /> : <Rows rows={rows} isEmptyGood={tab === 'errors'} />}
      </div>
    </section>
  )
}

const COLUMNS: readonly TableColumn[] = [
  { key: 'row', label: 'Row', align: 'right', className: 'w-18 px-4' },
  { key: 'field', label: 'Field', className: 'w-36 px-2' },
  { key: 'found', label: 'What was found and what to do', className: 'px-2' },
  { key: 'alike', label: 'Rows alike', align: 'right', className: 'w-24 px-4' },
]

function Rows({ rows, isEmptyGood }: { rows: readonly Folded[]; isEmptyGood: boolean }) {
  if (rows.length === 0) {
    return <p className="px-4 py-6 text-fg-3">{isEmptyGood ? 'No row was refused.' : 'Nothing to warn of.'}</p>
  }
  return (
    <table className="w-full table-fixed border-collapse text-left">
      <TableHead columns={COLUMNS} line="h-7" className="sticky top-0 bg-app" />
      <tbody>
        {rows.map(({ problem, count }) => (
          <tr
            key={`${problem.file}:${problem.row ?? 0}:${problem.field ?? ''}:${problem.message}`}
            className="border-line border-b align-top"
          >
            <td className="px-4 py-2 text-right tabular-nums">{problem.row === null ? '–' : formatCount(problem.row)}</td>
            <td className="truncate px-2 py-2 font-mono text-11" title={problem.field ?? undefined}>
              {problem.field ?? '(row)'}
            </td>
            <td className="px-2 py-2">
              <span className="flex gap-2">
                <TriangleAlert
                  size={14}
                  strokeWidth={1.5}
                  aria-hidden
                  className={`mt-0.5 flex-none ${isEmptyGood ? 'text-bad' : 'text-warn'}`}
                />
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  {problem.message} <span className="text-fg-3">{problem.code}</span>
                </span>
              </span>
            </td>
            <td className="px-4 py-2 text-right tabular-nums text-fg-2">{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function MissingMedia({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <p className="px-4 py-6 text-fg-3">Every clip that the annotations name is here.</p>
  return (
    <ul>
      {names.slice(0, 500).map((name) => (
        <li key={name} className="truncate border-line border-b px-4 py-1.5 font-mono text-11">
          {name}
        </li>
      ))}
      <li className="px-4 py-3 text-fg-3">
        Drop these files here and check again, or import now: their samples carry flag V1 until the clip comes.
      </li>
    </ul>
  )
}

type Folded = { problem: ImportProblem; count: number }

/** Problems with the same field and code and nearly the same words stand once, with their number. */
function fold(problems: readonly ImportProblem[]): Folded[] {
  const byKind = new Map<string, Folded>()
  for (const problem of problems) {
    const kind = `${problem.field ?? ''}|${problem.code}|${problem.message.replace(/["“][^"”]*["”]|\d+/g, '·')}`
    const known = byKind.get(kind)
    if (known) known.count += 1
    else byKind.set(kind, { problem, count: 1 })
  }
  return [...byKind.values()].sort((a, b) => b.count - a.count)
}
