/** What becomes of a task that did not work out: tried again later, failed for good, or waiting for money. */
import { randomInt } from 'node:crypto'
import type { AppError, ErrorCode } from '@/core/errors'
import { retryDelayMs, triesAllowed } from '@/core/pipeline/retry'
import { audit } from '../audit'
import { db, type Tx } from '../db'
import { enqueue, stageQueue } from '../jobs'
import { log } from '../log'
import { bookLostReservations } from './budget'
import type { ClaimedTask } from './claim-task'
import { endRunIfOver, lockRun } from './finish-task'

const MESSAGE_LIMIT = 1000

/** Writes the failure under the task's attempt; a task that is no longer ours is left alone. */
export async function failTask(task: ClaimedTask, error: AppError): Promise<void> {
  await db.$transaction(async (tx) => {
    if (error.code === 'budget_exhausted') return pauseForMoney(tx, task, error)
    const allowed = triesAllowed(error.code)
    return task.tries + 1 < allowed ? tryLater(tx, task, error, allowed) : giveUp(tx, task, error)
  })
}

type Change = { errorCode: ErrorCode | null; errorMessage: string | null }

const wordsOf = (error: AppError): Change => ({ errorCode: error.code, errorMessage: error.message.slice(0, MESSAGE_LIMIT) })

async function isOurs(tx: Tx, task: ClaimedTask, data: Parameters<Tx['task']['updateMany']>[0]['data']): Promise<boolean> {
  const { count } = await tx.task.updateMany({ where: { id: task.id, attempt: task.attempt, state: 'running' }, data })
  if (count === 0) log.warn({ taskId: task.id, stage: task.stage, attempt: task.attempt }, 'stale_attempt')
  return count > 0
}

async function tryLater(tx: Tx, task: ClaimedTask, error: AppError, allowed: number): Promise<void> {
  const asked = typeof error.details.retryAfterMs === 'number' ? error.details.retryAfterMs : null
  const delayMs = retryDelayMs(task.tries, asked, randomInt(1_000_000) / 1_000_000)
  const nextTryAt = new Date(Date.now() + delayMs)
  if (!(await isOurs(tx, task, { ...wordsOf(error), state: 'waiting', tries: { increment: 1 }, nextTryAt }))) return
  await enqueue(tx, stageQueue(task.stage), task.id, { startAfter: nextTryAt })
  log.warn({ taskId: task.id, stage: task.stage, code: error.code, delayMs, tries: task.tries + 1, allowed }, 'stage tried again later')
}

async function giveUp(tx: Tx, task: ClaimedTask, error: AppError): Promise<void> {
  const data = { ...wordsOf(error), state: 'failed' as const, tries: { increment: 1 }, nextTryAt: null, finishedAt: new Date() }
  if (!(await isOurs(tx, task, data))) return
  log.error({ taskId: task.id, stage: task.stage, code: error.code, details: error.details }, 'stage failed')
  await endRunIfOver(tx, task.run.id)
}

async function pauseForMoney(tx: Tx, task: ClaimedTask, error: AppError): Promise<void> {
  if (!(await isOurs(tx, task, { state: 'waiting', startedAt: null }))) return
  // A resuming at this moment has not seen this task wait: the run is looked at when it is through.
  await lockRun(tx, task.run.id)
  const { count } = await tx.run.updateMany({
    where: { id: task.run.id, state: 'running' },
    data: { state: 'paused', stateReason: error.message },
  })
  if (count === 0) return
  await audit(tx, { scope: task.projectId, actorId: null, action: 'run.out-of-budget', subject: task.run.id, facts: {} })
}

/** A job whose worker died again and again, or that could not even be begun: its task has failed, for the reason given. */
export async function buryTask(taskId: string, error: AppError): Promise<void> {
  const buried = await db.$transaction(async (tx) => {
    const { count } = await tx.task.updateMany({
      where: { id: taskId, state: { in: ['waiting', 'running'] } },
      data: { ...wordsOf(error), state: 'failed', nextTryAt: null, attempt: { increment: 1 }, finishedAt: new Date() },
    })
    const task = count === 0 ? null : await tx.task.findUnique({ where: { id: taskId }, select: { runId: true, attempt: true } })
    if (task !== null) await endRunIfOver(tx, task.runId)
    return task
  })
  if (buried !== null) await bookLostReservations(taskId, buried.attempt)
}
