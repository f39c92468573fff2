/** A worker that is frozen for longer than anybody waits, and goes on when another has done its work. */
import { setTimeout as sleep } from 'node:timers/promises'
import { db } from '@/server/db'
import { beginRun, exportHash, type Ground, makeFaultProject, untilOver } from './ground'

export type ZombieReport = {
  readonly frozen: number
  readonly stale: number
  readonly changedAfterwards: boolean
  readonly states: readonly string[]
}

export async function freezeWorkers(ground: Ground, times: number, videos: number): Promise<ZombieReport> {
  let stale = 0
  let changedAfterwards = false
  const states: string[] = []
  for (let time = 0; time < times; time += 1) {
    const projectId = await makeFaultProject(`frozen-${Date.now()}`, videos)
    const runId = await beginRun(projectId)
    const zombie = ground.startWorker({ LOG_LEVEL: 'info' })
    // Frozen with work in hand, wherever it stands.
    while ((await db.task.count({ where: { runId, state: 'running' } })) === 0) await sleep(5)
    zombie.kill('SIGSTOP')
    const heir = ground.startWorker()
    states.push(await untilOver(runId))
    heir.kill('SIGKILL')
    await heir.gone
    const before = await stateOf(projectId, runId)
    zombie.kill('SIGCONT')
    // Awake, it finds its work done: it says so in its log, or its connection was cut while it slept.
    const seen = () => /stale_attempt|job failed|could not|error/i.test(zombie.log())
    for (let wait = 0; wait < 100 && !seen(); wait += 1) await sleep(100)
    stale += (zombie.log().match(/stale_attempt/g) ?? []).length
    zombie.kill('SIGKILL')
    await zombie.gone
    changedAfterwards ||= before !== (await stateOf(projectId, runId))
  }
  return { frozen: times, stale, changedAfterwards, states }
}

async function stateOf(projectId: string, runId: string): Promise<string> {
  const tasks = await db.task.findMany({ where: { runId }, orderBy: { id: 'asc' } })
  const plain = tasks.map(({ id, state, attempt, resultId }) => ({ id, state, attempt, resultId }))
  return JSON.stringify([plain, await exportHash(projectId), await db.sample.count({ where: { projectId } })])
}
