/** A worker that is frozen for longer than anybody waits, and goes on when another has done its work. */
import { setTimeout as sleep } from 'node:timers/promises'
import { db } from '@/server/db'
import { beginRun, type Clips, exportHash, type Ground, makeFaultProject, untilOver, type Worker } from './ground'

/** Less than the shortest run has. */
const TASKS_BEFORE = 8

export type ZombieReport = {
  readonly frozen: number
  readonly stale: number
  readonly changedAfterwards: boolean
  readonly states: readonly string[]
}

/** `random` = 0 ≤ x < 1 decides after how many finished tasks each is frozen. */
export async function freezeWorkers(ground: Ground, times: number, clips: Clips, random: () => number): Promise<ZombieReport> {
  const report = { frozen: 0, stale: 0, changedAfterwards: false, states: [] as string[] }
  while (report.frozen < times) {
    const projectId = await makeFaultProject(`frozen-${Date.now()}`, clips)
    const runId = await beginRun(projectId)
    const zombie = ground.startWorker({ LOG_LEVEL: 'info' })
    if (await freezeAtWork(zombie, runId, Math.floor(random() * TASKS_BEFORE))) {
      report.frozen += 1
      const heir = ground.startWorker()
      report.states.push(await untilOver(runId))
      heir.kill('SIGKILL')
      await heir.gone
      const before = await stateOf(projectId, runId)
      zombie.kill('SIGCONT')
      // Awake, it finds its work done: it says so in its log, or its connection was cut while it slept.
      const seen = () => /stale_attempt|job failed|could not|error/i.test(zombie.log())
      for (let wait = 0; wait < 100 && !seen(); wait += 1) await sleep(100)
      report.stale += (zombie.log().match(/stale_attempt/g) ?? []).length
      report.changedAfterwards ||= before !== (await stateOf(projectId, runId))
    }
    zombie.kill('SIGKILL')
    await zombie.gone
  }
  return report
}

/** Frozen with work in hand, once so many tasks are done. False when the run was over before. */
async function freezeAtWork(zombie: Worker, runId: string, afterTasks: number): Promise<boolean> {
  const isAtWork = async () => (await db.task.count({ where: { runId, state: 'running' } })) > 0
  for (;;) {
    const done = await db.task.count({ where: { runId, state: 'done' } })
    if (done >= afterTasks && (await isAtWork())) {
      zombie.kill('SIGSTOP')
      if (await isAtWork()) return true
      zombie.kill('SIGCONT')
    }
    const { state } = await db.run.findUniqueOrThrow({ where: { id: runId }, select: { state: true } })
    if (state !== 'running') return false
  }
}

async function stateOf(projectId: string, runId: string): Promise<string> {
  const tasks = await db.task.findMany({ where: { runId }, orderBy: { id: 'asc' } })
  const plain = tasks.map(({ id, state, attempt, resultId }) => ({ id, state, attempt, resultId }))
  return JSON.stringify([plain, await exportHash(projectId), await db.sample.count({ where: { projectId } })])
}
