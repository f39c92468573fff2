import { z } from 'zod'
import { estimateStages, expectedCounts, expectedFrames, type WorkCounts } from '@/core/pipeline/estimate'
import { affectedStages } from '@/core/pipeline/invalidation'
import type { RunEstimateView } from '@/core/pipeline/run-estimate'
import { type PipelineSettings, pipelineSettingsSchema } from '@/core/pipeline/settings'
import { STAGE_NAMES, type StageName, scopeOf, stagePosition } from '@/core/pipeline/stages'
import { db } from '../db'
import { Prisma } from '../generated/prisma/client'

/** Results are counted on this many videos of a run, and the mean is taken for the others. */
const COUNTED = 100

type VideoRow = { durationSec: number | null; runId: string | null }
type Earlier = { readonly settings: PipelineSettings | null; readonly perVideo: WorkCounts; readonly pace: Pace }
/** Milliseconds of one task of each stage, and how many tasks went on at once. */
type Pace = { readonly msOf: Readonly<Partial<Record<StageName, number>>>; readonly parallel: number }

export type EstimateCall = {
  readonly projectId: string
  readonly settings: PipelineSettings
  readonly videoIds: readonly string[] | null
  readonly freshFrom: StageName | null
}

/**
 * What a run with these settings would do anew. A video counts as known when an earlier run has filtered its questions; then
 * only the stages are counted that the change of settings touches (`affectedStages`), with the work that run really had. An
 * upper bound in kind, a mean in size: stages that come to the same result stop the chain.
 */
export async function estimateRun({ projectId, settings, videoIds, freshFrom }: EstimateCall): Promise<RunEstimateView> {
  const videos = await videosOf(projectId, videoIds)
  const fresh = videos.filter(({ runId }) => runId === null)
  const known = new Map<string, number>()
  for (const { runId } of videos) if (runId !== null) known.set(runId, (known.get(runId) ?? 0) + 1)
  const earlier = new Map(await Promise.all([...known.keys()].map(async (runId) => [runId, await earlierOf(runId)] as const)))
  const frames = fresh.map(({ durationSec }) => expectedFrames(durationSec ?? 0, settings.sampling))
  const parts = [
    {
      stages: fresh.length === 0 ? [] : STAGE_NAMES,
      counts: expectedCounts(frames, settings),
      videos: fresh.length,
      pace: paceOf(earlier),
    },
  ]
  let redone = 0
  for (const [runId, count] of known) {
    const run = earlier.get(runId)
    if (run === undefined) continue
    const stages = redoneStages(run.settings, settings, freshFrom)
    if (stages.length > 0) redone += count
    parts.push({ stages, counts: times(run.perVideo, count), videos: count, pace: run.pace })
  }
  const estimates = parts.map((part) => estimateStages(part.stages, part.counts, settings))
  const touched = parts.flatMap(({ stages }) => stages).map(stagePosition)
  const costs = estimates.map(({ costMicroUsd }) => costMicroUsd)
  const seconds = parts.map(secondsOf)
  return {
    videos: videos.length,
    fresh: fresh.length,
    redone,
    firstStage: touched.length === 0 ? null : (STAGE_NAMES[Math.min(...touched)] ?? null),
    calls: estimates.reduce((sum, { calls }) => sum + calls, 0),
    costMicroUsd: sumOf(costs),
    unpriced: [...new Set(estimates.flatMap(({ unpriced }) => unpriced))],
    leftSec: sumOf(seconds),
  }
}

/** null as soon as a part is unknown. */
function sumOf(parts: readonly (number | null)[]): number | null {
  return parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0)
}

function redoneStages(before: PipelineSettings | null, after: PipelineSettings, freshFrom: StageName | null): readonly StageName[] {
  const changed = new Set(before === null ? STAGE_NAMES : affectedStages(before, after))
  return STAGE_NAMES.filter((stage) => changed.has(stage) || (freshFrom !== null && stagePosition(stage) >= stagePosition(freshFrom)))
}

async function videosOf(projectId: string, videoIds: readonly string[] | null): Promise<VideoRow[]> {
  const chosen = videoIds === null ? Prisma.empty : Prisma.sql`AND v."id" = ANY(${[...videoIds]}::uuid[])`
  return db.$queryRaw<VideoRow[]>`
    SELECT v."durationSec", last."runId" FROM "Video" v
      LEFT JOIN LATERAL (
        SELECT t."runId" FROM "Task" t JOIN "Run" r ON r."id" = t."runId"
        WHERE t."videoId" = v."id" AND t."pairKey" = '' AND t."stage" = 'filter-qa' AND t."state" = 'done'
        ORDER BY r."number" DESC LIMIT 1
      ) last ON true
    WHERE v."projectId" = ${projectId}::uuid AND v."state" = 'done' ${chosen}`
}

const meansSchema = z.object({ frames: z.number(), kept: z.number(), groups: z.number(), pairs: z.number(), drafts: z.number() })

async function earlierOf(runId: string): Promise<Earlier> {
  const run = await db.run.findUnique({ where: { id: runId }, select: { settings: true } })
  const size = (stage: string, key: string) =>
    Prisma.sql`coalesce((avg(jsonb_array_length(r."output"->${key}::text)) FILTER (WHERE t."stage" = ${stage}))::float8, 0)`
  const [means] = await db.$queryRaw<unknown[]>`
    WITH counted AS (SELECT DISTINCT "videoId" FROM "Task" WHERE "runId" = ${runId}::uuid AND "stage" = 'filter-qa' AND "state" = 'done' LIMIT ${COUNTED})
    SELECT ${size('sample-frames', 'frames')} AS "frames", ${size('dedupe', 'kept')} AS "kept", ${size('group', 'groups')} AS "groups",
      ${size('write-qa', 'pairs')} AS "pairs",
      coalesce((avg((SELECT count(*) FROM jsonb_array_elements(r."output"->'judged') j WHERE (j.value->>'isKept')::boolean))
        FILTER (WHERE t."stage" = 'filter-qa'))::float8, 0) AS "drafts"
    FROM counted JOIN "Task" t ON t."runId" = ${runId}::uuid AND t."videoId" = counted."videoId" AND t."pairKey" = ''
      JOIN "StageResult" r ON r."id" = t."resultId"`
  return {
    settings: pipelineSettingsSchema.safeParse(run?.settings).data ?? null,
    perVideo: { videos: 1, ...meansSchema.parse(means) },
    pace: await paceOfRun(runId),
  }
}

async function paceOfRun(runId: string): Promise<Pace> {
  const rows = await db.$queryRaw<{ stage: string; ms: number; sum: number; span: number | null }[]>`
    SELECT "stage", avg("durationMs")::float8 AS "ms", sum("durationMs")::float8 AS "sum",
      extract(epoch FROM max(max("finishedAt")) OVER () - min(min("startedAt")) OVER ())::float8 * 1000 AS "span"
    FROM "Task" WHERE "runId" = ${runId}::uuid AND "state" = 'done' AND NOT "isMemo" AND "durationMs" IS NOT NULL GROUP BY "stage"`
  const spanMs = rows[0]?.span ?? 0
  const workMs = rows.reduce((sum, row) => sum + row.sum, 0)
  return { msOf: Object.fromEntries(rows.map(({ stage, ms }) => [stage, ms])), parallel: spanMs > 0 ? Math.max(1, workMs / spanMs) : 1 }
}

/** Videos that no run knows go at the pace of any run there is. */
function paceOf(earlier: ReadonlyMap<string, Earlier>): Pace {
  return [...earlier.values()].find(({ pace }) => Object.keys(pace.msOf).length > 0)?.pace ?? { msOf: {}, parallel: 1 }
}

function times(counts: WorkCounts, factor: number): WorkCounts {
  const scaled = (n: number) => Math.round(n * factor)
  const { videos, frames, kept, groups, pairs, drafts } = counts
  return {
    videos: videos * factor,
    frames: scaled(frames),
    kept: scaled(kept),
    groups: scaled(groups),
    pairs: scaled(pairs),
    drafts: scaled(drafts),
  }
}

function secondsOf(part: { stages: readonly StageName[]; counts: WorkCounts; videos: number; pace: Pace }): number | null {
  const { stages, counts, videos, pace } = part
  if (stages.length === 0 || videos === 0) return 0
  if (Object.keys(pace.msOf).length === 0) return null
  const ms = stages.reduce((sum, stage) => sum + (pace.msOf[stage] ?? 0) * (scopeOf(stage) === 'video' ? videos : counts.drafts), 0)
  return ms / 1000 / pace.parallel
}
