import { AppError } from '@/core/errors'
import { getFrameTable } from '@/server/media/frame-tables'
import { registerVideo, type VideoToRegister } from '@/server/media/register-video'
import type { Video } from '../generated/prisma/client'
import { log } from '../log'
import type { KnownVideo, VideoAnswer } from './media-source'

type VideoFacts = Pick<Video, 'id' | 'sha256' | 'name' | 'state' | 'width' | 'height' | 'frameCount' | 'frameTableSha256'>

/** Null while the video is not probed, or when probing failed. */
export function knownVideoOf(video: VideoFacts): KnownVideo | null {
  const { id, sha256, name, width, height, frameCount } = video
  if (video.frameTableSha256 === null || width === null || height === null || frameCount === null) return null
  return { id, sha256, name, width, height, frameCount, table: () => getFrameTable(sha256) }
}

const OURS: ReadonlySet<string> = new Set(['internal', 'unavailable', 'storage_full', 'not_found'])

/** Reads a file now; a file that cannot be read is an answer, a fault of ours is thrown. */
export async function registeredVideo(input: VideoToRegister): Promise<VideoAnswer> {
  try {
    const video = await registerVideo(input, { probe: 'now' })
    const known = knownVideoOf(video)
    return known === null
      ? { kind: 'broken', message: video.errorMessage ?? 'It cannot be read as a video.' }
      : { kind: 'found', video: known }
  } catch (thrown) {
    if (!(thrown instanceof AppError) || OURS.has(thrown.code)) throw thrown
    log.info({ file: input.name, code: thrown.code }, 'a video of the import cannot be used')
    return { kind: 'broken', message: thrown.message }
  }
}
