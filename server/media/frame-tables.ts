/** Frame tables of stored videos, by the sha256 of the video. */
import { AppError } from '@/core/errors'
import type { FrameTable } from '@/core/frame-table'
import type { Sha256 } from '@/core/ids'
import { db } from '@/server/db'
import { putBlob, readBlob } from '@/server/storage'
import { decodeIndex, encodeIndex, type MediaIndex } from './media-index'

const MAX_CACHED_FRAMES = 2_000_000
const cache = new Map<string, Promise<MediaIndex>>()
const cachedFrames = new Map<string, number>()

export async function storeIndex(index: MediaIndex): Promise<Sha256> {
  return (await putBlob(Buffer.from(encodeIndex(index)))).sha256
}

/** Index of a probed video. Throws AppError not_found when no project holds the video, or it was not probed yet. */
export function getMediaIndex(videoSha256: string): Promise<MediaIndex> {
  const known = cache.get(videoSha256)
  if (known !== undefined) {
    cache.delete(videoSha256)
    cache.set(videoSha256, known)
    return known
  }
  const loading = loadIndex(videoSha256)
  cache.set(videoSha256, loading)
  loading.then(
    (index) => remember(videoSha256, index.table.pts.length),
    () => cache.delete(videoSha256),
  )
  return loading
}

/** The frame table of a video: the only source of frame identity (invariant 1). Throws AppError not_found. */
export async function getFrameTable(videoSha256: string): Promise<FrameTable> {
  return (await getMediaIndex(videoSha256)).table
}

async function loadIndex(videoSha256: string): Promise<MediaIndex> {
  const video = await db.video.findFirst({
    where: { sha256: videoSha256, frameTableSha256: { not: null } },
    select: { frameTableSha256: true },
  })
  if (video?.frameTableSha256 == null) throw new AppError('not_found', 'The frames of this video are not known yet.', { videoSha256 })
  return decodeIndex((await readBlob(video.frameTableSha256)).toString('utf8'))
}

/** Least recently used tables go when the cache holds too many frames. */
function remember(videoSha256: string, frames: number): void {
  cachedFrames.set(videoSha256, frames)
  let total = [...cachedFrames.values()].reduce((sum, count) => sum + count, 0)
  for (const oldest of cache.keys()) {
    if (total <= MAX_CACHED_FRAMES || oldest === videoSha256) break
    total -= cachedFrames.get(oldest) ?? 0
    cachedFrames.delete(oldest)
    cache.delete(oldest)
  }
}
