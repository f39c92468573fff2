/** Taking a task: the only way for a worker to begin work on it. */

import { AppError } from '@/core/errors'
import { type PipelineSettings, pipelineSettingsSchema } from '@/core/pipeline/settings'
import { type StageName, stageNameSchema } from '@/core/pipeline/stages'
import { db } from '../db'
import { bookLostReservations } from './budget'

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
 * Takes the task for this attempt. null when there is nothing to do: done, cancelled, or its run is paused or over.
 * A task that is marked as running is taken too: its worker died, or is so late that it will find itself fenced out.
 */
export async function claimTask(id: string): Promise<ClaimedTask | null> {
  const [row] = await db.$queryRaw<Row[]>`
    UPDATE "Task" t SET state = 'running', attempt = t.attempt + 1, "startedAt" = now(), "nextTryAt" = NULL
    FROM "Run" r
    WHERE t.id = ${id}::uuid AND r.id = t."runId" AND r.state = 'running' AND t.state IN ('waiting', 'running')
    RETURNING t.attempt, t.tries, t.stage, t."pairKey", t.place, t."projectId"::text AS "projectId", t."runId"::text AS "runId", t."videoId"::text AS "videoId"`
  if (row === undefined) return null
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

/** Whether the task is still this attempt's, and its run goes on. */
export async function isStillMine(task: Pick<ClaimedTask, 'id' | 'attempt'>): Promise<boolean> {
  const count = await db.task.count({
    where: { id: task.id, attempt: task.attempt, state: 'running', run: { state: { in: ['running', 'paused'] } } },
  })
  return count > 0
}
