import { z } from 'zod'
import { AppError } from '@/core/errors'
import { type CellCount, cellsOf, type RunTrouble, type RunVideo, type RunVideosPage, type VideoFilter } from '@/core/pipeline/run-videos'
import { STAGE_NAMES, stageNameSchema } from '@/core/pipeline/stages'
import { db } from '../db'
import { Prisma } from '../generated/prisma/client'
import { readCursor, writeCursor } from './page-cursor'

export const RUN_VIDEO_PAGE = 50
const MAX_RETRY_IDS = 500
const STAGES_COUNT = STAGE_NAMES.length

/** 0 = in the last stage … `STAGES_COUNT` = not begun; then by name and id. */
const cursorSchema = z.tuple([z.int().min(0).max(STAGES_COUNT), z.string().max(4096), z.uuid()])

type Row = CellCount & {
  videoId: string
  name: string
  hasPoster: boolean
  rank: number
  workMs: number
  failedIds: string[] | null
  code: string | null
  message: string | null
  tries: number | null
  nextTryAt: Date | null
}

const WANTED: Readonly<Record<VideoFilter, Prisma.Sql>> = {
  active: Prisma.sql`"open" AND NOT "failed"`,
  failed: Prisma.sql`"failed"`,
  done: Prisma.sql`NOT "open" AND NOT "failed"`,
}

/**
 * A page of the videos of a run: those furthest along first, then by name (keyset, not offset). The stages of a page come with it in
 * the same statement, counted by the database, however many drafts a video has.
 *
 * @throws AppError invalid_input for a cursor we did not make
 */
export async function listRunVideos(runId: string, filter: VideoFilter, after: string | null): Promise<RunVideosPage> {
  const from = after === null ? null : readCursor(cursorSchema, after)
  const place = from === null ? Prisma.empty : Prisma.sql`AND (p."rank", v."name", v."id") > (${from[0]}, ${from[1]}, ${from[2]}::uuid)`
  const rows = await db.$queryRaw<Row[]>`
    WITH per AS (
      SELECT "videoId", bool_or("state" = 'failed') AS "failed", bool_or("state" IN ('waiting', 'running')) AS "open",
        CASE WHEN bool_or("state" <> 'waiting') THEN ${STAGES_COUNT - 1}::int - max("position") ELSE ${STAGES_COUNT}::int END AS "rank"
      FROM "Task" WHERE "runId" = ${runId}::uuid GROUP BY "videoId"
    ), page AS (
      SELECT v."id", v."name", v."posterSha256" IS NOT NULL AS "hasPoster", p."rank"
      FROM per p JOIN "Video" v ON v."id" = p."videoId" WHERE ${WANTED[filter]} ${place}
      ORDER BY p."rank", v."name", v."id" LIMIT ${RUN_VIDEO_PAGE + 1}
    )
    SELECT page."id" AS "videoId", page."name", page."hasPoster", page."rank", t."stage",
      count(*) FILTER (WHERE t."state" = 'done')::int AS "done", count(*) FILTER (WHERE t."state" = 'done' AND t."isMemo")::int AS "memory",
      count(*) FILTER (WHERE t."state" = 'running')::int AS "running", count(*) FILTER (WHERE t."state" = 'waiting')::int AS "waiting",
      count(*) FILTER (WHERE t."state" = 'waiting' AND t."tries" > 0)::int AS "retrying",
      count(*) FILTER (WHERE t."state" = 'failed')::int AS "failed", count(*) FILTER (WHERE t."state" = 'cancelled')::int AS "cancelled",
      coalesce(sum(t."durationMs"), 0)::float8 AS "workMs",
      array_agg(t."id") FILTER (WHERE t."state" = 'failed') AS "failedIds",
      (array_agg(t."errorCode" ORDER BY t."id") FILTER (WHERE ${TROUBLED}))[1] AS "code",
      (array_agg(t."errorMessage" ORDER BY t."id") FILTER (WHERE ${TROUBLED}))[1] AS "message",
      (array_agg(t."tries" ORDER BY t."id") FILTER (WHERE ${TROUBLED}))[1] AS "tries",
      (array_agg(t."nextTryAt" ORDER BY t."id") FILTER (WHERE ${TROUBLED}))[1] AS "nextTryAt"
    FROM page JOIN "Task" t ON t."runId" = ${runId}::uuid AND t."videoId" = page."id"
    GROUP BY page."id", page."name", page."hasPoster", page."rank", t."stage", t."position"
    ORDER BY page."rank", page."name", page."id", t."position"`
  const videos = byVideo(rows)
  const shown = videos.slice(0, RUN_VIDEO_PAGE)
  const last = shown.at(-1)?.[0]
  return {
    rows: shown.map(videoOf),
    next: videos.length > RUN_VIDEO_PAGE && last !== undefined ? writeCursor([last.rank, last.name, last.videoId]) : null,
  }
}

/** Failed for good, or failed and about to be tried again. */
const TROUBLED = Prisma.sql`t."state" = 'failed' OR (t."state" = 'waiting' AND t."tries" > 0)`

function byVideo(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(row.videoId, [...(groups.get(row.videoId) ?? []), row])
  return [...groups.values()]
}

function videoOf(rows: readonly Row[]): RunVideo {
  const [first] = rows
  if (first === undefined) throw new AppError('internal', 'A video without tasks was grouped.')
  const trouble = rows.find((row) => row.failed > 0 && row.message !== null) ?? rows.find((row) => row.message !== null)
  return {
    videoId: first.videoId,
    name: first.name,
    hasPoster: first.hasPoster,
    cells: cellsOf(rows),
    drafts: rows.find((row) => row.stage === 'lint')?.done ?? 0,
    workSec: rows.reduce((sum, row) => sum + row.workMs, 0) / 1000,
    isOpen: rows.some((row) => row.running + row.waiting > 0),
    failedTaskIds: rows.flatMap((row) => row.failedIds ?? []).slice(0, MAX_RETRY_IDS),
    trouble: trouble === undefined ? null : troubleOf(trouble),
  }
}

function troubleOf(row: Row): RunTrouble {
  return {
    stage: stageNameSchema.parse(row.stage),
    code: row.code,
    message: row.message ?? 'It failed without a reason.',
    tries: row.tries ?? 0,
    nextTryAt: row.failed > 0 ? null : (row.nextTryAt?.toISOString() ?? null),
  }
}
