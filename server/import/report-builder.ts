/** Gathers the report of an import; lists are capped so that a file of bad rows stays readable, counts are not. */
import type { ImportProblem, ImportReport } from '@/core/formats/import-report'
import type { RowProblem } from '@/core/formats/row-problem'
import type { PreparedSample } from './prepared-sample'

export const MAX_LISTED = 1000

export class ReportBuilder {
  private readonly errors: ImportProblem[] = []
  private readonly warnings: ImportProblem[] = []
  private readonly missing = new Set<string>()
  private readonly perTask = new Map<string, number>()
  private errorCount = 0
  private warningCount = 0
  private imported = 0
  private unchanged = 0
  private flagged = 0
  total = 0
  readonly conventions: ImportReport['conventions'] = {}
  readonly variants: Record<string, number> = {}

  private static toProblem(file: string, row: number | null, problem: RowProblem): ImportProblem {
    return { file, row, field: problem.field === '' ? null : problem.field, code: problem.code, message: problem.message }
  }

  /** A refused row counts once, however many faults it has. */
  refuse(file: string, row: number, problems: readonly RowProblem[]): void {
    this.errorCount += 1
    for (const problem of problems) if (this.errors.length < MAX_LISTED) this.errors.push(ReportBuilder.toProblem(file, row, problem))
  }

  warn(file: string, row: number | null, problems: readonly RowProblem[]): void {
    this.warningCount += problems.length
    for (const problem of problems) if (this.warnings.length < MAX_LISTED) this.warnings.push(ReportBuilder.toProblem(file, row, problem))
  }

  addMissing(name: string): void {
    if (this.missing.size < MAX_LISTED) this.missing.add(name)
  }

  private count(sample: PreparedSample): void {
    const task = sample.summary.task ?? 'none'
    this.perTask.set(task, (this.perTask.get(task) ?? 0) + 1)
    if (sample.flags.length > 0) this.flagged += 1
  }

  addWritten(sample: PreparedSample): void {
    this.imported += 1
    this.count(sample)
  }

  addUnchanged(sample: PreparedSample): void {
    this.unchanged += 1
    this.count(sample)
  }

  build(): ImportReport {
    return {
      total: this.total,
      imported: this.imported,
      unchanged: this.unchanged,
      flagged: this.flagged,
      perTask: Object.fromEntries([...this.perTask].sort(([a], [b]) => (a < b ? -1 : 1))),
      errors: [...this.errors],
      errorCount: this.errorCount,
      warnings: [...this.warnings],
      warningCount: this.warningCount,
      missingMedia: [...this.missing].sort(),
      conventions: { ...this.conventions },
      variants: { ...this.variants },
    }
  }
}
