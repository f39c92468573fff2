/** A part of a decoded frame, or the frame with a border around it. */
import sharp from 'sharp'
import type { Rect } from '@/core/records'
import type { FramePicture } from './roles'

/** Neither dark nor light: nothing the detector would take for a thing. */
const GREY = 128
const JPEG_QUALITY = 85

/** `part` in whole pixels of the picture; where it reaches beyond, the result is grey. */
export function cropPicture(picture: FramePicture, part: Rect): FramePicture {
  const { x, y, w: width, h: height } = part
  const rgb = Buffer.alloc(width * height * 3, GREY)
  const [left, right] = [Math.max(0, x), Math.min(picture.width, x + width)]
  for (let row = Math.max(0, -y); row < Math.min(height, picture.height - y) && left < right; row += 1) {
    const from = (y + row) * picture.width
    picture.rgb.copy(rgb, (row * width + left - x) * 3, (from + left) * 3, (from + right) * 3)
  }
  const jpeg = (maxSide: number) =>
    sharp(rgb, { raw: { width, height, channels: 3 } })
      .resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer()
  return { frame: picture.frame, width, height, rgb, jpeg }
}
