import type { SampledFrame } from '@/core/pipeline/outputs'
import type { FramePicture, FrameReader } from './roles'

/**
 * What `keep` makes of the pictures of these few frames, in their order. They are read before any model is asked: one that takes its time
 * must not hold the decoder, for which everything else in this process waits.
 */
export async function readPictures<T>(
  reader: FrameReader,
  frames: readonly SampledFrame[],
  keep: (picture: FramePicture) => Promise<T>,
): Promise<T[]> {
  const byIndex = new Map<number, T>()
  await reader.read(frames, async (picture) => {
    byIndex.set(picture.frame.index, await keep(picture))
  })
  return frames.flatMap((frame) => byIndex.get(frame.index) ?? [])
}

/** For models that look at the pixels. */
export const asItIs = async (picture: FramePicture): Promise<FramePicture> => picture
