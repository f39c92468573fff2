/** A frame as the detector wants it: squeezed to a square of 300 pixels, as the server squeezes it. */
import { AppError } from '@/core/errors'
import { sizeBeforeSqueeze, squeezePicture } from '@/core/models/squeeze-picture'
import type { CandidatePicture } from './candidate-picture'

/** One canvas for all frames. It is read back at once, so it lies in ordinary memory. */
export function openSquare(): (picture: Pick<CandidatePicture, 'draw' | 'width' | 'height'>) => Uint8ClampedArray {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true, alpha: false })
  if (context === null) throw new AppError('unavailable', 'The browser gave no canvas to draw a frame on.')
  return (picture) => {
    const { width, height } = sizeBeforeSqueeze(picture)
    // Setting a size makes a new canvas, even when it is the same.
    if (context.canvas.width !== width || context.canvas.height !== height) Object.assign(context.canvas, { width, height })
    picture.draw(context, width, height)
    return squeezePicture(context.getImageData(0, 0, width, height).data, { width, height })
  }
}
