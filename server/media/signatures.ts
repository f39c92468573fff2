/** Small grey pictures of all frames of a video: one decoding pass, then kept in memory and as a cache file. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/core/errors'
import { env } from '@/server/env'
import { newTempPath } from '@/server/storage'
import { mediaLimits } from './inspect-media'
import { type MediaPart, runMedia } from './media-client'
import type { MediaIndex } from './media-index'

/** Side of a signature in pixels; a frame's signature has SIDE² bytes. */
export const SIGNATURE_SIDE = 32
export const SIGNATURE_BYTES = SIGNATURE_SIDE * SIGNATURE_SIDE

const MAX_CACHED_BYTES = 64 * 1024 * 1024
const cache = new Map<string, Promise<Buffer>>()

/**
 * Signatures in presentation order, `SIGNATURE_BYTES` each. `videoSha256` null = a file that is not stored: nothing is kept.
 * Throws what decoding can throw.
 */
export function frameSignatures(videoPath: string, index: MediaIndex, videoSha256: string | null): Promise<Buffer> {
  if (videoSha256 === null) return computeSignatures(videoPath, index)
  const known = cache.get(videoSha256)
  cache.delete(videoSha256)
  const loading = known ?? loadSignatures(videoPath, index, videoSha256)
  cache.set(videoSha256, loading)
  loading.then(trim, () => cache.delete(videoSha256))
  return loading
}

async function loadSignatures(videoPath: string, index: MediaIndex, videoSha256: string): Promise<Buffer> {
  const file = path.join(env.dataDir, 'cache', 'signatures', `${videoSha256}.gray${SIGNATURE_SIDE}`)
  const stored = await readFile(file).catch(() => null)
  if (stored?.length === index.table.pts.length * SIGNATURE_BYTES) return stored
  const fresh = await computeSignatures(videoPath, index)
  await keep(file, fresh)
  return fresh
}

async function computeSignatures(videoPath: string, index: MediaIndex): Promise<Buffer> {
  const request = { op: 'signatures', path: videoPath, demuxer: index.container, limits: mediaLimits(), size: SIGNATURE_SIDE }
  const all = Buffer.allocUnsafe(index.table.pts.length * SIGNATURE_BYTES)
  let filled = 0
  const onPart = ({ binary }: MediaPart) => {
    if (filled + binary.length > all.length) throw differs()
    filled += binary.copy(all, filled)
  }
  await runMedia(request, { onPart })
  if (filled === all.length) return all
  throw differs()
}

const differs = () => new AppError('corrupt_media', 'The video does not decode to the same frames twice.')

/** The cache file is a convenience: without space for it the work still succeeds. */
async function keep(file: string, content: Buffer): Promise<void> {
  let temp: string | null = null
  try {
    temp = await newTempPath()
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(temp, content)
    await rename(temp, file)
  } catch {
    if (temp !== null) await rm(temp, { force: true })
  }
}

async function trim(): Promise<void> {
  const sizes = await Promise.all([...cache].map(async ([key, loading]) => [key, (await loading.catch(() => null))?.length ?? 0] as const))
  let total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0)
  for (const [key, bytes] of sizes.slice(0, -1)) {
    if (total <= MAX_CACHED_BYTES) return
    cache.delete(key)
    total -= bytes
  }
}
