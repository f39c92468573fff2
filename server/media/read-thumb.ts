import sharp from 'sharp'
import { db } from '@/server/db'
import { localBlob } from '@/server/storage'

/** Twice the largest size a list draws, for dense screens. */
const SIDE = 256

/**
 * A small picture of a frame whose still is stored, or null. Lists show hundreds of them: nothing is decoded for a list, and
 * a frame that has no still yet has no thumbnail rather than that of another frame.
 */
export async function readThumb(videoSha256: string, frameIndex: number): Promise<Buffer | null> {
  const still = await db.still.findUnique({ where: { videoSha256_frameIndex: { videoSha256, frameIndex } }, select: { sha256: true } })
  if (still === null) return null
  const file = await localBlob(still.sha256)
  return sharp(file).resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 80 }).toBuffer()
}
