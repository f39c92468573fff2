import { db } from '@/server/db'
import { Prisma } from '@/server/generated/prisma/client'

export const VIDEO_PAGE = 100

export type VideoRow = {
  readonly id: string
  readonly name: string
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  readonly errorCode: string | null
  readonly errorMessage: string | null
  readonly bytes: bigint
  readonly codec: string | null
  readonly width: number | null
  readonly height: number | null
  readonly frameCount: number | null
  readonly durationSec: number | null
  readonly avgFps: number | null
  readonly isVfr: boolean
  readonly hasPoster: boolean
  readonly hasProxy: boolean
  readonly license: string | null
  readonly source: string | null
  readonly samples: number
}

/** `problems` = those that cannot be shown. `after` = the last row of the page before. */
export type VideoFilter = { readonly text: string; readonly isProblemsOnly: boolean; readonly after: { name: string; id: string } | null }

/** Videos by name, with how many samples stand on each. Keyset paging over (name, id). */
export async function listVideos(projectId: string, filter: VideoFilter): Promise<{ rows: VideoRow[]; hasMore: boolean }> {
  const pattern = `%${filter.text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const conditions = [
    Prisma.sql`v."projectId" = ${projectId}::uuid`,
    ...(filter.text === '' ? [] : [Prisma.sql`v."name" ILIKE ${pattern}`]),
    ...(filter.isProblemsOnly ? [Prisma.sql`v."state" IN ('failed', 'cancelled')`] : []),
    ...(filter.after === null ? [] : [Prisma.sql`(v."name", v."id") > (${filter.after.name}, ${filter.after.id}::uuid)`]),
  ]
  const rows = await db.$queryRaw<(Omit<VideoRow, 'samples'> & { samples: bigint })[]>`
    SELECT v."id", v."name", v."state"::text AS "state", v."errorCode", v."errorMessage", v."bytes", v."codec", v."width", v."height",
      v."frameCount", v."durationSec", v."avgFps", v."isVfr", v."posterSha256" IS NOT NULL AS "hasPoster", v."proxySha256" IS NOT NULL AS "hasProxy",
      v."license", v."source", (SELECT count(*) FROM "Sample" s WHERE s."videoId" = v."id") AS "samples"
    FROM "Video" v WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY v."name", v."id" LIMIT ${VIDEO_PAGE + 1}`
  return { rows: rows.slice(0, VIDEO_PAGE).map((row) => ({ ...row, samples: Number(row.samples) })), hasMore: rows.length > VIDEO_PAGE }
}
