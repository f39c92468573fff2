import { getFrameTable } from '@/server/media/frame-tables'
import type { Video } from '../generated/prisma/client'
import type { KnownVideo } from './media-source'

type VideoFacts = Pick<Video, 'id' | 'sha256' | 'name' | 'state' | 'width' | 'height' | 'frameCount' | 'frameTableSha256'>

/** Null while the video is not probed, or when probing failed. */
export function knownVideoOf(video: VideoFacts): KnownVideo | null {
  const { id, sha256, name, width, height, frameCount } = video
  if (video.frameTableSha256 === null || width === null || height === null || frameCount === null) return null
  return { id, sha256, name, width, height, frameCount, table: () => getFrameTable(sha256) }
}
