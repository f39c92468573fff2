/** What an upload must be by its content, before it is kept. Names and declared types are never asked. */
import { open } from 'node:fs/promises'
import sharp from 'sharp'
import { z } from 'zod'
import { AppError } from '@/core/errors'
import { env } from './env'
import { sniffMedia } from './media/sniff'

export const uploadPurposeSchema = z.enum(['video', 'still', 'annotations'])
export type UploadPurpose = z.infer<typeof uploadPurposeSchema>

const STILL_FORMATS = ['jpeg', 'png', 'webp']
const HEAD_BYTES = 4096

/** Throws AppError unsupported_media, corrupt_media, limit_exceeded or bad_file. */
export async function checkUpload(purpose: UploadPurpose, path: string): Promise<void> {
  if (purpose === 'video') await sniffMedia(path)
  if (purpose === 'still') await checkStill(path)
  if (purpose === 'annotations') await checkAnnotations(path)
}

async function checkStill(path: string): Promise<void> {
  const facts = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => null)
  if (facts === null || !STILL_FORMATS.includes(facts.format)) {
    throw new AppError('unsupported_media', 'This is no picture we take. Stills are JPEG, PNG or WebP.')
  }
  if (facts.width * facts.height > env.media.maxPixels) {
    throw new AppError(
      'limit_exceeded',
      `A picture of ${facts.width} x ${facts.height} pixels is over the limit of ${env.media.maxPixels} pixels.`,
    )
  }
}

/** JSON or JSON lines begin with a bracket. Whether the rest parses, the import says row by row. */
async function checkAnnotations(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const head = buffer.subarray(0, bytesRead)
    const text = head.toString('utf8').replace(/^\uFEFF/, '')
    if (!head.includes(0) && /^\s*[[{]/.test(text)) return
  } finally {
    await file.close()
  }
  throw new AppError('bad_file', 'This is no annotation file: JSON begins with [ or {.')
}
