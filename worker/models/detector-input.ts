/** A picture as the detector wants it: 300 × 300 whatever its shape, colour by colour, from −1 to 1. */
import sharp, { type Sharp } from 'sharp'
import { AppError } from '@/core/errors'
import { DETECTOR_SIDE, planesOf } from '@/core/models/detector-io'
import type { Rect } from '@/core/records'

/** Packed RGB; size in pixels. */
export type RgbImage = { readonly width: number; readonly height: number; readonly rgb: Uint8Array }

/** What lies outside of a picture; it comes out as nearly zero. */
const GREY = { r: 128, g: 128, b: 128 }

/** As `squeezed`, in the numbers that the network takes. */
export async function detectorInput(image: RgbImage, part: Rect | null = null): Promise<Float32Array> {
  return planesOf(await squeezed(image, part))
}

/**
 * Packed RGB of 300 × 300. `part` = whole pixels of the picture to look at, which may reach beyond it; all of it without.
 * @throws AppError invalid_input for a picture of another size than it says, or a part that lies outside of it
 */
export async function squeezed(image: RgbImage, part: Rect | null = null): Promise<Buffer> {
  const { width, height, rgb } = image
  if (rgb.length !== width * height * 3 || rgb.length === 0) {
    throw new AppError('invalid_input', 'A picture does not have as many pixels as it says.', { width, height, bytes: rgb.length })
  }
  const whole = sharp(rgb, { raw: { width, height, channels: 3 } })
  const wanted = part === null ? whole : await cutOut(whole, image, part)
  // The network was trained on pictures that were squeezed to a square, not on ones with bars.
  return wanted.resize(DETECTOR_SIDE, DETECTOR_SIDE, { fit: 'fill', kernel: 'linear' }).raw().toBuffer()
}

/** In two steps, because sharp would enlarge first and add the border afterwards. */
async function cutOut(whole: Sharp, { width, height }: RgbImage, part: Rect): Promise<Sharp> {
  const [left, top] = [Math.max(part.x, 0), Math.max(part.y, 0)]
  const [right, bottom] = [Math.min(part.x + part.w, width), Math.min(part.y + part.h, height)]
  if (!(right > left && bottom > top))
    throw new AppError('invalid_input', 'A part of a picture lies outside of it.', { part, width, height })
  const { data, info } = await whole
    .extract({ left, top, width: right - left, height: bottom - top })
    .extend({ left: left - part.x, top: top - part.y, right: part.x + part.w - right, bottom: part.y + part.h - bottom, background: GREY })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
}
