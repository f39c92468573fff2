import { z } from 'zod'
import { AppError } from '@/core/errors'
import { isJsonObject } from '@/core/formats/json'
import { progressOf } from '@/core/pipeline/run-progress'
import { type RunStatus, runStatusSchema } from '@/core/pipeline/run-status'
import { db } from '../db'

/** Rates are counted over the last minute; the pace of whole videos over the last ten. */
const WINDOW_SEC = 60
const PACE_SEC = 600

const stageCountSchema = z.object({
  stage: z.string(),
  done: z.number(),
  memory: z.number(),
  running: z.number(),
  waiting: z.number(),
  retrying: z.number(),
  failed: z.number(),
  cancelled: z.number(),
  recent: z.number(),
  costMicroUsd: z.number(),
})

const videoCountSchema = z.object({ done: z.number(), failed: z.number(), cancelled: z.number(), active: z.number(), recent: z.number() })

type Row = {
  id: string
  number: number
  preset: string
  state: 'running' | 'paused' | 'cancelled' | 'done'
  stateReason: string | null
  freshFrom: string | null
  settings: unknown
  videosTotal: number
  spent: bigint
  reserved: bigint
  cap: bigint | null
  startedBy: string | null
  createdAt: Date
  finishedAt: Date | null
  ageSec: number
  stages: unknown
  videos: unknown
}

/**
 * One run with all its counts, by one statement: the stream of events asks it once a second, also of runs with many thousand
 * tasks. Number or id names the run.
 *
 * @throws AppError not_found
 */
export async function getRun(projectId: string, key: { readonly id: string } | { readonly number: number }): Promise<RunStatus> {
  const row = await findRow(projectId, key)
  if (row === null) throw new AppError('not_found', 'There is no such run in this project. Check the address.', { ...key })
  const counts = z.array(stageCountSchema).parse(row.stages)
  const videos = videoCountSchema.parse(row.videos)
  const ageSec = Math.max(1, row.ageSec)
  const spentMicroUsd = Number(row.spent)
  const windowSec = Math.min(WINDOW_SEC, ageSec)
  const progress = progressOf({ state: row.state, windowSec, videosTotal: row.videosTotal, spentMicroUsd, stages: counts })
  const isRunning = row.state === 'running'
  const pace = isRunning && videos.recent > 0 ? videos.recent / Math.min(PACE_SEC, ageSec) : null
  return runStatusSchema.parse({
    id: row.id,
    number: row.number,
    preset: row.preset,
    state: row.state,
    stateReason: row.stateReason,
    freshFrom: row.freshFrom,
    startedBy: row.startedBy,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    dedupeThreshold: thresholdOf(row.settings),
    videos: {
      total: row.videosTotal,
      done: videos.done,
      failed: videos.failed,
      cancelled: videos.cancelled,
      active: Math.max(0, row.videosTotal - videos.done - videos.failed - videos.cancelled),
    },
    drafts: counts.find(({ stage }) => stage === 'lint')?.done ?? 0,
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
    retrying: counts.reduce((sum, { retrying }) => sum + retrying, 0),
    videosPerMin: pace === null ? null : pace * 60,
    leftSec: progress.leftSec ?? (pace === null ? null : videos.active / pace),
    budget: {
      spentMicroUsd,
      reservedMicroUsd: Number(row.reserved),
      capMicroUsd: row.cap === null ? null : Number(row.cap),
      forecastMicroUsd: progress.forecastMicroUsd,
    },
    stages: progress.stages,
  })
}

async function findRow(projectId: string, key: { readonly id: string } | { readonly number: number }): Promise<Row | null> {
  const id = 'id' in key ? (z.uuid().safeParse(key.id).data ?? null) : null
  const number = 'number' in key && Number.isInteger(key.number) && key.number > 0 && key.number < 2 ** 31 ? key.number : null
  if (id === null && number === null) return null
  const [row] = await db.$queryRaw<Row[]>`
    WITH r AS (
      SELECT * FROM "Run" WHERE "projectId" = ${projectId}::uuid AND ("id" = ${id}::uuid OR "number" = ${number}::int)
    ), t AS MATERIALIZED (
      SELECT t."videoId", t."stage", t."state", t."isMemo", t."tries", t."finishedAt", t."costMicroUsd"
      FROM r JOIN "Task" t ON t."runId" = r."id"
    ), by_stage AS (
      SELECT "stage", count(*) FILTER (WHERE "state" = 'done') AS "done", count(*) FILTER (WHERE "state" = 'done' AND "isMemo") AS "memory",
        count(*) FILTER (WHERE "state" = 'running') AS "running", count(*) FILTER (WHERE "state" = 'waiting') AS "waiting",
        count(*) FILTER (WHERE "state" = 'waiting' AND "tries" > 0) AS "retrying", count(*) FILTER (WHERE "state" = 'failed') AS "failed",
        count(*) FILTER (WHERE "state" = 'cancelled') AS "cancelled",
        count(*) FILTER (WHERE "state" = 'done' AND "finishedAt" > now() - make_interval(secs => ${WINDOW_SEC}::int)) AS "recent",
        sum("costMicroUsd")::float8 AS "costMicroUsd"
      FROM t GROUP BY "stage"
    ), by_video AS (
      SELECT bool_or("state" = 'failed') AS "failed", bool_or("state" IN ('waiting', 'running')) AS "open",
        bool_or("state" = 'cancelled') AS "cancelled", max("finishedAt") AS "last"
      FROM t GROUP BY "videoId"
    ), videos AS (
      SELECT count(*) FILTER (WHERE "failed") AS "failed", count(*) FILTER (WHERE "open" AND NOT "failed") AS "active",
        count(*) FILTER (WHERE "cancelled" AND NOT "open" AND NOT "failed") AS "cancelled",
        count(*) FILTER (WHERE NOT "cancelled" AND NOT "open" AND NOT "failed") AS "done",
        count(*) FILTER (WHERE NOT "open" AND NOT "failed" AND "last" > now() - make_interval(secs => ${PACE_SEC}::int)) AS "recent"
      FROM by_video
    )
    SELECT r."id", r."number", r."preset", r."state"::text AS "state", r."stateReason", r."freshFrom", r."settings", r."videosTotal",
      r."spentMicroUsd" AS "spent", r."reservedMicroUsd" AS "reserved", r."capMicroUsd" AS "cap", u."name" AS "startedBy", r."createdAt",
      r."finishedAt", extract(epoch FROM now() - r."createdAt")::float8 AS "ageSec",
      (SELECT coalesce(json_agg(by_stage), '[]') FROM by_stage) AS "stages", (SELECT row_to_json(videos) FROM videos) AS "videos"
    FROM r LEFT JOIN "User" u ON u."id" = r."userId"`
  return row ?? null
}

function thresholdOf(settings: unknown): number | null {
  const dedupe = isJsonObject(settings) ? settings.dedupe : undefined
  return isJsonObject(dedupe) && typeof dedupe.threshold === 'number' ? dedupe.threshold : null
}
