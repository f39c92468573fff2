import type { JobResult, JobWithMetadata } from 'pg-boss'
import { type ErrorCode, toAppError } from '@/core/errors'
import type { JobData } from '@/server/jobs'
import { log } from '@/server/log'

/** What we look at of a job. `source…` = in a dead letter, the queue it comes from and what its last worker said. */
export type TakenJob = Pick<JobWithMetadata<JobData>, 'id' | 'data' | 'signal' | 'retryCount' | 'sourceName' | 'sourceOutput'>

/** What `worker/<name>.ts` exports: does the work of the row with this id; stops soon after the signal aborts. */
export type Run = (id: string, signal: AbortSignal, job: TakenJob) => Promise<void>

/** What may go away by itself. Everything else would fail again and goes to the dead letters at once. */
const WORTH_RETRYING: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['unavailable', 'storage_full', 'internal'])

/** Runs one job and says what the queue shall do with it. Never throws. */
export async function runJob(name: string, load: () => Promise<{ run: Run }>, job: TakenJob, stopSignal: AbortSignal): Promise<JobResult> {
  const startedAt = performance.now()
  const durationMs = () => Math.round(performance.now() - startedAt)
  const facts = { job: name, id: job.data.id, attempt: job.retryCount + 1 }
  try {
    const { run } = await load()
    const signal = AbortSignal.any([job.signal, stopSignal])
    signal.throwIfAborted()
    await run(job.data.id, signal, job)
    // A run has thousands of stages; what they do stands on its page.
    log[name.startsWith('stage-') ? 'debug' : 'info']({ ...facts, durationMs: durationMs() }, 'job done')
    return { id: job.id, status: 'completed' }
  } catch (thrown) {
    const error = toAppError(thrown)
    // A job that was interrupted by a stop is not at fault, whatever it threw.
    const isRetried = stopSignal.aborted || WORTH_RETRYING.has(error.code)
    log.error({ ...facts, durationMs: durationMs(), code: error.code, err: error.cause ?? error, isRetried }, 'job failed')
    return { id: job.id, status: isRetried ? 'failed' : 'deadletter', output: error.toBody() }
  }
}
