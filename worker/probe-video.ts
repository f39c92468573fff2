import { toAppError } from '@/core/errors'
import { db } from '@/server/db'
import { enqueue } from '@/server/jobs'
import { log } from '@/server/log'
import { prepareVideo } from '@/server/media/prepare-video'

/** Codes that say "not the file's fault": the job is tried again instead of marking the video as failed. */
const RETRIED = new Set(['unavailable', 'storage_full', 'internal'])

/**
 * Reads one registered video. Done twice it changes nothing; a broken file ends as a failed row with code and sentence, which
 * people see, and is not tried again.
 */
export async function run(id: string, signal: AbortSignal): Promise<void> {
  const { count } = await db.video.updateMany({ where: { id, state: { in: ['waiting', 'running'] } }, data: { state: 'running' } })
  if (count === 0) return
  const video = await db.video.findUniqueOrThrow({ where: { id } })
  try {
    const prepared = await prepareVideo(video.sha256, signal)
    await db.$transaction(async (tx) => {
      await tx.video.update({ where: { id }, data: prepared })
      await enqueue(tx, 'prepare-stills', id)
    })
    log.info({ videoId: id, frames: prepared.frameCount }, 'video read')
  } catch (thrown) {
    const error = toAppError(thrown)
    if (RETRIED.has(error.code)) throw thrown
    await db.video.update({ where: { id }, data: { state: 'failed', errorCode: error.code, errorMessage: error.message } })
    log.warn({ videoId: id, code: error.code, details: error.details }, 'video refused')
  }
}
