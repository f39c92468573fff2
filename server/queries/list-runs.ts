import { type RunSummary, runSummarySchema } from '@/core/pipeline/run-status'
import { stagePosition } from '@/core/pipeline/stages'
import { db } from '../db'

const MAX_RUNS = 100

type Row = Omit<RunSummary, 'costMicroUsd' | 'drafts' | 'failed' | 'createdAt' | 'finishedAt'> & {
  spent: bigint
  drafts: bigint
  failed: bigint
  createdAt: Date
  finishedAt: Date | null
}

/** The latest runs of a project, newest first. Both counts walk one narrow index range a run, never its whole set of tasks. */
export async function listRuns(projectId: string): Promise<RunSummary[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT r."id", r."number", r."preset", r."state"::text AS "state", r."stateReason", r."freshFrom", r."videosTotal" AS "videos",
      r."spentMicroUsd" AS "spent", u."name" AS "startedBy", r."createdAt", r."finishedAt",
      (SELECT count(*) FROM "Task" t WHERE t."runId" = r."id" AND t."position" = ${stagePosition('lint')} AND t."state" = 'done') AS "drafts",
      (SELECT count(*) FROM "Task" t WHERE t."runId" = r."id" AND t."state" = 'failed') AS "failed"
    FROM "Run" r LEFT JOIN "User" u ON u."id" = r."userId"
    WHERE r."projectId" = ${projectId}::uuid ORDER BY r."number" DESC LIMIT ${MAX_RUNS}`
  return rows.map(({ spent, drafts, failed, createdAt, finishedAt, ...row }) =>
    runSummarySchema.parse({
      ...row,
      drafts: Number(drafts),
      failed: Number(failed),
      costMicroUsd: Number(spent),
      createdAt: createdAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    }),
  )
}
