import type { RunOutcome } from '@/core/pipeline/run-status'
import { db } from '../db'

type Row = { number: number; drafts: bigint; rejected: bigint; flags: bigint; cost: bigint; sec: number | null }

/** What a run brought, and what the finished run before it brought; null where there is no such run. */
export type Outcomes = { readonly own: RunOutcome | null; readonly before: RunOutcome | null }

/**
 * Both are counted in the results of the stages, so that what people did to the samples since does not blur the comparison.
 * Only finished runs compare: one statement for the two.
 */
export async function getRunOutcomes(projectId: string, number: number): Promise<Outcomes> {
  const rows = await db.$queryRaw<Row[]>`
    WITH pair AS (
      (SELECT * FROM "Run" WHERE "projectId" = ${projectId}::uuid AND "number" = ${number}::int)
      UNION ALL
      (SELECT * FROM "Run" WHERE "projectId" = ${projectId}::uuid AND "number" < ${number}::int AND "state" = 'done' ORDER BY "number" DESC LIMIT 1)
    )
    SELECT r."number", r."spentMicroUsd" AS "cost", extract(epoch FROM r."finishedAt" - r."createdAt")::float8 AS "sec",
      (SELECT count(*) FROM "Task" t WHERE t."runId" = r."id" AND t."stage" = 'lint' AND t."state" = 'done') AS "drafts",
      (SELECT coalesce(sum(jsonb_array_length(s."output"->'flagCodes')), 0)::bigint FROM "Task" t JOIN "StageResult" s ON s."id" = t."resultId"
        WHERE t."runId" = r."id" AND t."stage" = 'lint' AND t."state" = 'done') AS "flags",
      (SELECT count(*) FROM "Task" t JOIN "StageResult" s ON s."id" = t."resultId", jsonb_array_elements(s."output"->'judged') j
        WHERE t."runId" = r."id" AND t."stage" = 'filter-qa' AND t."state" = 'done' AND (j.value->>'isKept')::boolean = false) AS "rejected"
    FROM pair r ORDER BY r."number" DESC`
  const [own, before] = [rows.find((row) => row.number === number), rows.find((row) => row.number < number)]
  return { own: own === undefined ? null : outcomeOf(own), before: before === undefined ? null : outcomeOf(before) }
}

function outcomeOf(row: Row): RunOutcome {
  return {
    number: row.number,
    drafts: Number(row.drafts),
    rejectedPairs: Number(row.rejected),
    flags: Number(row.flags),
    costMicroUsd: Number(row.cost),
    durationSec: row.sec,
  }
}
