/** What the home page of a project shows. Every figure is counted from rows; nothing is estimated without saying so. */
import { db } from '@/server/db'
import { getChangeShares } from './get-change-shares'
import { getNextSample } from './get-next-sample'
import { getProjectCounts } from './get-project-counts'

export const PACE_DAYS = 20
/** Gaps longer than this between two decisions of a person are breaks, not work. */
const BREAK_SEC = 15 * 60

export async function getHome(projectId: string, viewerId: string) {
  const [counts, videos, blocked, pace, flags, people, own, lately, running, next, changes] = await Promise.all([
    getProjectCounts(projectId),
    countVideos(projectId),
    countBlocked(projectId),
    getPace(projectId),
    getOpenFlags(projectId),
    getPeopleToday(projectId),
    getOwnSeconds(projectId, viewerId),
    getLately(projectId),
    getRunning(projectId),
    getNextSample(projectId),
    getChangeShares(projectId),
  ])
  return { counts, videos, blocked, pace, flags, people, ownSecondsPerSample: own, lately, running, next, changes }
}

export type Home = Awaited<ReturnType<typeof getHome>>

async function countVideos(projectId: string): Promise<{ total: number; failed: number; preparing: number }> {
  const groups = await db.video.groupBy({ by: ['state'], where: { projectId }, _count: true })
  const of = (...states: string[]) => groups.filter((group) => states.includes(group.state)).reduce((sum, group) => sum + group._count, 0)
  return {
    total: groups.reduce((sum, group) => sum + group._count, 0),
    failed: of('failed', 'cancelled'),
    preparing: of('waiting', 'running'),
  }
}

async function countBlocked(projectId: string): Promise<number> {
  return db.sample.count({ where: { projectId, isBlocked: true, state: { in: ['queued', 'in_review', 'needs_second', 'adjudication'] } } })
}

/** `day` is `YYYY-MM-DD`, UTC. Days without decisions are there with zeros. */
async function getPace(projectId: string): Promise<{ day: string; asDrafted: number; fixed: number; refused: number }[]> {
  const rows = await db.$queryRaw<{ day: string; asDrafted: bigint | null; fixed: bigint | null; refused: bigint | null }[]>`
    WITH days AS (
      SELECT generate_series((now() AT TIME ZONE 'UTC')::date - ${PACE_DAYS - 1}::int, (now() AT TIME ZONE 'UTC')::date, interval '1 day')::date AS day
    ), decided AS (
      SELECT s."decidedAt"::date AS day,
        count(*) FILTER (WHERE s."decision" = 'approve') AS "asDrafted",
        count(*) FILTER (WHERE s."decision" = 'fix_approve') AS "fixed",
        count(*) FILTER (WHERE s."decision" IN ('reject', 'send_back')) AS "refused"
      FROM "Sample" s
      WHERE s."projectId" = ${projectId}::uuid AND s."decidedAt" >= (now() AT TIME ZONE 'UTC')::date - ${PACE_DAYS - 1}::int
      GROUP BY 1
    )
    SELECT to_char(days.day, 'YYYY-MM-DD') AS day, "asDrafted", "fixed", "refused" FROM days LEFT JOIN decided ON decided.day = days.day ORDER BY days.day`
  return rows.map((row) => ({ day: row.day, asDrafted: Number(row.asDrafted), fixed: Number(row.fixed), refused: Number(row.refused) }))
}

/** `blocked` = samples with this code that cannot be approved as they are. */
async function getOpenFlags(projectId: string): Promise<{ code: string; samples: number; blocked: number }[]> {
  const rows = await db.$queryRaw<{ code: string; samples: bigint; blocked: bigint }[]>`
    SELECT code, count(*) AS samples, count(*) FILTER (WHERE s."isBlocked") AS blocked
    FROM "Sample" s, unnest(s."flagCodes") AS code
    WHERE s."projectId" = ${projectId}::uuid AND cardinality(s."flagCodes") > 0 AND s."state" IN ('queued', 'in_review', 'needs_second', 'adjudication')
    GROUP BY code ORDER BY samples DESC, code LIMIT 8`
  return rows.map((row) => ({ code: row.code, samples: Number(row.samples), blocked: Number(row.blocked) }))
}

async function getPeopleToday(
  projectId: string,
): Promise<{ userId: string; name: string; decided: number; secondsPerSample: number | null }[]> {
  const rows = await db.$queryRaw<{ userId: string; name: string; decided: bigint; seconds: number | null }[]>`
    WITH today AS (
      SELECT s."decidedBy" AS who, extract(epoch FROM s."decidedAt" - lag(s."decidedAt") OVER (PARTITION BY s."decidedBy" ORDER BY s."decidedAt")) AS gap
      FROM "Sample" s
      WHERE s."projectId" = ${projectId}::uuid AND s."decidedAt" >= (now() AT TIME ZONE 'UTC')::date AND s."decidedBy" IS NOT NULL
    )
    SELECT u."id" AS "userId", u."name", count(*) AS decided,
      (percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) FILTER (WHERE gap <= ${BREAK_SEC}))::float AS seconds
    FROM today JOIN "User" u ON u."id" = today.who
    GROUP BY u."id", u."name" ORDER BY decided DESC, u."name" LIMIT 8`
  return rows.map((row) => ({ userId: row.userId, name: row.name, decided: Number(row.decided), secondsPerSample: row.seconds }))
}

/** Median seconds between the viewer's last decisions, or null before there are enough of them to say. */
async function getOwnSeconds(projectId: string, userId: string): Promise<number | null> {
  const [row] = await db.$queryRaw<{ seconds: number | null; n: bigint }[]>`
    WITH last AS (
      SELECT s."decidedAt" AS at FROM "Sample" s
      WHERE s."projectId" = ${projectId}::uuid AND s."decidedBy" = ${userId} AND s."decidedAt" > now() AT TIME ZONE 'UTC' - interval '14 days'
      ORDER BY s."decidedAt" DESC LIMIT 100
    ), gaps AS (SELECT extract(epoch FROM at - lag(at) OVER (ORDER BY at)) AS gap FROM last)
    SELECT (percentile_cont(0.5) WITHIN GROUP (ORDER BY gap))::float AS seconds, count(*) AS n FROM gaps WHERE gap <= ${BREAK_SEC}`
  return row === undefined || Number(row.n) < 5 ? null : row.seconds
}

const QUIET_ACTIONS = ['sample.edit', 'session.start', 'session.end']

async function getLately(projectId: string) {
  const events = await db.auditEvent.findMany({
    where: { scope: projectId, action: { notIn: QUIET_ACTIONS } },
    orderBy: { seq: 'desc' },
    take: 7,
    select: { id: true, action: true, actorId: true, facts: true, createdAt: true },
  })
  const ids = [...new Set(events.flatMap((event) => event.actorId ?? []))]
  const names = new Map(
    (await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })).map((user) => [user.id, user.name]),
  )
  return events.map((event) => ({ ...event, actor: event.actorId === null ? null : (names.get(event.actorId) ?? null) }))
}

/** Imports and exports that are under way, newest first. */
async function getRunning(projectId: string) {
  const where = { projectId, state: { in: ['waiting' as const, 'running' as const] } }
  const select = { id: true, rowsDone: true, rowsTotal: true, createdAt: true } as const
  const [imports, exports] = await Promise.all([
    db.import.findMany({ where, orderBy: { createdAt: 'desc' }, take: 3, select }),
    db.export.findMany({ where, orderBy: { createdAt: 'desc' }, take: 3, select }),
  ])
  return [...imports.map((row) => ({ ...row, kind: 'import' as const })), ...exports.map((row) => ({ ...row, kind: 'export' as const }))]
}
