/** The end of a task, good or bad: its row, its result, the tasks that follow and their jobs, in one transaction (invariant 6). */
import type { StageOutput } from '@/core/pipeline/outputs'
import { PAIRS_PER_VIDEO, pairPlace } from '@/core/pipeline/sample-order'
import type { StageProvenance } from '@/core/pipeline/stage-provenance'
import { type StageName, scopeOf, stageAfter, stagePosition } from '@/core/pipeline/stages'
import { audit } from '../audit'
import { canonicalJson } from '../canonical-json'
import { db, type Tx } from '../db'
import { toJsonInput } from '../import/track-import'
import { uuidV7 } from '../import/uuid-v7'
import { enqueueMany, stageQueue } from '../jobs'
import { log } from '../log'
import { sha256Of } from '../sha256-of'
import type { ClaimedTask } from './claim-task'

export type StageOutcome<Name extends StageName = StageName> = {
  readonly inputHash: string
  readonly output: StageOutput[Name]
  readonly provenance: StageProvenance
  readonly costMicroUsd: number
  /** Of the cost, what this task has paid itself. */
  readonly paidMicroUsd: number
  readonly durationMs: number
}

/** The task was taken over, cancelled or done while we worked: nothing of ours was written. */
export class StaleAttempt extends Error {}

const TRANSACTION = { timeout: 60_000, maxWait: 30_000 } as const

/** The stored result for these inputs, if some run of the project has it already. */
export async function findResult(task: ClaimedTask, inputHash: string): Promise<{ id: string; output: unknown } | null> {
  return db.stageResult.findUnique({
    where: { projectId_stage_inputHash: { projectId: task.projectId, stage: task.stage, inputHash } },
    select: { id: true, output: true },
  })
}

/** Marks the task as done with a result that was there. @throws StaleAttempt */
export async function finishFromMemory(task: ClaimedTask, result: { id: string; output: unknown }): Promise<void> {
  await commit(task, async (tx) => {
    await markDone(tx, task, { resultId: result.id, isMemo: true })
    await follow(tx, task, result.output as StageOutput[StageName])
  })
}

/**
 * Stores the result and marks the task as done.
 *
 * @param produce gives the outcome; `lint` writes its draft in the same transaction on the way
 * @throws StaleAttempt
 */
export async function finishTask(task: ClaimedTask, produce: (tx: Tx) => StageOutcome | Promise<StageOutcome>): Promise<void> {
  await commit(task, async (tx) => {
    const outcome = await produce(tx)
    const resultId = await storeResult(tx, task, outcome)
    await markDone(tx, task, { resultId, durationMs: outcome.durationMs, costMicroUsd: outcome.paidMicroUsd })
    await follow(tx, task, outcome.output)
  })
}

async function commit(task: ClaimedTask, write: (tx: Tx) => Promise<void>): Promise<void> {
  try {
    await db.$transaction(write, TRANSACTION)
  } catch (error) {
    if (error instanceof StaleAttempt) log.warn({ taskId: task.id, stage: task.stage, attempt: task.attempt }, 'stale_attempt')
    throw error
  }
}

async function storeResult(tx: Tx, task: ClaimedTask, outcome: StageOutcome): Promise<string> {
  const { inputHash, output, provenance, costMicroUsd, durationMs } = outcome
  const key = { projectId: task.projectId, stage: task.stage, inputHash }
  const outputHash = sha256Of(canonicalJson(output))
  const row = { ...key, outputHash, output: toJsonInput(output), provenance: toJsonInput(provenance), costMicroUsd, durationMs }
  await tx.stageResult.createMany({ data: [{ id: uuidV7(), ...row }], skipDuplicates: true })
  // Another run may have stored it in between; both then stand on the one that came first.
  return (await tx.stageResult.findUniqueOrThrow({ where: { projectId_stage_inputHash: key }, select: { id: true } })).id
}

async function markDone(
  tx: Tx,
  task: ClaimedTask,
  data: { resultId: string; isMemo?: boolean; durationMs?: number; costMicroUsd?: number },
): Promise<void> {
  const { count } = await tx.task.updateMany({
    where: { id: task.id, attempt: task.attempt, state: 'running' },
    data: { ...data, state: 'done', finishedAt: new Date(), errorCode: null, errorMessage: null },
  })
  if (count === 0) throw new StaleAttempt()
}

/** Pairs that the filter kept, from the output of `filter-qa`. */
function keptPairs(output: StageOutput[StageName]): string[] {
  const kept = 'judged' in output ? output.judged.filter((entry) => entry.isKept) : []
  return [...new Set(kept.map((entry) => entry.key))].slice(0, PAIRS_PER_VIDEO)
}

async function follow(tx: Tx, task: ClaimedTask, output: StageOutput[StageName]): Promise<void> {
  const next = stageAfter(task.stage)
  const isFork = next !== null && scopeOf(next) !== scopeOf(task.stage)
  const pairKeys = next === null ? [] : isFork ? keptPairs(output) : [task.pairKey]
  if (next !== null && pairKeys.length > 0) await addTasks(tx, task, next, pairKeys)
  else await endRunIfOver(tx, task.run.id)
}

async function addTasks(tx: Tx, task: ClaimedTask, stage: StageName, pairKeys: readonly string[]): Promise<void> {
  const { projectId, run, video, place } = task
  const rows = pairKeys.map((pairKey, position) => ({
    id: uuidV7(),
    runId: run.id,
    projectId,
    videoId: video.id,
    stage,
    position: stagePosition(stage),
    pairKey,
    place: pairPlace(place, position),
  }))
  await tx.task.createMany({ data: rows, skipDuplicates: true })
  await enqueueMany(
    tx,
    stageQueue(stage),
    rows.map((row) => row.id),
  )
}

/** Holds the run's row until the end of the transaction. Whoever holds tasks as well took them first, so nobody waits in a ring. */
export async function lockRun(tx: Tx, runId: string): Promise<{ state: string; projectId: string } | null> {
  const [run] = await tx.$queryRaw<{ state: string; projectId: string }[]>`
    SELECT state::text, "projectId"::text AS "projectId" FROM "Run" WHERE id = ${runId}::uuid FOR UPDATE`
  return run ?? null
}

/**
 * Sets the run to done when no task is left. The run's row is locked first: of two tasks that end at the same moment, the
 * second one sees the end of the first.
 */
export async function endRunIfOver(tx: Tx, runId: string): Promise<void> {
  const run = await lockRun(tx, runId)
  if (run === null || (run.state !== 'running' && run.state !== 'paused')) return
  const left = await tx.task.count({ where: { runId, state: { in: ['waiting', 'running'] } } })
  if (left > 0) return
  const failed = await tx.task.count({ where: { runId, state: 'failed' } })
  await tx.run.update({ where: { id: runId }, data: { state: 'done', stateReason: null, finishedAt: new Date() } })
  await audit(tx, { scope: run.projectId, actorId: null, action: 'run.done', subject: runId, facts: { failed } })
}
