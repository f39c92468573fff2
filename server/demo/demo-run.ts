/** The pipeline's own drafts of the demo clips: made once, in the background, with the models that ship with Crema. */
import { PRESETS } from '@/core/pipeline/settings'
import { db } from '../db'
import { createRun } from '../pipeline/start-run'

/**
 * Starts the run of the demo project unless one was started before. With no video read there is nothing to run on, and the
 * next start tries again.
 *
 * @returns number of videos, or null when nothing was started
 */
export async function startDemoRun(projectId: string): Promise<number | null> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('crema:demo', 0))`
    const earlier = await tx.run.count({ where: { projectId } })
    const videos = await tx.video.count({ where: { projectId, state: 'done' } })
    if (earlier > 0 || videos === 0) return null
    await createRun(tx, { projectId, userId: null, settings: PRESETS.embedded, videoIds: null, capMicroUsd: 0, freshFrom: null })
    return videos
  })
}
