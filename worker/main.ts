/**
 * The worker process: takes jobs from the queue and hands each to `worker/<name>.ts`. Started by `npm start`, or on its own,
 * here or on other machines, by `npm run worker`.
 */
import { pathToFileURL } from 'node:url'
import type { PgBoss } from 'pg-boss'
import { type ModelRole, STAGES } from '@/core/pipeline/stages'
import { env } from '@/server/env'
import { DEAD_LETTER, JOB_NAMES, type JobData, QUEUES, stageQueue, startQueue } from '@/server/jobs'
import { log } from '@/server/log'
import { readProviderSettings } from './models/provider-settings'
import { type Run, runJob } from './run-job'

const RUNNERS: Readonly<Record<(typeof JOB_NAMES)[number], () => Promise<{ run: Run }>>> = {
  'probe-video': () => import('./probe-video'),
  'prepare-stills': () => import('./prepare-stills'),
  'run-import': () => import('./run-import'),
  'run-export': () => import('./run-export'),
  'run-errand': () => import('./run-errand'),
  'run-selector-report': () => import('./run-selector-report'),
}
const runStage = async () => ({ run: (await import('./run-stage')).run })
const buryJob = () => import('./bury-job')

/** How long a stop waits for running jobs, which are told to end at once. The supervisor waits a little longer. */
const DRAIN_MS = 2000
const POLLING_SECONDS = 0.5
/** While the database's notices arrive, polling only catches one that was lost. */
const NOTIFIED_POLLING_SECONDS = 5

/**
 * One taker of a queue: a job at a time. A taker that had a job looks for the next at once; the library would wait for the
 * next notice, and a backlog makes none.
 */
async function takeJobs(boss: PgBoss, queue: string, load: () => Promise<{ run: Run }>, stopSignal: AbortSignal): Promise<void> {
  const options = {
    batchSize: 1,
    pollingIntervalSeconds: POLLING_SECONDS,
    notifyPollingIntervalSeconds: NOTIFIED_POLLING_SECONDS,
    perJobResults: true,
    includeMetadata: true,
  } as const
  const taker: { id?: string } = {}
  taker.id = await boss.work<JobData, unknown, typeof options>(queue, options, async (jobs) => {
    const results = await Promise.all(jobs.map((job) => runJob(queue, load, job, stopSignal)))
    if (taker.id !== undefined && !stopSignal.aborted) boss.notifyWorker(taker.id)
    return results
  })
}

/** Stages that wait for a model elsewhere run several at once; those that compute here would only slow each other down. */
const takersOf = (role: ModelRole | null): number => (role === null ? 1 : env.stageConcurrency)

async function takeAll(boss: PgBoss, signal: AbortSignal): Promise<void> {
  for (const name of JOB_NAMES) await takeJobs(boss, name, RUNNERS[name], signal)
  for (const { name, role } of STAGES) {
    for (let taker = 0; taker < takersOf(role); taker += 1) await takeJobs(boss, stageQueue(name), runStage, signal)
  }
  await takeJobs(boss, DEAD_LETTER, buryJob, signal)
}

/** Works until the signal aborts, then lets running jobs end (they are told to) and returns. */
export async function runWorker(signal: AbortSignal): Promise<void> {
  // A bad key or address stops the start and names itself, rather than failing a stage hours later.
  readProviderSettings(process.env, env.modelServers)
  const boss = await startQueue()
  await takeAll(boss, signal)
  log.info({ queues: QUEUES.length }, 'worker ready')
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
