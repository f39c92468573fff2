/** Everything a model can do wrong, mixed: every task ends as done or as failed with a reason, and nothing is half-written. */

import { FAULTS } from '@/e2e/model-server/faults'
import { db } from '@/server/db'
import { beginRun, type Clips, type Ground, makeFaultProject, untilOver } from './ground'

export type ModelFaultReport = {
  readonly faults: number
  readonly state: string
  readonly failedWithoutReason: number
  readonly halfWritten: number
  readonly tasks: Readonly<Record<string, number>>
}

/** All but a server that never answers: waiting for its patience to end teaches nothing more a thousand times. */
const MIXED = FAULTS.filter((fault) => fault !== 'silent' && fault !== 'bad-key' && fault !== 'no-credit')

/** `share` of all answers go wrong, in ways drawn from `seed`. */
export async function spoilAnswers(ground: Ground, clips: Clips, share: number, seed: number): Promise<ModelFaultReport> {
  const projectId = await makeFaultProject(`spoiled-${Date.now()}`, clips)
  const before = ground.server.log.length
  ground.server.setChaos({ share, seed, faults: MIXED })
  const runId = await beginRun(projectId)
  const worker = ground.startWorker({ CREMA_STAGE_CONCURRENCY: '8', CREMA_MODEL_TIMEOUT_MS: '2000' })
  try {
    const state = await untilOver(runId, 900_000)
    const tasks = await db.task.groupBy({ by: ['state'], where: { runId }, _count: true })
    const drafted = await db.task.count({ where: { runId, stage: 'lint', state: 'done' } })
    const samples = await db.sample.count({ where: { projectId, body: { isNot: null } } })
    return {
      faults: ground.server.log.slice(before).filter((request) => request.fault !== null).length,
      state,
      failedWithoutReason: await db.task.count({ where: { runId, state: 'failed', errorMessage: null } }),
      halfWritten: Math.abs(drafted - samples),
      tasks: Object.fromEntries(tasks.map((row) => [row.state, row._count])),
    }
  } finally {
    ground.server.setChaos(null)
    worker.kill('SIGKILL')
    await worker.gone
  }
}
