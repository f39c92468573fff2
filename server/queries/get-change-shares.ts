import { db } from '@/server/db'

/** How many decided samples the shares are taken from: the last ones, so that the page costs the same for every project. */
export const CHANGE_SAMPLES = 500
const KINDS = ['question', 'coreFrame', 'object', 'box', 'step', 'answer'] as const
export type ChangeKind = (typeof KINDS)[number]

/** Of the drafted records of one kind: kept as drafted, edited, taken out (rejected or removed). */
export type ChangeShare = { readonly kind: ChangeKind; readonly drafted: number; readonly edited: number; readonly removed: number }

/**
 * What people change, by kind of record: each drafted record of the last decided samples is compared with the record of the
 * same id in the document as it was decided.
 */
export async function getChangeShares(projectId: string): Promise<{ samples: number; shares: ChangeShare[] }> {
  const rows = await db.$queryRaw<{ kind: string; drafted: bigint; edited: bigint; removed: bigint; samples: bigint }[]>`
    WITH decided AS (
      SELECT s."id" FROM "Sample" s
      WHERE s."projectId" = ${projectId}::uuid AND s."state" IN ('approved', 'fixed', 'released') AND s."decidedAt" IS NOT NULL
      ORDER BY s."decidedAt" DESC LIMIT ${CHANGE_SAMPLES}
    ), records AS (
      SELECT drafted.value ->> 'type' AS kind, body."document" -> drafted.key AS now
      FROM decided JOIN "SampleBody" body ON body."sampleId" = decided."id", jsonb_each(body."draft") AS drafted
    )
    SELECT kind, count(*) AS drafted,
      count(*) FILTER (WHERE now ->> 'verdict' IN ('edited', 'stale')) AS edited,
      count(*) FILTER (WHERE now IS NULL OR now ->> 'verdict' = 'rejected') AS removed,
      (SELECT count(*) FROM decided) AS samples
    FROM records GROUP BY kind`
  const shares = KINDS.flatMap((kind) => {
    const row = rows.find((candidate) => candidate.kind === kind)
    return row === undefined ? [] : [{ kind, drafted: Number(row.drafted), edited: Number(row.edited), removed: Number(row.removed) }]
  })
  return { samples: Number(rows[0]?.samples ?? 0), shares }
}
