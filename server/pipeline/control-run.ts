/** Pause, resume, cancel, try again: each one conditional statement (invariant 6), with the jobs of what goes on. */
import { AppError } from '@/core/errors'
import { type StageName, stageNameSchema } from '@/core/pipeline/stages'
import type { Tx } from '../db'
import { enqueueMany, stageQueue } from '../jobs'
import { endRunIfOver, lockRun } from './finish-task'

/** A run over tens of thousands of videos has some hundred thousand tasks, which these acts change in one transaction each. */
export const RUN_ACT_TIMEOUT_MS = 120_000

type RunKey = { readonly projectId: string; readonly runId: string }

const refuse = (what: string) => new AppError('illegal_transition', `${what} Reload the page to see where the run stands.`)

async function requireRun(tx: Tx, { projectId, runId }: RunKey) {
  const run = await tx.run.findFirst({ where: { id: runId, projectId } })
  if (run === null) throw new AppError('not_found', 'There is no such run in this project.', { runId })
  return run
}

/** Tasks in hand are finished, nothing new is begun. @throws AppError not_found, illegal_transition */
export async function pauseRun(tx: Tx, key: RunKey): Promise<void> {
  await requireRun(tx, key)
  const { count } = await tx.run.updateMany({ where: { id: key.runId, state: 'running' }, data: { state: 'paused', stateReason: null } })
  if (count === 0) throw refuse('Only a running run can be paused.')
}

/** `capMicroUsd` undefined = as it was, null = no cap. @throws AppError not_found, illegal_transition, invalid_input */
export async function resumeRun(tx: Tx, key: RunKey, capMicroUsd?: number | null): Promise<void> {
  const run = await requireRun(tx, key)
  const cap = capMicroUsd === undefined ? run.capMicroUsd : capMicroUsd
  if (cap !== null && BigInt(cap) < run.spentMicroUsd) {
    throw new AppError('invalid_input', 'The cap is below what the run has spent already. Enter a higher one.')
  }
  const { count } = await tx.run.updateMany({
    where: { id: key.runId, state: 'paused' },
    data: { state: 'running', stateReason: null, capMicroUsd: cap },
  })
  if (count === 0) throw refuse('Only a paused run can be resumed.')
  await enqueueWaiting(tx, key.runId)
  await endRunIfOver(tx, key.runId)
}

/** Cancels the whole run, or what is left of one of its videos. Drafts that are there stay. @throws AppError not_found, illegal_transition */
export async function cancelRun(tx: Tx, key: RunKey, videoId: string | null): Promise<void> {
  await requireRun(tx, key)
  await cancelTasks(tx, key.runId, videoId)
  if (videoId === null) {
    const { count } = await tx.run.updateMany({
      where: { id: key.runId, state: { in: ['running', 'paused'] } },
      data: { state: 'cancelled', stateReason: null, finishedAt: new Date() },
    })
    if (count === 0) throw refuse('This run is over already.')
  }
  await endRunIfOver(tx, key.runId)
}

/** Until none is left: a task that ends at this moment is followed by one that the statement before did not see. */
async function cancelTasks(tx: Tx, runId: string, videoId: string | null): Promise<void> {
  const left = { runId, state: { in: ['waiting' as const, 'running' as const] }, ...(videoId === null ? {} : { videoId }) }
  while ((await tx.task.count({ where: left })) > 0) {
    await tx.task.updateMany({ where: left, data: { state: 'cancelled', finishedAt: new Date() } })
  }
}

/** Failed tasks begin again with all their tries. @returns how many @throws AppError not_found, illegal_transition */
export async function retryTasks(tx: Tx, key: RunKey, taskIds: readonly string[] | null): Promise<number> {
  await requireRun(tx, key)
  // Held, or the run could end in between without seeing these tasks wait.
  const run = await lockRun(tx, key.runId)
  if (run === null || run.state === 'cancelled') throw refuse('A cancelled run cannot go on. Start a new one; what is done is remembered.')
  const { count } = await tx.task.updateMany({
    where: { runId: key.runId, state: 'failed', ...(taskIds === null ? {} : { id: { in: [...taskIds] } }) },
    data: { state: 'waiting', tries: 0, nextTryAt: null, errorCode: null, errorMessage: null, finishedAt: null },
  })
  if (count === 0) throw refuse('Nothing of this has failed any more.')
  if (run.state === 'done') await tx.run.update({ where: { id: key.runId }, data: { state: 'running', finishedAt: null } })
  if (run.state !== 'paused') await enqueueWaiting(tx, key.runId)
  return count
}

async function enqueueWaiting(tx: Tx, runId: string): Promise<void> {
  const waiting = await tx.task.findMany({ where: { runId, state: 'waiting' }, select: { id: true, stage: true } })
  const byStage = new Map<StageName, string[]>()
  for (const { id, stage } of waiting) {
    const name = stageNameSchema.parse(stage)
    byStage.set(name, [...(byStage.get(name) ?? []), id])
  }
  for (const [stage, ids] of byStage) await enqueueMany(tx, stageQueue(stage), ids)
}
