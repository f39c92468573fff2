/** Runs an import under its row in the database: progress, cancelling, fencing by attempt, audit (invariants 6 and 8). */
import { AppError, type ErrorBody, toAppError } from '@/core/errors'
import type { ImportReport } from '@/core/formats/import-report'
import { isJsonObject, type JsonObject } from '@/core/formats/json'
import { audit } from '../audit'
import { isDatabaseGone } from '../database-errors'
import { db } from '../db'
import type { Import, Prisma } from '../generated/prisma/client'
import type { ImportHooks } from './run-import'

/** A row of `Import`. */
export type ImportRow = Import

const TICK_MS = 1000

/** Facts kept beside the report: the options of the request, and what went wrong. */
export function optionsOf(row: Pick<Import, 'report'>): JsonObject {
  return isJsonObject(row.report) && isJsonObject(row.report.options) ? row.report.options : {}
}

export function errorOf(report: unknown): string | null {
  return isJsonObject(report) && isJsonObject(report.error) && typeof report.error.message === 'string' ? report.error.message : null
}

/** JSON of ours as Prisma wants it. */
export function toJsonInput(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value))
}

/** Takes the row for this attempt; null when it is over already (done, cancelled) or gone. */
async function claim(id: string): Promise<Import | null> {
  const taken = await db.import.updateMany({
    where: { id, state: { in: ['waiting', 'running'] } },
    data: { state: 'running', attempt: { increment: 1 }, startedAt: new Date(), rowsDone: 0 },
  })
  return taken.count === 0 ? null : db.import.findUnique({ where: { id } })
}

const cancelled = () => new AppError('unavailable', 'The import was cancelled, or another worker has taken it over.')

/** `isQueued`: a job stands behind it, which is tried again where the database went away. */
type Tracking = { readonly onProgress?: ImportHooks['onProgress']; readonly isQueued?: boolean }

/**
 * @param run does the work; its hooks carry the signal that cancelling, a newer attempt and `signal` raise
 * @throws what `run` throws, after the row says `failed` (not when stopped from outside: then the row stays for the retry)
 */
export async function trackImport(
  id: string,
  signal: AbortSignal,
  run: (row: Import, hooks: ImportHooks) => Promise<ImportReport>,
  { onProgress, isQueued = false }: Tracking = {},
): Promise<ImportReport | null> {
  const row = await claim(id)
  if (row === null) return null
  const own = { id, attempt: row.attempt, state: 'running' as const }
  const stop = new AbortController()
  let progress = { rowsDone: 0, rowsTotal: 0 }
  const tick = setInterval(() => {
    const rowsTotal = progress.rowsTotal > 0 ? progress.rowsTotal : null
    db.import
      .updateMany({ where: own, data: { rowsDone: progress.rowsDone, rowsTotal } })
      .then(({ count }) => count === 0 && stop.abort(cancelled()))
      // A lost write of progress is no reason to end; the next batch meets the same database.
      .catch(() => undefined)
  }, TICK_MS)
  const hooks: ImportHooks = {
    signal: AbortSignal.any([signal, stop.signal]),
    onProgress: (now) => {
      progress = now
      onProgress?.(now)
    },
  }
  try {
    const report = await run(row, hooks)
    await finish(own, row, report)
    return report
  } catch (thrown) {
    if (stop.signal.aborted) return null
    if (!signal.aborted && !(isQueued && isDatabaseGone(thrown))) await fail(own, row, toAppError(thrown).toBody())
    throw thrown
  } finally {
    clearInterval(tick)
  }
}

type Own = { id: string; attempt: number; state: 'running' }

async function finish(own: Own, row: Import, report: ImportReport): Promise<void> {
  await db.$transaction(async (tx) => {
    const data = { state: 'done' as const, finishedAt: new Date(), rowsDone: report.total, rowsTotal: report.total }
    const { count } = await tx.import.updateMany({
      where: own,
      data: { ...data, report: toJsonInput({ ...report, options: optionsOf(row) }) },
    })
    if (count === 0 || row.isDryRun) return
    const { total, imported, unchanged, errorCount } = report
    await audit(tx, {
      scope: row.projectId,
      actorId: row.userId,
      action: 'import.done',
      subject: row.id,
      facts: { format: row.format, total, imported, unchanged, refused: errorCount },
    })
  })
}

/** Its job is given up: the import has failed for this reason, and a worker that still has it in hand is fenced out. */
export async function buryImport(id: string, error: AppError): Promise<void> {
  const row = await db.import.findUnique({ where: { id } })
  if (row === null) return
  const report = toJsonInput({ error: error.toBody(), options: optionsOf(row) })
  const data = { state: 'failed' as const, attempt: { increment: 1 }, finishedAt: new Date(), report }
  await db.import.updateMany({ where: { id, attempt: row.attempt, state: { in: ['waiting', 'running'] } }, data })
}

async function fail(own: Own, row: Import, error: ErrorBody): Promise<void> {
  await db.import.updateMany({
    where: own,
    data: { state: 'failed', finishedAt: new Date(), report: toJsonInput({ error, options: optionsOf(row) }) },
  })
}
