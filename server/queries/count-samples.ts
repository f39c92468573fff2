import type { SampleFilter } from '@/core/sample-filter'
import type { SampleFacets } from '@/core/sample-row'
import { db } from '@/server/db'
import { Prisma } from '@/server/generated/prisma/client'
import { sampleWhere } from './sample-where'

type Group = { key: string | null; n: bigint }

/** How many samples the filter lets through. */
export async function countSamples(projectId: string, filter: SampleFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM "Sample" s WHERE ${sampleWhere(projectId, filter)}`
  return Number(row?.n ?? 0)
}

/** The numbers beside every choice of the filter. */
export async function countFacets(projectId: string, filter: SampleFilter): Promise<SampleFacets> {
  const [total, state, task, flag] = await Promise.all([
    countSamples(projectId, filter),
    db.$queryRaw<
      Group[]
    >`SELECT s."state"::text AS key, count(*) AS n FROM "Sample" s WHERE ${sampleWhere(projectId, filter, 'state')} GROUP BY 1`,
    db.$queryRaw<Group[]>`SELECT s."task" AS key, count(*) AS n FROM "Sample" s WHERE ${sampleWhere(projectId, filter, 'task')} GROUP BY 1`,
    db.$queryRaw<Group[]>`
      SELECT code AS key, count(*) AS n FROM "Sample" s, unnest(s."flagCodes") AS code
      WHERE ${sampleWhere(projectId, filter, 'flag')} AND ${hasFlags} GROUP BY 1`,
  ])
  return { total, state: toCounts(state), task: toCounts(task), flag: toCounts(flag) }
}

const hasFlags = Prisma.sql`cardinality(s."flagCodes") > 0`

/** A task that is null is counted under `''`, as in the filter. */
function toCounts(groups: readonly Group[]): Record<string, number> {
  return Object.fromEntries(groups.map((group) => [group.key ?? '', Number(group.n)]))
}
