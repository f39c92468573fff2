/**
 * The worker process: takes jobs from the queue and hands each to `worker/<name>.ts`. Started by `npm start`, or on its own,
 * here or on other machines, by `npm run worker`.
 */
import { pathToFileURL } from 'node:url'
import type { PgBoss } from 'pg-boss'
import { JOB_NAMES, type JobData, type JobName, startQueue } from '@/server/jobs'
import { log } from '@/server/log'
import { type Run, runJob } from './run-job'

const RUNNERS: Readonly<Record<JobName, () => Promise<{ run: Run }>>> = {
  'probe-video': () => import('./probe-video'),
  'prepare-stills': () => import('./prepare-stills'),
  'run-import': () => import('./run-import'),
  'run-export': () => import('./run-export'),
}

/** How long a stop waits for running jobs, which are told to end at once. The supervisor waits a little longer. */
const DRAIN_MS = 2000
const POLLING_SECONDS = 0.5

async function takeJobs(boss: PgBoss, stopSignal: AbortSignal): Promise<void> {
  for (const name of JOB_NAMES) {
    const options = { batchSize: 1, pollingIntervalSeconds: POLLING_SECONDS, perJobResults: true } as const
    await boss.work<JobData, unknown, typeof options>(name, options, (jobs) =>
      Promise.all(jobs.map((job) => runJob(name, RUNNERS[name], job, stopSignal))),
    )
  }
}

/** Works until the signal aborts, then lets running jobs end (they are told to) and returns. */
export async function runWorker(signal: AbortSignal): Promise<void> {
  const boss = await startQueue()
  await takeJobs(boss, signal)
  log.info({ queues: JOB_NAMES }, 'worker ready')
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  log.info('worker stopping')
  await boss.stop({ graceful: true, timeout: DRAIN_MS })
  log.info('worker stopped')
}

async function main(): Promise<void> {
  const controller = new AbortController()
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => controller.abort())
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'a promise failed without anybody listening'))
  await runWorker(controller.signal)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      log.fatal({ err: error }, 'the worker could not start')
      process.exit(1)
    },
  )
}
