/** The pipeline's own drafts of the demo clips: made once, in the background, with the models that ship with Crema. */
import { PRESETS } from '@/core/pipeline/settings'
import { audit } from '../audit'
import { db } from '../db'
import { createRun } from '../pipeline/start-run'
import { demoProjectId } from './demo-state'

/**
 * Starts a run over the demo project, unless there is none, or it has had a run, or none of its clips could be read yet. It
 * may spend nothing.
 *
 * @returns number of videos, or null when nothing was started
 */
export async function startDemoRun(): Promise<number | null> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('crema:demo', 0))`
    const projectId = await demoProjectId(tx)
    if (projectId === null || (await tx.run.count({ where: { projectId } })) > 0) return null
    const videos = await tx.video.count({ where: { projectId, state: 'done' } })
    if (videos === 0) return null
    const request = { projectId, userId: null, settings: PRESETS.embedded, videoIds: null, capMicroUsd: 0, freshFrom: null }
    const { runId, number } = await createRun(tx, request)
    const facts = { number, preset: 'embedded', cap: 0 }
    await audit(tx, { scope: projectId, actorId: null, action: 'run.start', subject: runId, facts })
    return videos
  })
}
