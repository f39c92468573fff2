import type { RunnableVideo } from '@/core/pipeline/runnable-video'
import { db } from '../db'
import { Prisma } from '../generated/prisma/client'

const MAX_ROWS = 200

type Row = Omit<RunnableVideo, 'samples'> & { samples: bigint; total: bigint }

/** Videos whose frames are known, by name. `withResultOf` = only those that have been through this stage. */
export async function listRunnableVideos(
  projectId: string,
  text: string,
  withResultOf: 'dedupe' | 'sample-frames' | null,
): Promise<{ videos: RunnableVideo[]; total: number }> {
  const pattern = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const named = text === '' ? Prisma.empty : Prisma.sql`AND v."name" ILIKE ${pattern}`
  const staged =
    withResultOf === null
      ? Prisma.empty
      : Prisma.sql`AND EXISTS (SELECT 1 FROM "Task" t WHERE t."videoId" = v."id" AND t."pairKey" = '' AND t."stage" = ${withResultOf} AND t."state" = 'done')`
  const rows = await db.$queryRaw<Row[]>`
    SELECT v."id", v."name", v."posterSha256" IS NOT NULL AS "hasPoster", v."durationSec", count(*) OVER () AS "total",
      (SELECT count(*) FROM "Sample" s WHERE s."videoId" = v."id") AS "samples"
    FROM "Video" v WHERE v."projectId" = ${projectId}::uuid AND v."state" = 'done' ${named} ${staged}
    ORDER BY v."name", v."id" LIMIT ${MAX_ROWS}`
  return { videos: rows.map(({ total: _, samples, ...row }) => ({ ...row, samples: Number(samples) })), total: Number(rows[0]?.total ?? 0) }
}
