/** Pictures of a stored video's frames for stages and models, decoded by the media program, one by one. */
import sharp from 'sharp'
import { AppError } from '@/core/errors'
import type { SampledFrame } from '@/core/pipeline/outputs'
import { decodeStills, type RgbPicture } from '@/server/media/decode-stills'
import { getMediaIndex } from '@/server/media/frame-tables'
import type { MediaIndex } from '@/server/media/media-index'
import { localBlob } from '@/server/storage'
import type { FramePicture, FrameReader } from './models/roles'

const JPEG_QUALITY = 85
/** Whoever looks at each of a thousand frames gives the others of this process a turn at the decoder after so many. */
const FRAMES_A_TURN = 8

/** @throws AppError not_found, missing_file, and what decoding can throw when it is read */
export async function openFrameReader(videoSha256: string, signal: AbortSignal): Promise<FrameReader> {
  return { ...readerOfFile(() => localBlob(videoSha256), await getMediaIndex(videoSha256), signal), videoSha256 }
}

/** Reads a file that need not be stored; `fileOf` is asked before each reading. */
export function readerOfFile(fileOf: () => Promise<string>, index: MediaIndex, signal: AbortSignal): FrameReader {
  const { width, height } = index.table
  return {
    width,
    height,
    table: index.table,
    async read(frames, onPicture) {
      const byIndex = new Map<number, SampledFrame>(frames.map((frame) => [frame.index, frame]))
      const wanted = [...byIndex.keys()].sort((a, b) => a - b)
      const file = await fileOf()
      // A file in which seeking fails is decoded from its start each time: then the rest is read in one turn.
      let canSeek = true
      for (let start = 0; start < wanted.length; ) {
        const some = wanted.slice(start, canSeek ? start + FRAMES_A_TURN : undefined)
        const { fromStart } = await decodeStills(file, index, some, (picture) => onPicture(pictureOf(picture, byIndex)), { signal })
        start += some.length
        canSeek = fromStart === 0
      }
    },
  }
}

function pictureOf(picture: RgbPicture, frames: ReadonlyMap<number, SampledFrame>): FramePicture {
  const frame = frames.get(picture.index)
  if (frame === undefined) throw new AppError('internal', 'The decoder gave a frame that was not asked for.', { index: picture.index })
  const { width, height, rgb } = picture
  const encode = (maxSide: number) =>
    sharp(rgb, { raw: { width, height, channels: 3 } })
      .resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer()
  return { frame, width, height, rgb, jpeg: encode }
}
