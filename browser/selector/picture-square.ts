/** A frame as the detector wants it: squeezed to a square of 300 pixels. */
import { AppError } from '@/core/errors'
import { DETECTOR_SIDE } from '@/core/pipeline/detector-io'
import type { CandidatePicture } from './frames'

/** One canvas for all frames: it is read back at once, so it lies in ordinary memory. */
export function openSquare(): (picture: Pick<CandidatePicture, 'draw'>) => Uint8ClampedArray {
  const context = new OffscreenCanvas(DETECTOR_SIDE, DETECTOR_SIDE).getContext('2d', { willReadFrequently: true, alpha: false })
  if (context === null) throw new AppError('unavailable', 'The browser gave no canvas to draw a frame on.')
  return (picture) => {
    // A drawing of more than twice the size would skip pixels otherwise, and small things with them.
    context.imageSmoothingQuality = 'medium'
    picture.draw(context, DETECTOR_SIDE, DETECTOR_SIDE)
    return context.getImageData(0, 0, DETECTOR_SIDE, DETECTOR_SIDE).data
  }
}
