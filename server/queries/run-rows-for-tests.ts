/** Runs with tasks and results for tests against a real database. Never imported by the product. */
import { CODE_PROVENANCE } from '@/core/pipeline/stage-provenance'
import { STAGES } from '@/core/pipeline/stages'
import { db } from '../db'
import { makeProject } from '../people-for-tests'

export type TestRun = { readonly projectId: string; readonly runId: string }

export async function makeRun(slug: string, number = 1, more: { projectId?: string; videosTotal?: number } = {}): Promise<TestRun> {
  const projectId = more.projectId ?? (await makeProject(slug)).id
  const data = { projectId, number, preset: 'embedded', settings: {}, videosTotal: more.videosTotal ?? 0 }
  const { id } = await db.run.create({ data, select: { id: true } })
  return { projectId, runId: id }
}

/**
 * `videos` videos with all 15 stages and `pairs` drafts each, made by the database itself. Of every ten videos the first has
 * failed in `ground`, the second waits for another try of `caption`, the third is not begun, the fourth runs `write-qa`, the
 * fifth came out of memory; the others are done.
 */
export async function fillRun(run: TestRun, videos: number, pairs: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Video" ("id", "projectId", "sha256", "name", "bytes", "state", "updatedAt")
    SELECT gen_random_uuid(), ${run.projectId}::uuid, md5(${run.runId} || i::text), 'clip_' || lpad(i::text, 4, '0') || '.mp4', 1, 'done', now()
    FROM generate_series(0, ${videos - 1}::int) i`
  const stages = STAGES.map(({ name, scope }) => ({ name, scope }))
  await db.$executeRaw`
    INSERT INTO "Task" ("id", "runId", "projectId", "videoId", "stage", "position", "pairKey", "state", "isMemo", "tries", "errorCode", "errorMessage",
      "durationMs", "costMicroUsd", "startedAt", "finishedAt", "nextTryAt")
    SELECT gen_random_uuid(), ${run.runId}::uuid, ${run.projectId}::uuid, v."id", s.name, s.place, s.pair, st.state::"JobState", kind = 4 AND st.state = 'done',
      CASE WHEN st.state = 'failed' THEN 3 WHEN kind = 1 AND s.place = 1 THEN 1 ELSE 0 END,
      CASE WHEN st.state = 'failed' OR (kind = 1 AND s.place = 1) THEN 'model_unavailable' END,
      CASE WHEN st.state = 'failed' THEN 'The answer was cut off.' WHEN kind = 1 AND s.place = 1 THEN 'The server is busy.' END,
      CASE WHEN st.state = 'done' THEN 500 END, CASE WHEN st.state = 'done' AND kind <> 4 AND s.place = 1 THEN 1000 ELSE 0 END,
      now(), CASE WHEN st.state IN ('done', 'failed') THEN now() - interval '5 seconds' END,
      CASE WHEN kind = 1 AND s.place = 1 THEN now() + interval '18 seconds' END
    FROM (SELECT v."id", (row_number() OVER (ORDER BY v."name") - 1)::int % 10 AS kind FROM "Video" v WHERE v."projectId" = ${run.projectId}::uuid) v
    CROSS JOIN LATERAL (
      SELECT x.value->>'name' AS name, (x.ordinality - 1)::int AS place, p.pair
      FROM jsonb_array_elements(${JSON.stringify(stages)}::jsonb) WITH ORDINALITY x
      CROSS JOIN LATERAL (
        SELECT CASE WHEN x.value->>'scope' = 'video' THEN '' ELSE 'pair-' || n END AS pair
        FROM generate_series(1, CASE WHEN x.value->>'scope' = 'video' THEN 1 ELSE ${pairs}::int END) n
      ) p
    ) s
    CROSS JOIN LATERAL (
      SELECT CASE
        WHEN kind = 0 THEN CASE WHEN s.place < 10 THEN 'done' WHEN s.place = 10 AND s.pair = 'pair-1' THEN 'failed' WHEN s.place = 10 THEN 'done' END
        WHEN kind = 1 THEN CASE WHEN s.place < 1 THEN 'done' WHEN s.place = 1 THEN 'waiting' END
        WHEN kind = 2 THEN CASE WHEN s.place = 0 THEN 'waiting' END
        WHEN kind = 3 THEN CASE WHEN s.place < 4 THEN 'done' WHEN s.place = 4 THEN 'running' END
        ELSE 'done' END AS state
    ) st
    WHERE st.state IS NOT NULL`
  await db.run.update({ where: { id: run.runId }, data: { videosTotal: videos } })
}

/** Puts the output of a stage behind a task of a run. */
export async function addResult(
  run: TestRun,
  task: { videoId: string; stage: string; position: number; pairKey?: string; output: object; provenance?: object },
): Promise<void> {
  const { videoId, stage, position, pairKey = '', output, provenance = CODE_PROVENANCE } = task
  const hash = crypto.randomUUID()
  const result = await db.stageResult.create({
    data: { projectId: run.projectId, stage, inputHash: hash, outputHash: hash, output, provenance, costMicroUsd: 1200, durationMs: 340 },
    select: { id: true },
  })
  const key = { runId: run.runId, videoId, pairKey, stage }
  await db.task.create({ data: { ...key, projectId: run.projectId, position, state: 'done', resultId: result.id, finishedAt: new Date() } })
}

export async function makeVideo(projectId: string, name: string): Promise<string> {
  const data = { projectId, sha256: crypto.randomUUID(), name, bytes: 1, state: 'done' as const }
  return (await db.video.create({ data, select: { id: true } })).id
}
