import type { Role } from '@/core/access'
import { db } from '@/server/db'
import type { Viewer } from '@/server/session'

export type ProjectEntry = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly role: Role
  readonly samples: number
  readonly waiting: number
  readonly decided: number
  readonly videos: number
  readonly changedAt: Date
}

type Raw = Omit<ProjectEntry, 'samples' | 'waiting' | 'decided' | 'videos'> & {
  samples: bigint
  waiting: bigint
  decided: bigint
  videos: bigint
}

/** The viewer's projects with their progress, last used first. Administrators of the installation see all. */
export async function listProjects(viewer: Viewer): Promise<ProjectEntry[]> {
  const rows = await db.$queryRaw<Raw[]>`
    SELECT p."id", p."slug", p."name", COALESCE(m."role"::text, 'admin') AS "role",
      COALESCE(n.samples, 0) AS "samples", COALESCE(n.waiting, 0) AS "waiting", COALESCE(n.decided, 0) AS "decided",
      (SELECT count(*) FROM "Video" v WHERE v."projectId" = p."id") AS "videos",
      GREATEST(p."updatedAt", n.changed) AS "changedAt"
    FROM "Project" p
      LEFT JOIN "Membership" m ON m."projectId" = p."id" AND m."userId" = ${viewer.userId}
      LEFT JOIN LATERAL (
        SELECT count(*) AS samples,
          count(*) FILTER (WHERE s."state" IN ('queued', 'in_review', 'needs_second', 'adjudication')) AS waiting,
          count(*) FILTER (WHERE s."state" IN ('approved', 'fixed', 'rejected', 'sent_back', 'released')) AS decided,
          max(s."updatedAt") AS changed
        FROM "Sample" s WHERE s."projectId" = p."id"
      ) n ON true
    WHERE ${viewer.isAdmin} OR m."userId" IS NOT NULL
    ORDER BY "changedAt" DESC NULLS LAST, p."name"
    LIMIT 500`
  return rows.map((row) => ({
    ...row,
    role: viewer.isAdmin ? 'admin' : row.role,
    samples: Number(row.samples),
    waiting: Number(row.waiting),
    decided: Number(row.decided),
    videos: Number(row.videos),
  }))
}

/** Names only, for the project switcher. */
export async function listProjectNames(viewer: Viewer): Promise<{ slug: string; name: string }[]> {
  return db.project.findMany({
    where: viewer.isAdmin ? {} : { memberships: { some: { userId: viewer.userId } } },
    select: { slug: true, name: true },
    orderBy: { name: 'asc' },
    take: 100,
  })
}
