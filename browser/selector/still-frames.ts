/** Frames as the stills of the server: exact whatever the file, but each is made and sent one by one. */
import type { SampledFrame } from '@/core/pipeline/outputs'
import { getBlob, mediaUrls } from '../api'
import type { FrameSource } from './candidate-picture'

/** Stills under way at a time: the server makes two at once. */
const AHEAD = 3

/** @throws AppError with the server's code when a still cannot be had; what `onPicture` throws */
export const readStills: FrameSource = async ({ projectId, video, table }, frames, onPicture, signal) => {
  const load = ({ index }: SampledFrame) =>
    getBlob(mediaUrls.stillUrl(projectId, video.id, index), { signal }).then((blob) => createImageBitmap(blob))
  const coming: Promise<ImageBitmap>[] = []
  try {
    for (const [at, frame] of frames.entries()) {
      while (coming.length < Math.min(at + AHEAD, frames.length)) {
        const next = frames[coming.length]
        if (next === undefined) break
        const loading = load(next)
        // Whoever waits for it hears of it; the others are closed below.
        loading.catch(() => undefined)
        coming.push(loading)
      }
      const source = await coming[at]
      if (source === undefined) continue
      try {
        const { width, height } = table
        await onPicture({
          ...{ frame, width, height, source },
          draw: (context, toWidth, toHeight) => context.drawImage(source, 0, 0, toWidth, toHeight),
        })
      } finally {
        source.close()
      }
    }
    return null
  } finally {
    for (const loading of coming) loading.then((source) => source.close()).catch(() => undefined)
  }
}
