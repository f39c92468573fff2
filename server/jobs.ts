/**
 * The job queue (pg-boss on our database). Jobs carry an id only; what is to be done stands in the row of that id, written in
 * the same transaction (invariant 6).
 */
import { fromPrisma, PgBoss, type SendOptions } from 'pg-boss'
import { STAGE_NAMES, type StageName } from '@/core/pipeline/stages'
import { db, type Tx } from './db'
import { env } from './env'
import { log } from './log'

/** Each name is a module `worker/<name>.ts` with `run(id, signal)`. */
export const JOB_NAMES = ['probe-video', 'prepare-stills', 'run-import', 'run-export', 'run-errand', 'run-selector-report'] as const

/** A queue a stage, so that each has its own concurrency and work spreads over hosts stage by stage. Ids are those of `Task`. */
export type StageQueue = `stage-${StageName}`
export const stageQueue = (stage: StageName): StageQueue => `stage-${stage}`

export type JobName = (typeof JOB_NAMES)[number] | StageQueue
export const QUEUES: readonly JobName[] = [...JOB_NAMES, ...STAGE_NAMES.map(stageQueue)]
export type JobData = { readonly id: string }

/** Where a job goes whose worker died too often, or that would fail again. */
export const DEAD_LETTER = 'dead'
/** Instances of this name are workers; the others only send. */
const WORKER_NAME = 'worker'

/**
 * A run is lost only with its worker, so retries are many: each restart of a worker costs one. `short`: an id that waits
 * already is not queued twice. A worker that is silent for that long has died (measured: retried about as soon as that).
 */
const QUEUE_OPTIONS = {
  policy: 'short',
  retryLimit: 10,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  expireInSeconds: 6 * 3600,
  heartbeatSeconds: env.jobHeartbeatSec,
  deleteAfterSeconds: 7 * 86_400,
  deadLetter: DEAD_LETTER,
  // A waiting worker is woken when the transaction commits; polling is only what catches a lost notice.
  notify: true,
} as const

/** A dead letter outlives a database that is away for a while, and a worker that dies over it. */
const DEAD_LETTER_OPTIONS = {
  retryLimit: 20,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  expireInSeconds: 60,
  heartbeatSeconds: env.jobHeartbeatSec,
  notify: true,
} as const

const CONNECTIONS = { sender: 2, worker: 6 } as const

async function openQueue(kind: 'sender' | 'worker'): Promise<PgBoss> {
  const isWorker = kind === 'worker'
  const boss = new PgBoss({
    connectionString: env.databaseUrl,
    application_name: `crema-${kind}`,
    max: CONNECTIONS[kind],
    supervise: isWorker,
    schedule: false,
    useListenNotify: isWorker,
    // With the defaults a dead worker's job is noticed only after a minute.
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    maintenanceIntervalSeconds: 60,
    registerInstance: isWorker,
    instanceName: WORKER_NAME,
    instanceHeartbeatSeconds: 5,
  })
  // Not the error itself: it carries the whole connection with it.
  boss.on('error', ({ message }) => log.error({ reason: message }, 'the job queue reported an error'))
  await boss.start()
  if ((await boss.getQueue(DEAD_LETTER)) === null) await boss.createQueue(DEAD_LETTER, DEAD_LETTER_OPTIONS)
  else if (isWorker) await boss.updateQueue(DEAD_LETTER, DEAD_LETTER_OPTIONS)
  const there = new Set((await boss.getQueues()).map((queue) => queue.name))
  for (const name of QUEUES) {
    if (!there.has(name)) await boss.createQueue(name, QUEUE_OPTIONS)
    // A queue of an older version, or of another setting, is brought up to date by whoever works on it.
    else if (isWorker) await boss.updateQueue(name, { notify: true, heartbeatSeconds: env.jobHeartbeatSec })
  }
  return boss
}

/** Opens the queue for working; `worker/main.ts` is the only caller. Supervises the queues while it runs. */
export function startQueue(): Promise<PgBoss> {
  return openQueue('worker')
}

const holder: typeof globalThis & { cremaQueue?: Promise<PgBoss> | undefined } = globalThis

/** The one sender of this process, opened at first use. A failed attempt is not kept. */
function sender(): Promise<PgBoss> {
  holder.cremaQueue ??= openQueue('sender').catch((error: unknown) => {
    holder.cremaQueue = undefined
    throw error
  })
  return holder.cremaQueue
}

/** Queues the job in the caller's transaction: it exists exactly when the transaction commits. */
export async function enqueue(
  tx: Tx,
  name: JobName,
  id: string,
  options: Pick<SendOptions, 'priority' | 'startAfter'> = {},
): Promise<void> {
  const boss = await sender()
  const data: JobData = { id }
  await boss.send(name, data, { ...options, db: fromPrisma(tx), singletonKey: id })
}

/** Queues many ids under one name in the caller's transaction, not before `startAfter`. */
export async function enqueueMany(tx: Tx, name: JobName, ids: readonly string[], startAfter: Date | null = null): Promise<void> {
  if (ids.length === 0) return
  const boss = await sender()
  const jobs = ids.map((id) => ({ data: { id }, singletonKey: id, ...(startAfter === null ? {} : { startAfter }) }))
  await boss.insert(name, jobs, { db: fromPrisma(tx) })
}

/** Whether the row has a job in this queue that waits or is being worked on. */
export async function hasOtherJob(name: string, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job WHERE name = ${name} AND singleton_key = ${id} AND state IN ('created', 'retry', 'active') LIMIT 1`
  return rows.length > 0
}

/**
 * Whether another job than `jobId` for the row is in somebody's hands. One whose worker has died counts for as long as its
 * heartbeat is waited for; then it is handed out again itself.
 */
export async function isHeldByOtherJob(name: string, id: string, jobId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job WHERE name = ${name} AND singleton_key = ${id} AND state = 'active' AND id <> ${jobId}::uuid LIMIT 1`
  return rows.length > 0
}

/** Number of workers heard from within the last 15 s. Throws when the queue does not answer. */
export async function countLiveWorkers(): Promise<number> {
  const boss = await sender()
  const instances = await boss.getInstances()
  return instances.filter((instance) => instance.live && instance.name === WORKER_NAME).length
}
