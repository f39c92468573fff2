/** The newest results of early stages, which the previews of the settings start from. */
import { z } from 'zod'
import { AppError } from '@/core/errors'
import { db } from '../db'
import { Prisma } from '../generated/prisma/client'

const MAX_VIDEOS = 200

/** Videos of the project with a result of the stage, the latest work first; of one run where one is named. */
export async function listVideosWith(
  projectId: string,
  stage: 'sample-frames' | 'dedupe',
  runId: string | null,
): Promise<{ id: string; name: string }[]> {
  const run = runId === null ? Prisma.empty : Prisma.sql`AND t."runId" = ${runId}::uuid`
  return db.$queryRaw`
    SELECT v."id", v."name" FROM "Video" v JOIN "Task" t ON t."videoId" = v."id"
    WHERE v."projectId" = ${projectId}::uuid AND t."projectId" = ${projectId}::uuid AND t."stage" = ${stage} AND t."state" = 'done' AND t."pairKey" = '' AND t."resultId" IS NOT NULL ${run}
    GROUP BY v."id", v."name" ORDER BY max(t."finishedAt") DESC NULLS LAST, v."name" LIMIT ${MAX_VIDEOS}`
}

/** Outputs of two stages of one and the same run, the newest that has both. null where the video never came so far. */
export async function newestPair(
  projectId: string,
  videoId: string,
  stages: { readonly first: string; readonly second: string },
  runId: string | null,
): Promise<{ first: unknown; second: unknown } | null> {
  if (!z.uuid().safeParse(videoId).success) throw new AppError('not_found', 'There is no such video in this project.', { videoId })
  const run = runId === null ? Prisma.empty : Prisma.sql`AND a."runId" = ${runId}::uuid`
  const [row] = await db.$queryRaw<{ first: unknown; second: unknown }[]>`
    SELECT ra."output" AS "first", rb."output" AS "second"
    FROM "Task" a JOIN "StageResult" ra ON ra."id" = a."resultId"
      JOIN "Task" b ON b."runId" = a."runId" AND b."videoId" = a."videoId" AND b."pairKey" = '' AND b."stage" = ${stages.second}
      JOIN "StageResult" rb ON rb."id" = b."resultId"
    WHERE a."projectId" = ${projectId}::uuid AND a."videoId" = ${videoId}::uuid AND a."pairKey" = '' AND a."stage" = ${stages.first} ${run}
    ORDER BY b."finishedAt" DESC LIMIT 1`
  return row ?? null
}
