/** Decoded pictures of exact frames. */
import { z } from 'zod'
import { AppError } from '@/core/errors'
import { mediaLimits } from './inspect-media'
import { type MediaPart, runMedia } from './media-client'
import type { MediaIndex } from './media-index'
import { sniffMedia } from './sniff'

/** Packed RGB, three bytes a pixel, display orientation, square pixels. */
export type RgbPicture = {
  readonly index: number
  readonly pts: number
  readonly width: number
  readonly height: number
  readonly rgb: Buffer
}

export type DecodeOptions = {
  /** A person waits for this one picture. */
  readonly isQuick?: boolean
  readonly signal?: AbortSignal | undefined
}

const partSchema = z.object({ index: z.int().min(0), pts: z.int().nullable(), width: z.int().min(1), height: z.int().min(1) })

/**
 * Hands over the pictures of the given frames, in any order. Each is proven to be the frame of the table: by decoding from
 * the start, or by a seek whose result has the checksum that the first sequential decode saw.
 *
 * Throws AppError frame_out_of_range before anything is decoded, and what reading media can throw.
 *
 * @returns how many could not be had by a seek, so that the video was decoded from its start
 */
export async function decodeStills(
  path: string,
  index: MediaIndex,
  indices: readonly number[],
  onPicture: (picture: RgbPicture) => void | Promise<void>,
  { isQuick = false, signal }: DecodeOptions = {},
): Promise<{ fromStart: number }> {
  const targets = targetsOf(index, indices)
  if (targets.length === 0) return { fromStart: 0 }
  const { width, height } = index.table
  const request = { op: 'stills', path, demuxer: index.container, limits: mediaLimits(), size: { width, height }, targets }
  const awaited = new Set(targets.map((target) => target.index))
  const onPart = (part: MediaPart) => {
    const picture = pictureOf(part)
    // Taking a picture costs the child no time of its own, so that it must not go on giving them for ever.
    if (!awaited.delete(picture.index)) throw new AppError('media_crashed', 'The media program gave a picture that nobody asked for.')
    return onPicture(picture)
  }
  const { result } = await runMedia(request, { signal, onPart }, isQuick)
  return z.object({ fromStart: z.int() }).parse(result)
}

/** One picture of a file that is not stored: a plain decode from the start, counting. Throws AppError frame_out_of_range. */
export async function readStill(path: string, frameIndex: number, { signal }: DecodeOptions = {}): Promise<RgbPicture> {
  const { container } = await sniffMedia(path)
  if (!Number.isSafeInteger(frameIndex) || frameIndex < 0) throw outOfRange(frameIndex, null)
  let picture: RgbPicture | undefined
  const request = { op: 'sequence', path, demuxer: container, limits: mediaLimits(), indices: [frameIndex] }
  const answer = await runMedia(request, {
    signal,
    onPart: (part) => {
      picture = pictureOf(part)
    },
  })
  if (picture !== undefined) return picture
  throw outOfRange(frameIndex, z.object({ count: z.int().nullable() }).parse(answer.result).count)
}

function targetsOf({ table, check }: MediaIndex, indices: readonly number[]) {
  const sorted = [...new Set(indices)].sort((a, b) => a - b)
  return sorted.map((index) => {
    const pts = table.pts[index]
    const sum = check[index]
    if (pts === undefined || sum === undefined) throw outOfRange(index, table.pts.length)
    const keyIndex = table.key.lastIndexOf(true, index)
    return { index, pts, check: sum, keyIndex, keyPts: table.pts[keyIndex] ?? 0 }
  })
}

function outOfRange(index: number, count: number | null): AppError {
  const message =
    count === null ? `There is no frame ${index}.` : `There is no frame ${index}: the video has ${count} frames, 0 to ${count - 1}.`
  return new AppError('frame_out_of_range', message, { index, count })
}

function pictureOf({ body, binary }: MediaPart): RgbPicture {
  const parsed = partSchema.safeParse(body)
  if (!parsed.success || binary.length !== parsed.data.width * parsed.data.height * 3) {
    throw new AppError('media_crashed', 'The media program gave an unusable picture of this file.')
  }
  return { ...parsed.data, pts: parsed.data.pts ?? 0, rgb: binary }
}
