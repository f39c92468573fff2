/** `kill -9` of the worker at every named point and at random moments: the end is that of an undisturbed run, byte for byte. */
import { setTimeout as sleep } from 'node:timers/promises'
import { db } from '@/server/db'
import { beginRun, type Clips, census, exportHash, type Ground, makeFaultProject, runCalmly, untilOver } from './ground'

export type KillReport = {
  readonly kills: number
  readonly isSame: boolean
  readonly calm: Awaited<ReturnType<typeof census>>
  readonly storm: Awaited<ReturnType<typeof census>>
  readonly requests: { readonly calm: number; readonly storm: number }
  readonly reservationsLeft: number
}

export const FAULT_POINTS = ['claimed', 'worked', 'drafted', 'finished'] as const

/** `random` = 0 ≤ x < 1, seeded by the caller, so that a failing storm can be had again. */
export async function killWorkers(ground: Ground, clips: Clips, randomKills: number, random: () => number): Promise<KillReport> {
  const before = ground.server.log.length
  const calmId = await runCalmly(ground, clips)
  const between = ground.server.log.length

  const stormId = await makeFaultProject(`storm-${Date.now()}`, clips)
  const stormRun = await beginRun(stormId)
  let kills = 0
  // Each of these workers dies by its own hand at its point.
  for (const point of FAULT_POINTS) {
    const worker = ground.startWorker({ CREMA_FAULT: `${point}:2` })
    const over = untilOver(stormRun).catch(() => 'late')
    if ((await Promise.race([worker.gone.then(() => 'dead'), over])) === 'dead') kills += 1
    worker.kill('SIGKILL')
    await worker.gone
  }
  for (let kill = 0; kill < randomKills; kill += 1) {
    const worker = ground.startWorker()
    // Start-up takes about a second; the work lies behind it.
    await sleep(900 + random() * 2500)
    worker.kill('SIGKILL')
    await worker.gone
    kills += 1
    const { state } = await db.run.findUniqueOrThrow({ where: { id: stormRun } })
    if (state !== 'running') break
  }
  const last = ground.startWorker()
  await untilOver(stormRun)
  last.kill('SIGKILL')
  await last.gone
  return {
    kills,
    isSame: (await exportHash(calmId)) === (await exportHash(stormId)),
    calm: await census(calmId),
    storm: await census(stormId),
    requests: { calm: between - before, storm: ground.server.log.length - between },
    reservationsLeft: await db.reservation.count({ where: { projectId: stormId } }),
  }
}
