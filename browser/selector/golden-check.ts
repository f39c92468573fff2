/** Whether a model that was opened here computes what the original does: a card or a driver that does not is not used. */

import { DETECTOR_SIDE } from '@/core/models/detector-io'
import { type Golden, goldenSchema } from '@/core/models/golden'
import { goldenPicture } from '@/core/models/golden-input'

/** Loaded only when the first model is opened. */
export async function readGolden(): Promise<Golden> {
  return goldenSchema.parse((await import('@/core/models/golden-outputs.json')).default)
}

/** The golden picture as a canvas would give it. */
export function goldenRgba(): Uint8ClampedArray {
  const rgb = goldenPicture()
  const rgba = new Uint8ClampedArray(DETECTOR_SIDE * DETECTOR_SIDE * 4).fill(255)
  for (let pixel = 0; pixel < DETECTOR_SIDE * DETECTOR_SIDE; pixel += 1) rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4)
  return rgba
}
