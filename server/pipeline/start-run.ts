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
  const tasks = videoIds.map((videoId, position) => ({
    id: uuidV7(),
    runId: run.id,
    projectId,
    videoId,
    stage: FIRST_STAGE,
    position: stagePosition(FIRST_STAGE),
    place: videoPlace(position),
  }))
  await tx.task.createMany({ data: tasks })
  await enqueueMany(
    tx,
    stageQueue(FIRST_STAGE),
    tasks.map((task) => task.id),
  )
  return { runId: run.id, number: run.number }
}

async function readyVideos(tx: Tx, projectId: string, wanted: readonly string[] | null): Promise<string[]> {
  const ids = wanted === null ? undefined : [...new Set(wanted)]
  const rows = await tx.video.findMany({
    where: { projectId, state: 'done', ...(ids === undefined ? {} : { id: { in: ids } }) },
    select: { id: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: MAX_VIDEOS,
  })
  if (ids !== undefined && rows.length < ids.length) {
    throw new AppError('not_found', 'A chosen video is not in this project, or has not been read yet. Choose again.')
  }
  if (rows.length === 0) throw new AppError('invalid_input', 'There is no video to run on. Add videos first, and wait until they are read.')
  return rows.map((row) => row.id)
}
