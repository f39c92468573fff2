/** Runs an export under its row in the database: progress, fencing by attempt, audit. Same rules as for imports. */
import { AppError, toAppError } from '@/core/errors'
import type { ExportReport } from '@/core/formats/job-status'
import { toJsonInput } from '@/server/import/track-import'
import { audit } from '../audit'
import { isDatabaseGone } from '../database-errors'
import { db } from '../db'
import type { Export } from '../generated/prisma/client'
import type { ExportHooks } from './run-export'

/** A row of `Export`. */
export type ExportRow = Export

const TICK_MS = 1000

export async function trackExport(
  id: string,
  signal: AbortSignal,
  run: (row: Export, hooks: ExportHooks) => Promise<ExportReport>,
): Promise<ExportReport | null> {
  const taken = await db.export.updateMany({
    where: { id, state: { in: ['waiting', 'running'] } },
    data: { state: 'running', attempt: { increment: 1 }, startedAt: new Date(), rowsDone: 0 },
  })
  const row = taken.count === 0 ? null : await db.export.findUnique({ where: { id } })
  if (row === null) return null
  const own = { id, attempt: row.attempt, state: 'running' as const }
  const stop = new AbortController()
  let progress = { rowsDone: 0, rowsTotal: 0 }
  const tick = setInterval(() => {
    db.export
      .updateMany({ where: own, data: progress })
      .then(
        ({ count }) =>
          count === 0 && stop.abort(new AppError('unavailable', 'The export was cancelled, or another worker has taken it over.')),
      )
      .catch(() => undefined)
  }, TICK_MS)
  const onProgress: ExportHooks['onProgress'] = (now) => {
    progress = { ...now }
  }
  try {
    const report = await run(row, { signal: AbortSignal.any([signal, stop.signal]), onProgress })
    await db.$transaction(async (tx) => {
      const done = { state: 'done' as const, finishedAt: new Date(), rowsDone: report.samples, rowsTotal: report.samples }
      const { count } = await tx.export.updateMany({ where: own, data: { ...done, report: toJsonInput(report) } })
      const facts = { format: row.format, samples: report.samples, files: report.fileCount }
      if (count > 0) await audit(tx, { scope: row.projectId, actorId: row.userId, action: 'export.done', subject: id, facts })
    })
    return report
  } catch (thrown) {
    if (stop.signal.aborted) return null
    // A database that is away is no failure of the export: the job is tried again when it is back.
    if (!signal.aborted && !isDatabaseGone(thrown)) {
      const data = { state: 'failed' as const, finishedAt: new Date(), report: toJsonInput({ error: toAppError(thrown).toBody() }) }
      await db.export.updateMany({ where: own, data })
    }
    throw thrown
  } finally {
    clearInterval(tick)
  }
}

/** Its job is given up: the export has failed for this reason, and a worker that still has it in hand is fenced out. */
export async function buryExport(id: string, error: AppError): Promise<void> {
  const report = toJsonInput({ error: error.toBody() })
  const data = { state: 'failed' as const, attempt: { increment: 1 }, finishedAt: new Date(), report }
  await db.export.updateMany({ where: { id, state: { in: ['waiting', 'running'] } }, data })
}
