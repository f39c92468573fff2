/**
 * Image files of decoded pictures. Stored stills are JPEG: browsers decode it fastest (a sample must paint in 100 ms), and at
 * quality 95 without chroma subsampling no reviewer sees a difference (optimised coding saves 5 % of bytes for 3 times the time). libjpeg-turbo's integer transform gives the same
 * bytes on every machine. The pixel hash is taken before encoding and does not depend on any of this.
 */
import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { RgbPicture } from './decode-stills'

type Rgb = Pick<RgbPicture, 'width' | 'height' | 'rgb'>

// One thread a picture: the pictures themselves run in parallel, and memory stays flat.
sharp.concurrency(1)
sharp.cache(false)

const open = ({ width, height, rgb }: Rgb) => sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false })

export const STILL_TYPE = 'image/jpeg'

export function encodeStill(picture: Rgb): Promise<Buffer> {
  return open(picture).jpeg({ quality: 95, chromaSubsampling: '4:4:4', optimizeCoding: false }).toBuffer()
}

/** Lossless: the decoded pixels themselves. */
export function encodePng(picture: Rgb): Promise<Buffer> {
  return open(picture).png({ compressionLevel: 6, adaptiveFiltering: false, palette: false }).toBuffer()
}

/** For lists: fits into `side` x `side`. */
export function encodeSmall(picture: Rgb, side: number): Promise<Buffer> {
  return open(picture).resize(side, side, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 82 }).toBuffer()
}

/** sha256 of width and height (32 bit, big endian) and the RGB bytes. */
export function pixelSha256({ width, height, rgb }: Rgb): string {
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  return createHash('sha256').update(size).update(rgb).digest('hex')
}
