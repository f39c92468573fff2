import { AppError } from '@/core/errors'
import { videoPlace } from '@/core/pipeline/sample-order'
import type { PipelineSettings } from '@/core/pipeline/settings'
import { type StageName, stagePosition } from '@/core/pipeline/stages'
import type { Tx } from '../db'
import { toJsonInput } from '../import/track-import'
import { uuidV7 } from '../import/uuid-v7'
import { enqueueMany, stageQueue } from '../jobs'

export type RunRequest = {
  readonly projectId: string
  /** null = the installation itself. */
  readonly userId: string | null
  readonly settings: PipelineSettings
  /** null = every video of the project that has been read. */
  readonly videoIds: readonly string[] | null
  readonly capMicroUsd: number | null
  readonly freshFrom: StageName | null
}

const FIRST_STAGE: StageName = 'sample-frames'
const MAX_VIDEOS = 100_000

/**
 * Writes a run with the first task of each video, and queues them, in the caller's transaction (invariant 6).
 *
 * @throws AppError not_found (a video that is not of this project, or not read yet), invalid_input (nothing to run on)
 */
export async function createRun(tx: Tx, request: RunRequest): Promise<{ runId: string; number: number }> {
  const { projectId } = request
  const videoIds = await readyVideos(tx, projectId, request.videoIds)
  // The row lock makes two starts at the same moment take different numbers.
  await tx.$executeRaw`SELECT 1 FROM "Project" WHERE id = ${projectId}::uuid FOR UPDATE`
  const last = await tx.run.findFirst({ where: { projectId }, orderBy: { number: 'desc' }, select: { number: true } })
  const run = await tx.run.create({
    data: {
      projectId,
      number: (last?.number ?? 0) + 1,
      userId: request.userId,
      preset: request.settings.preset,
      settings: toJsonInput(request.settings),
      freshFrom: request.freshFrom,
      capMicroUsd: request.capMicroUsd,
      videosTotal: videoIds.length,
    },
    select: { id: true, number: true },
  })
  await addFirstTasks(tx, { runId: run.id, projectId }, videoIds)
  return { runId: run.id, number: run.number }
}

/** One statement each for tasks and jobs: runs are started over tens of thousands of videos, and a transaction has its time. */
async function addFirstTasks(tx: Tx, { runId, projectId }: { runId: string; projectId: string }, videoIds: readonly string[]) {
  const ids = videoIds.map(() => uuidV7())
  const places = videoIds.map((_, position) => videoPlace(position))
  await tx.$executeRaw`
    INSERT INTO "Task" ("id", "runId", "projectId", "videoId", "stage", "position", "place")
    SELECT t.id, ${runId}::uuid, ${projectId}::uuid, t."videoId", ${FIRST_STAGE}, ${stagePosition(FIRST_STAGE)}::int, t.place
    FROM unnest(${ids}::uuid[], ${[...videoIds]}::uuid[], ${places}::int[]) AS t(id, "videoId", place)`
  await enqueueMany(tx, stageQueue(FIRST_STAGE), ids)
}

async function readyVideos(tx: Tx, projectId: string, wanted: readonly string[] | null): Promise<string[]> {
  const ids = wanted === null ? null : [...new Set(wanted)]
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT v."id"::text AS id FROM "Video" v
    WHERE v."projectId" = ${projectId}::uuid AND v."state" = 'done' AND (${ids}::uuid[] IS NULL OR v."id" = ANY(${ids}::uuid[]))
    ORDER BY v."createdAt", v."id" LIMIT ${MAX_VIDEOS}::int`
  if (ids !== null && rows.length < ids.length) {
    throw new AppError('not_found', 'A chosen video is not in this project, or has not been read yet. Choose again.')
  }
  if (rows.length === 0) throw new AppError('invalid_input', 'There is no video to run on. Add videos first, and wait until they are read.')
  return rows.map((row) => row.id)
}
