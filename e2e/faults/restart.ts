/** PostgreSQL dies without a word, or is told to stop, while a run is on, and comes back a little later: nothing is lost. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startDatabase } from '@/scripts/database.mjs'
import { findPlace } from '@/scripts/postgres-place.mjs'
import { db } from '@/server/db'
import { beginRun, census, exportHash, type Ground, makeFaultProject } from './ground'

export type RestartReport = {
  readonly restarts: number
  readonly state: string
  readonly isSame: boolean
  readonly calm: Awaited<ReturnType<typeof census>>
  readonly storm: Awaited<ReturnType<typeof census>>
  readonly failedTasks: number
  readonly reservationsLeft: number
}

/** Sudden death, and what an administrator does: connections are cut, and what is under way is rolled back. */
const SIGNALS = ['SIGKILL', 'SIGINT'] as const
/** The work is spread over the strikes; the last part is done in peace. */
const FIRST_TASKS = 2
const LIMIT_MS = 300_000

type Storm = { readonly calmId: string; readonly videos: number; readonly times: number; readonly random: () => number }

/**
 * `dataDir` = the installation whose database it is; nobody else may use it. `calmId` = project of `runCalmly` over as many
 * videos. `random` = 0 ≤ x < 1, seeded by the caller.
 */
export async function restartDatabase(ground: Ground, dataDir: string, { calmId, videos, times, random }: Storm): Promise<RestartReport> {
  const calm = await census(calmId)
  const stormId = await makeFaultProject(`restarted-${Date.now()}`, videos)
  const runId = await beginRun(stormId)
  const worker = ground.startWorker()
  const endsAt = Date.now() + LIMIT_MS
  const stand = () => patiently(() => standOf(runId), endsAt)
  let restarts = 0
  try {
    let { state, done } = await stand()
    for (; state === 'running'; { state, done } = await stand()) {
      const isDue = restarts < times && done >= FIRST_TASKS + (restarts * calm.tasks) / (times + 1)
      if (isDue) {
        await restart(dataDir, SIGNALS[restarts % SIGNALS.length] ?? 'SIGKILL', random() * 2000)
        restarts += 1
      }
      await sleep(50)
      if (Date.now() > endsAt) break
    }
    return {
      restarts,
      state,
      isSame: (await exportHash(calmId)) === (await exportHash(stormId)),
      calm,
      storm: await census(stormId),
      failedTasks: await db.task.count({ where: { projectId: stormId, state: 'failed' } }),
      reservationsLeft: await db.reservation.count({ where: { projectId: stormId } }),
    }
  } finally {
    worker.kill('SIGKILL')
    await worker.gone
  }
}

async function standOf(runId: string): Promise<{ state: string; done: number }> {
  const { state } = await db.run.findUniqueOrThrow({ where: { id: runId }, select: { state: true } })
  return { state, done: await db.task.count({ where: { runId, state: 'done' } }) }
}

/** Our own connections are cut as well: asked again, the database answers. */
async function patiently<T>(ask: () => Promise<T>, endsAt: number): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (Date.now() > endsAt) throw error
      await sleep(50)
    }
  }
}

async function restart(dataDir: string, signal: NodeJS.Signals, downMs: number): Promise<void> {
  const file = path.join(findPlace(dataDir)?.data ?? '', 'postmaster.pid')
  process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), signal)
  await sleep(downMs)
  const { DATABASE_URL: url } = process.env
  // With an address given, nothing would be started. It comes up where it was.
  delete process.env.DATABASE_URL
  const starting = startDatabase({ dataDir })
  if (url !== undefined) process.env.DATABASE_URL = url
  const { stop } = await starting
  // Whoever opened the installation still holds it, and is the one to stop it.
  await stop()
}
