/** Taking a task: the only way for a worker to begin work on it. */

import { AppError } from '@/core/errors'
import { type PipelineSettings, pipelineSettingsSchema } from '@/core/pipeline/settings'
import { type StageName, stageNameSchema, stagePosition } from '@/core/pipeline/stages'
import { db } from '../db'
import { isHeldByOtherJob, stageQueue } from '../jobs'
import { bookLostReservations } from './budget'

const OPEN = ['waiting', 'running'] as const

export type ClaimedTask = {
  readonly id: string
  /** The fence: what is written under it counts only while the task still has this attempt. */
  readonly attempt: number
  readonly tries: number
  readonly stage: StageName
  readonly pairKey: string
  readonly place: number
  readonly projectId: string
  readonly run: {
    readonly id: string
    readonly number: number
    readonly freshFrom: StageName | null
    readonly settings: PipelineSettings
    readonly startedAt: Date
  }
  readonly video: { readonly id: string; readonly sha256: string }
}

type Row = {
  attempt: number
  tries: number
  stage: string
  pairKey: string
  place: number
  projectId: string
  runId: string
  videoId: string
}

/**
 * Takes the task for this attempt. null when there is nothing to do: done, cancelled, its run is paused or over, or a task that
 * was queued twice is in another worker's hands. Otherwise a task that is marked as running is taken too: its worker died, or is
 * so late that it will find itself fenced out.
 *
 * @param jobId the job that brings the task; null = none, whoever has it is given up
 */
export async function claimTask(id: string, jobId: string | null = null): Promise<ClaimedTask | null> {
  const row = (await take(id, ['waiting'])) ?? ((await isHeld(id, jobId)) ? null : await takeOver(id))
  if (row === null) return null
  if (row.attempt > 1) await bookLostReservations(id, row.attempt)
  const run = await db.run.findUniqueOrThrow({
    where: { id: row.runId },
    select: { id: true, number: true, settings: true, freshFrom: true, createdAt: true },
  })
  const video = await db.video.findUnique({ where: { id: row.videoId }, select: { id: true, sha256: true } })
  if (video === null) throw new AppError('missing_file', 'The video has been deleted since the run began.')
  return {
    id,
    attempt: row.attempt,
    tries: row.tries,
    stage: stageNameSchema.parse(row.stage),
    pairKey: row.pairKey,
    place: row.place,
    projectId: row.projectId,
    run: {
      id: run.id,
      number: run.number,
      freshFrom: stageNameSchema.nullable().parse(run.freshFrom),
      settings: pipelineSettingsSchema.parse(run.settings),
      startedAt: run.createdAt,
    },
    video,
  }
}

async function takeOver(id: string): Promise<Row | null> {
  return (await take(id, OPEN)) ?? ((await letGo(id)) ? take(id, OPEN) : null)
}

/** Whether somebody works on the task right now. Two jobs for it are rare, and then its work would be done, and paid, twice. */
async function isHeld(id: string, jobId: string | null): Promise<boolean> {
  if (jobId === null) return false
  const task = await db.task.findUnique({ where: { id }, select: { stage: true, state: true } })
  return task?.state === 'running' && isHeldByOtherJob(stageQueue(stageNameSchema.parse(task.stage)), id, jobId)
}

async function take(id: string, states: readonly string[]): Promise<Row | null> {
  const [row] = await db.$queryRaw<Row[]>`
    UPDATE "Task" t SET state = 'running', attempt = t.attempt + 1, "startedAt" = now(), "nextTryAt" = NULL
    FROM "Run" r
    WHERE t.id = ${id}::uuid AND r.id = t."runId" AND r.state = 'running' AND t.state::text = ANY(${states})
    RETURNING t.attempt, t.tries, t.stage, t."pairKey", t.place, t."projectId"::text AS "projectId", t."runId"::text AS "runId", t."videoId"::text AS "videoId"`
  return row ?? null
}

/**
 * A job that comes for a task which cannot be taken may be that of a worker that died. In a paused run the task then waits
 * again, or no resuming would ever find it; and calls that never came back are booked. Task before run, as everywhere: the run's
 * row is held, so that a resuming either sees the task wait or is seen here.
 *
 * @returns whether the run goes on after all, so that it is worth trying once more
 */
async function letGo(id: string): Promise<boolean> {
  const found = await db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM "Task" WHERE id = ${id}::uuid AND state = 'running' FOR UPDATE`
    const [run] = await tx.$queryRaw<{ state: string }[]>`
      SELECT r.state::text AS state FROM "Run" r WHERE r.id = (SELECT "runId" FROM "Task" WHERE id = ${id}::uuid) FOR SHARE`
    if (run?.state === 'paused') {
      await tx.task.updateMany({
        where: { id, state: 'running' },
        data: { state: 'waiting', attempt: { increment: 1 }, startedAt: null },
      })
    }
    const task = await tx.task.findUnique({ where: { id }, select: { attempt: true, state: true } })
    return task === null || run === undefined ? null : { ...task, run: run.state }
  })
  if (found === null) return false
  const isOpen = found.state === 'waiting' || found.state === 'running'
  if (found.run === 'running' && isOpen) return true
  await bookLostReservations(id, isOpen ? found.attempt : found.attempt + 1)
  return false
}

/** What sets apart what is asked anew on purpose; null = everything remembered will do. */
export function saltOf({ run, stage }: Pick<ClaimedTask, 'run' | 'stage'>): string | null {
  return run.freshFrom !== null && stagePosition(stage) >= stagePosition(run.freshFrom) ? run.id : null
}

/** Whether the task is still this attempt's, and its run goes on. */
export async function isStillMine(task: Pick<ClaimedTask, 'id' | 'attempt'>): Promise<boolean> {
  const count = await db.task.count({
    where: { id: task.id, attempt: task.attempt, state: 'running', run: { state: { in: ['running', 'paused'] } } },
  })
  return count > 0
}
