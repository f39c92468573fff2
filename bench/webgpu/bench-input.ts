/** What the benchmark feeds to models: pictures made by code, in the size of a video's frames, and sentences. */

import type { VisionPicture } from '@/browser/selector/dual-encoder'
import { goldenRgba } from '@/browser/selector/golden-check'
import { DETECTOR_SIDE } from '@/core/models/detector-io'

/** Of a common still. */
export const FRAME = { width: 768, height: 576 } as const

/** `count` pictures of a size, each a little different, as the browser's decoder would give them. */
export async function framesOf(
  count: number,
  { width, height }: { readonly width: number; readonly height: number } = FRAME,
): Promise<VisionPicture[]> {
  const golden = await createImageBitmap(new ImageData(new Uint8ClampedArray(goldenRgba()), DETECTOR_SIDE, DETECTOR_SIDE))
  return Array.from({ length: count }, (_, place) => {
    const context = contextOf(width, height)
    context.drawImage(golden, 0, 0, width, height)
    context.fillStyle = `hsl(${(place * 37) % 360} 60% 50%)`
    context.fillRect((place * 53) % width, (place * 29) % height, width / 8, height / 6)
    const source = context.canvas.transferToImageBitmap()
    return { width, height, source, draw: (target, w, h) => target.drawImage(source, 0, 0, w, h) }
  })
}

export function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('The browser gave no canvas.')
  return context
}

/** About fourteen words each, as captions have them. */
export const sentencesOf = (count: number) =>
  Array.from({ length: count }, (_, place) => `A man in a red coat walks past ${place} white cars that stand on the left of the street.`)
