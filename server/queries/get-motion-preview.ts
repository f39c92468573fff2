import { AppError } from '@/core/errors'
import { sampleFramesOutputSchema } from '@/core/pipeline/outputs'
import type { MotionPreview } from '@/core/pipeline/previews'
import { ptsToSeconds } from '@/core/time'
import { db } from '../db'
import { getFrameTable } from '../media/frame-tables'
import { listVideosWith, newestPair } from './preview-results'

/**
 * The motion of a video as the last run measured it: shots with their rates, and which moments were taken. Other rates are
 * worked out from it in the browser. null while no video has been sampled.
 *
 * @param videoId null = the latest video
 * @throws AppError not_found for a video that is not there or has not been sampled
 */
export async function getMotionPreview(projectId: string, videoId: string | null): Promise<MotionPreview | null> {
  const shownId = videoId ?? (await listVideosWith(projectId, 'sample-frames', null))[0]?.id
  if (shownId === undefined) return null
  const stages = { first: 'sample-frames', second: 'sample-frames' }
  const outputs = await newestPair(projectId, shownId, stages, null)
  const output = sampleFramesOutputSchema.safeParse(outputs?.first).data
  const video = await db.video.findFirst({
    where: { id: shownId, projectId },
    select: { id: true, name: true, sha256: true, durationSec: true },
  })
  if (output === undefined || video === null)
    throw new AppError('not_found', 'The motion of this video has not been measured yet. Run the pipeline on it first.', { videoId })
  const table = await getFrameTable(video.sha256)
  const secOf = (index: number) => ptsToSeconds(table.pts[index] ?? table.pts.at(-1) ?? 0, table.timeBase)
  const lastSec = secOf(table.pts.length - 1) + ptsToSeconds(table.duration.at(-1) ?? 0, table.timeBase)
  const starts = output.shots.map(({ startIndex }) => secOf(startIndex))
  return {
    videoId: video.id,
    videoName: video.name,
    durationSec: video.durationSec ?? lastSec,
    curve: output.curve,
    shots: output.shots.map(({ motion, fps }, place) => ({
      startSec: starts[place] ?? 0,
      endSec: starts[place + 1] ?? lastSec,
      motion,
      fps,
    })),
    framesSec: output.frames.map(({ timeSec }) => timeSec),
  }
}
