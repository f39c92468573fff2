import type { SampledFrame } from '@/core/pipeline/outputs'
import type { FramePicture, FrameReader } from './roles'

/**
 * Pictures of these few frames, in their order. They are read before anybody looks at them: a model that takes its time must not
 * hold the decoder, for which everything else in this process waits.
 */
export async function readPictures(reader: FrameReader, frames: readonly SampledFrame[]): Promise<FramePicture[]> {
  const byIndex = new Map<number, FramePicture>()
  await reader.read(frames, async (picture) => {
    byIndex.set(picture.frame.index, picture)
  })
  return frames.flatMap((frame) => byIndex.get(frame.index) ?? [])
}
