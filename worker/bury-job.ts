/**
 * What becomes of the row of a job that is given up: its worker died too often, or it could not be done. Whoever waits for the
 * row must see an end with a reason, so that nothing stays `running` for ever.
 */
import { AppError, isErrorBody } from '@/core/errors'
import { db } from '@/server/db'
import { buryExport } from '@/server/export/track-export'
import { buryImport } from '@/server/import/track-import'
import { hasOtherJob, JOB_NAMES } from '@/server/jobs'
import { log } from '@/server/log'
import { buryErrand } from '@/server/pipeline/errands'
import { buryTask } from '@/server/pipeline/fail-task'
import { buryReport } from '@/server/selection/track-report'
import type { Run } from './run-job'

type Burial = (id: string, error: AppError) => Promise<void>

const BURIALS: Readonly<Record<(typeof JOB_NAMES)[number], Burial>> = {
  'probe-video': async (id, { code, message }) => {
    const data = { state: 'failed' as const, errorCode: code, errorMessage: message }
    await db.video.updateMany({ where: { id, state: { in: ['waiting', 'running'] } }, data })
  },
  // Stills that are not there are made when somebody asks for them; no row waits.
  'prepare-stills': async () => undefined,
  'run-import': buryImport,
  'run-export': buryExport,
  'run-errand': buryErrand,
  'run-selector-report': buryReport,
}

const isPlainJob = (name: string): name is (typeof JOB_NAMES)[number] => JOB_NAMES.some((known) => known === name)

/** What the last worker said, or, when it died without a word, that it did. */
function reasonOf(output: unknown): AppError {
  if (isErrorBody(output)) return new AppError(output.code, output.message)
  return new AppError('internal', 'The worker died on this again and again. Look into its log, then try once more.')
}

/** Handles one dead letter. Done twice it changes nothing. */
export const run: Run = async (id, _signal, { sourceName: name, sourceOutput }) => {
  if (name === null) return
  // Queued a second time in between, the work goes on there; its end is not ours to say.
  if (await hasOtherJob(name, id)) return
  const error = reasonOf(sourceOutput)
  log.warn({ job: name, id, code: error.code }, 'job given up')
  if (isPlainJob(name)) await BURIALS[name](id, error)
  else await buryTask(id, error)
}
