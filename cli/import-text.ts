/** The report of an import as a person reads it in a terminal. */
import type { ImportProblem, ImportReport } from '@/core/formats/import-report'
import { taskOfId } from '@/core/tasks'

const SHOWN = 20
const count = (value: number) => value.toLocaleString('en')

function problemLine({ file, row, field, code, message }: ImportProblem): string {
  return `  ${file}${row === null ? '' : `, row ${count(row)}`}${field === null ? '' : `, ${field}`}: ${message} [${code}]`
}

function list(title: string, lines: readonly string[], total: number): string[] {
  if (total === 0) return []
  const rest = total - Math.min(SHOWN, lines.length)
  return ['', title, ...lines.slice(0, SHOWN), ...(rest > 0 ? [`  … and ${count(rest)} more (--json lists them)`] : [])]
}

export function describeImport(report: ImportReport, project: string, isDryRun: boolean): string {
  const tasks = Object.entries(report.perTask).sort((a, b) => b[1] - a[1])
  const width = Math.max(0, ...tasks.map(([task]) => (taskOfId(task)?.paperName ?? task).length))
  return [
    `${count(report.total)} rows: ${count(report.imported)} ${isDryRun ? 'would be imported' : 'imported'}, ${count(report.unchanged)} unchanged, ${count(report.errorCount)} refused; ${count(report.flagged)} with flags.`,
    ...Object.entries(report.conventions).map(([file, { name, how }]) => `Boxes of ${file}: ${name} (${how}).`),
    ...Object.entries(report.variants).map(([variant, rows]) => `Variant ${variant}: ${count(rows)} rows.`),
    ...list(
      'By task',
      tasks.map(([task, rows]) => `  ${(taskOfId(task)?.paperName ?? task).padEnd(width)}  ${count(rows)}`),
      tasks.length,
    ),
    ...list('Refused', report.errors.map(problemLine), report.errors.length < 1000 ? report.errors.length : report.errorCount),
    ...list('Warnings', report.warnings.map(problemLine), report.warningCount),
    ...list(
      'Videos that are not there',
      report.missingMedia.map((name) => `  ${name}`),
      report.missingMedia.length,
    ),
    '',
    isDryRun
      ? 'Nothing was written. Run it again without --dry-run to import.'
      : `The samples are in project “${project}”: open /projects/${project}/review.`,
  ].join('\n')
}
