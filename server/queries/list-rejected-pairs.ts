import { z } from 'zod'
import { judgementSchema } from '@/core/pipeline/outputs'
import type { RejectedPair, RejectedPairsPage } from '@/core/pipeline/rejected-pair'
import { db } from '../db'
import { Prisma } from '../generated/prisma/client'
import { readCursor, writeCursor } from './page-cursor'

const PAGE = 50

const cursorSchema = z.tuple([z.string().max(4096), z.uuid(), z.string().max(64)])

type Row = Omit<RejectedPair, 'judgements'> & { judgements: unknown }

/**
 * The questions that the judges of a run refused, by video, with what each judge said. They are read out of the results of
 * two stages: `write-qa` has the words, `filter-qa` the verdicts.
 *
 * @throws AppError invalid_input for a cursor we did not make
 */
export async function listRejectedPairs(runId: string, after: string | null): Promise<RejectedPairsPage> {
  const from = after === null ? null : readCursor(cursorSchema, after)
  const place =
    from === null ? Prisma.empty : Prisma.sql`AND (v."name", v."id", j.value->>'key') > (${from[0]}, ${from[1]}::uuid, ${from[2]})`
  const rows = await db.$queryRaw<Row[]>`
    SELECT v."id" AS "videoId", v."name" AS "videoName", j.value->>'key' AS "key", coalesce(p.value->>'question', '') AS "question",
      coalesce(p.value->>'answer', '') AS "answer", j.value->'judgements' AS "judgements"
    FROM "Task" f
      JOIN "StageResult" fr ON fr."id" = f."resultId"
      JOIN "Task" w ON w."runId" = f."runId" AND w."videoId" = f."videoId" AND w."pairKey" = '' AND w."stage" = 'write-qa'
      JOIN "StageResult" wr ON wr."id" = w."resultId"
      JOIN "Video" v ON v."id" = f."videoId"
      CROSS JOIN LATERAL jsonb_array_elements(fr."output"->'judged') j
      LEFT JOIN LATERAL (SELECT q.value FROM jsonb_array_elements(wr."output"->'pairs') q WHERE q.value->>'key' = j.value->>'key' LIMIT 1) p ON true
    WHERE f."runId" = ${runId}::uuid AND f."stage" = 'filter-qa' AND f."state" = 'done' AND (j.value->>'isKept')::boolean = false ${place}
    ORDER BY v."name", v."id", j.value->>'key' LIMIT ${PAGE + 1}`
  const shown = rows.slice(0, PAGE)
  const last = shown.at(-1)
  return {
    pairs: shown.map((row) => ({ ...row, judgements: z.array(judgementSchema).catch([]).parse(row.judgements) })),
    next: rows.length > PAGE && last !== undefined ? writeCursor([last.videoName, last.videoId, last.key]) : null,
  }
}
