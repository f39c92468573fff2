import type { SampleState } from '@/core/sample-state'
import { db } from '@/server/db'

export type ProjectCounts = {
  readonly samples: number
  /** Samples by state; states without samples are left out. */
  readonly states: Readonly<Partial<Record<SampleState, number>>>
  /** Samples that wait for a decision. */
  readonly waiting: number
  readonly videos: number
  /** Runs that are on or paused. */
  readonly liveRuns: number
}

const WAITING: readonly SampleState[] = ['queued', 'in_review', 'needs_second', 'adjudication']

export async function getProjectCounts(projectId: string): Promise<ProjectCounts> {
  const [states, videos, liveRuns] = await Promise.all([
    db.$queryRaw<{ state: SampleState; n: bigint }[]>`
      SELECT "state"::text AS state, count(*) AS n FROM "Sample" WHERE "projectId" = ${projectId}::uuid GROUP BY 1`,
    db.video.count({ where: { projectId } }),
    db.run.count({ where: { projectId, state: { in: ['running', 'paused'] } } }),
  ])
  const counts: Partial<Record<SampleState, number>> = {}
  for (const { state, n } of states) counts[state] = Number(n)
  const sum = (list: readonly (number | undefined)[]) => list.reduce<number>((total, n) => total + (n ?? 0), 0)
  return { samples: sum(Object.values(counts)), states: counts, waiting: sum(WAITING.map((state) => counts[state])), videos, liveRuns }
}
