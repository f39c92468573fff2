/**
 * An import, for the command line and for the worker: two passes over each file, batches of rows, one report. It can be
 * stopped anywhere and run again: what is written is found again and left alone (the natural key), nothing is written by half.
 */
import { setImmediate } from 'node:timers/promises'
import { AppError } from '@/core/errors'
import type { ImportReport } from '@/core/formats/import-report'
import type { JsonObject } from '@/core/formats/json'
import type { RowResult } from '@/core/formats/row-problem'
import type { BoxConventionName } from '@/core/formats/videoespresso/box-convention'
import { db } from '../db'
import { sortByExistence } from './existing-samples'
import type { MediaSource } from './media-source'
import { prepareCremaRow } from './prepare-crema'
import { type PrepareContext, prepareEspressoRow } from './prepare-espresso'
import type { PreparedSample } from './prepared-sample'
import { readRows } from './read-rows'
import { ReportBuilder } from './report-builder'
import { type Scan, scanFile } from './scan-file'
import { keepHeapSmall } from './small-heap'
import { StillsJobs } from './stills-jobs'
import { type BatchContext, type BatchResult, writeBatch } from './write-batch'

export type ImportFormat = 'videoespresso' | 'crema'

/** `path` is where the bytes are, `name` what people call the file. */
export type ImportFile = { readonly path: string; readonly name: string; readonly sha256: string }

export type ImportRequest = BatchContext & {
  readonly format: ImportFormat
  readonly files: readonly ImportFile[]
  readonly media: MediaSource
  /** Declared box convention; null = read it off each file. */
  readonly boxes: BoxConventionName | null
  readonly isDryRun: boolean
}

/** `onProgress` is called after each batch; what it does with it is its own affair. */
export type ImportHooks = {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { readonly rowsDone: number; readonly rowsTotal: number }) => void
}

/** Small on purpose: what a statement carries lives several times over (values, text, wire) until it is collected. */
const BATCH_ROWS = 150
/** After so many rows the answers of the database are looked at: a statement that is waited for is followed by its next at once. */
const ROWS_A_TURN = 8
const HEAP_GROWTH_PERCENT = 25
const BATCH_BYTES = 2 * 1024 * 1024

/** Rows of one id in one run: number of the row, and the file. */
type Seen = Map<string, { readonly file: number; readonly row: number }>

class Run {
  private readonly report = new ReportBuilder()
  private readonly seen: Seen = new Map()
  private readonly stills = new StillsJobs()
  private rowsDone = 0
  private rowsTotal = 0

  constructor(
    private readonly request: ImportRequest,
    private readonly hooks: ImportHooks,
  ) {}

  async start(): Promise<ImportReport> {
    const scans: Scan[] = []
    for (const file of this.request.files) {
      const scan = await scanFile(file.path, file.name, this.request.format, this.request.boxes, this.hooks.signal)
      if (this.request.format === 'videoespresso') this.report.conventions[file.name] = { ...scan.detection.convention }
      scans.push(scan)
      this.rowsTotal += scan.rows
    }
    this.report.total = this.rowsTotal
    for (const [position, file] of this.request.files.entries()) {
      const scan = scans[position]
      if (scan !== undefined) await this.importFile(file, position, scan)
    }
    await this.stills.finish()
    return this.report.build()
  }

  private async importFile(file: ImportFile, position: number, scan: Scan): Promise<void> {
    const context: PrepareContext = {
      media: this.request.media,
      fileSha256: file.sha256,
      convention: scan.detection.convention,
      onMissing: (name) => this.report.addMissing(name),
    }
    let batch: PreparedSample[] = []
    let bytes = 0
    // One batch is written while the next is read: the database and this process work side by side.
    let writing: Promise<void> = Promise.resolve()
    const flush = async () => {
      await writing
      if (batch.length > 0) writing = this.write(file, batch)
      // Awaited at the next turn; a failure meanwhile must not count as unhandled.
      writing.catch(() => undefined)
      batch = []
      bytes = 0
      this.hooks.signal?.throwIfAborted()
      this.hooks.onProgress?.({ rowsDone: this.rowsDone, rowsTotal: this.rowsTotal })
    }
    try {
      for await (const { row, value, problem } of readRows(file.path, file.name, this.hooks.signal)) {
        this.rowsDone += 1
        if (this.rowsDone % ROWS_A_TURN === 0) await setImmediate()
        if (value === null) this.report.refuse(file.name, row, [problem])
        else {
          const sample = await this.prepare(file, position, row, value, context)
          if (sample !== null) {
            batch.push(sample)
            bytes += sizeOf(value)
          }
        }
        if (batch.length >= BATCH_ROWS || bytes >= BATCH_BYTES) await flush()
      }
      await flush()
      await writing
    } finally {
      // Nothing of this import goes on after it has ended, however it ended.
      await writing.catch(() => undefined)
    }
  }

  private async prepare(
    file: ImportFile,
    position: number,
    row: number,
    value: JsonObject,
    context: PrepareContext,
  ): Promise<PreparedSample | null> {
    const result: RowResult<PreparedSample> =
      this.request.format === 'crema' ? await prepareCremaRow(value, row, context) : await prepareEspressoRow(value, row, context)
    if (!result.ok) {
      this.report.refuse(file.name, row, result.problems)
      return null
    }
    const sample = result.value
    const variant = sample.source.variant ?? sample.source.format
    this.report.variants[variant] = (this.report.variants[variant] ?? 0) + 1
    const first = this.seen.get(sample.externalId)
    if (first !== undefined) {
      this.report.refuse(file.name, row, [this.duplicate(sample, first)])
      return null
    }
    this.seen.set(sample.externalId, { file: position, row })
    this.report.warn(file.name, row, sample.warnings)
    return sample
  }

  private duplicate(sample: PreparedSample, first: { readonly file: number; readonly row: number }) {
    const where = `row ${first.row} of ${this.request.files[first.file]?.name ?? 'the file'}`
    const message =
      sample.fieldOfId === ''
        ? `The row asks the same question about the same frames of the same video as ${where}. Remove one, or give both an “id”.`
        : `The id “${sample.externalId}” was used by ${where} already. Give each row an id of its own.`
    return { field: sample.fieldOfId, code: 'already_exists' as const, message }
  }

  private async write(file: ImportFile, batch: readonly PreparedSample[]): Promise<void> {
    const result = this.request.isDryRun
      ? await this.preview(batch)
      : await writeBatch(this.request, batch, (videoId) => this.stills.isDue(videoId))
    for (const sample of result.written) this.report.addWritten(sample)
    for (const sample of result.unchanged) this.report.addUnchanged(sample)
    for (const sample of result.different) {
      this.report.addUnchanged(sample)
      const message = `“${sample.externalId}” is in the project with other content and was kept as it is; drafts never change. Give the row a new id to import it beside the old one.`
      this.report.warn(file.name, sample.row, [{ field: sample.fieldOfId, code: 'already_exists', message }])
    }
  }

  /** What a real run would write. A project that does not exist yet holds nothing. */
  private async preview(batch: readonly PreparedSample[]): Promise<BatchResult> {
    if (this.request.projectId === '') return { written: batch, unchanged: [], different: [] }
    const sorted = await sortByExistence(db, this.request.projectId, batch)
    return {
      written: [...sorted.fresh, ...sorted.relink.map((entry) => entry.sample)],
      unchanged: sorted.unchanged,
      different: sorted.different,
    }
  }
}

/** A rough size of a row, enough to keep batches of long rows short. */
function sizeOf(value: JsonObject): number {
  let size = 0
  for (const member of Object.values(value)) size += typeof member === 'string' ? member.length * 4 : 400
  return size
}

/**
 * Imports the files.
 *
 * @throws AppError bad_file, missing_file before anything is written; the abort reason when stopped (what is committed stays)
 */
export async function runImport(request: ImportRequest, hooks: ImportHooks = {}): Promise<ImportReport> {
  if (request.files.length === 0) throw new AppError('invalid_input', 'There is no annotation file to import.')
  keepHeapSmall(HEAP_GROWTH_PERCENT)
  return new Run(request, hooks).start()
}
