/**
 * Where in the video is this supplied picture? Released data sets ship stills whose names do not settle it; the pixels do.
 *
 * All frames are compared by small grey pictures; the best few are decoded and compared at a higher resolution. The
 * confidence asks two things: does the best frame explain the picture, and do its rivals look different from it at all?
 */
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { AppError } from '@/core/errors'
import { sha256Schema } from '@/core/ids'
import { env } from '@/server/env'
import { localBlob } from '@/server/storage'
import { decodeStills } from './decode-stills'
import { getMediaIndex } from './frame-tables'
import { inspectMedia } from './inspect-media'
import type { MediaIndex } from './media-index'
import { frameSignatures, SIGNATURE_BYTES, SIGNATURE_SIDE } from './signatures'

export type StillMatch = {
  readonly index: number
  /** 0–1. Near 0 where many frames look alike (a static scene) or none looks like the picture. */
  readonly confidence: number
  /** 0–1: how much worse the runner-up is, 1 − distance of the best ÷ distance of the runner-up. */
  readonly margin: number
}

const CANDIDATES = 12
const FINE_WIDTH = 320
/** Mean square difference, in squared 8-bit levels, at which two frames count as half different: about coding noise. */
const ALIKE = 1
/** Root mean square distance up to which a re-encoded picture is certainly this frame, and from which it is not. */
const SURE_DISTANCE = 8
const FOREIGN_DISTANCE = 32

/**
 * `video` = sha256 of a stored, probed video, or the path of a file. Throws AppError missing_file, unsupported_media (no
 * picture), not_found (video unknown) and what decoding can throw.
 */
export async function matchStill(video: string, imagePath: string): Promise<StillMatch> {
  const stored = sha256Schema.safeParse(video)
  const path = stored.success ? await localBlob(video) : video
  const index = stored.success ? await getMediaIndex(video) : (await inspectMedia(path)).index
  const picture = await openPicture(imagePath)
  const coarse = withoutMean(lumaOf(await shrink(picture, SIGNATURE_SIDE, SIGNATURE_SIDE)))
  const signatures = await frameSignatures(path, index, stored.success ? video : null)
  const candidates = nearest(coarse, signatures)
  return decide(await compareFinely(path, index, picture, candidates))
}

type Picture = { readonly bytes: Buffer; readonly width: number; readonly height: number }

async function openPicture(imagePath: string): Promise<Picture> {
  const bytes = await readFile(imagePath).catch((cause: unknown) => {
    throw new AppError('missing_file', 'The supplied still is not there or cannot be read.', {}, { cause })
  })
  try {
    // Rasters only: a vector or document format would be rendered by code that nobody here needs.
    const { format, autoOrient } = await sharp(bytes, { limitInputPixels: env.media.maxPixels }).metadata()
    if (['jpeg', 'png', 'webp', 'avif', 'heif', 'gif', 'tiff'].includes(format)) return { bytes, ...autoOrient }
  } catch (cause) {
    throw new AppError('unsupported_media', 'The supplied still is no picture we read.', {}, { cause })
  }
  throw new AppError('unsupported_media', 'The supplied still is no picture we read.')
}

async function shrink({ bytes }: Picture, width: number, height: number): Promise<Buffer> {
  try {
    const image = sharp(bytes, { limitInputPixels: env.media.maxPixels }).autoOrient().flatten()
    return await image.resize(width, height, { fit: 'fill', kernel: 'linear' }).toColourspace('srgb').removeAlpha().raw().toBuffer()
  } catch (cause) {
    throw new AppError('unsupported_media', 'The supplied still is no picture we read.', {}, { cause })
  }
}

function lumaOf(rgb: Buffer): Float32Array {
  return Float32Array.from(
    { length: rgb.length / 3 },
    (_, i) => 0.299 * (rgb[i * 3] ?? 0) + 0.587 * (rgb[i * 3 + 1] ?? 0) + 0.114 * (rgb[i * 3 + 2] ?? 0),
  )
}

/** A constant shift of brightness (range, gamma of another decoder) says nothing about which frame it is. */
function withoutMean(values: Float32Array): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return values.map((value) => value - mean)
}

/** Indices of the nearest frames by signature. */
function nearest(wanted: Float32Array, signatures: Buffer): number[] {
  const distances = Array.from({ length: signatures.length / SIGNATURE_BYTES }, (_, index) => {
    const own = withoutMean(Float32Array.from(signatures.subarray(index * SIGNATURE_BYTES, (index + 1) * SIGNATURE_BYTES)))
    return { index, distance: meanSquare(wanted, own) }
  })
  return distances
    .sort((a, b) => a.distance - b.distance)
    .slice(0, CANDIDATES)
    .map((candidate) => candidate.index)
}

function meanSquare(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2
  return sum / Math.max(1, a.length)
}

type Compared = { readonly index: number; readonly distance: number; readonly pixels: Float32Array }

/** Candidates by distance to the picture at the finer size, nearest first. */
async function compareFinely(path: string, index: MediaIndex, picture: Picture, candidates: readonly number[]): Promise<Compared[]> {
  // Never finer than the picture itself: enlarging it would make every frame look equally foreign.
  const width = Math.min(FINE_WIDTH, index.table.width, picture.width)
  const height = Math.min(picture.height, Math.max(1, Math.round((index.table.height * width) / index.table.width)))
  const wanted = withoutMean(Float32Array.from(await shrink(picture, width, height)))
  const compared: Compared[] = []
  await decodeStills(path, index, candidates, async (still) => {
    const raw = { raw: { width: still.width, height: still.height, channels: 3 as const } }
    const small = await sharp(still.rgb, raw).resize(width, height, { fit: 'fill', kernel: 'linear' }).raw().toBuffer()
    const pixels = withoutMean(Float32Array.from(small))
    compared.push({ index: still.index, distance: meanSquare(wanted, pixels), pixels })
  })
  return compared.sort((a, b) => a.distance - b.distance || a.index - b.index)
}

/**
 * If the picture is the best frame plus noise, a rival is worse by exactly the mean square difference between the two frames
 * (noise does not correlate with it): `settled` is 1 then, and 0 when the picture lies in the middle. And that difference has
 * to rise above coding noise, or "which of them" has no answer.
 */
function decide(compared: readonly Compared[]): StillMatch {
  const [best, ...rivals] = compared
  if (best === undefined) throw new AppError('corrupt_media', 'The video has no frame to compare with.')
  const likeness = clamp((FOREIGN_DISTANCE - Math.sqrt(best.distance)) / (FOREIGN_DISTANCE - SURE_DISTANCE))
  const distinct = rivals.map((rival) => {
    const between = meanSquare(best.pixels, rival.pixels)
    const settled = between > 0 ? clamp((rival.distance - best.distance) / between) : 0
    return settled * (between / (between + ALIKE))
  })
  const runnerUp = rivals[0]
  const margin = runnerUp === undefined ? 1 : runnerUp.distance > 0 ? 1 - Math.sqrt(best.distance / runnerUp.distance) : 0
  return { index: best.index, confidence: clamp(likeness * Math.min(1, ...distinct)), margin: clamp(margin) }
}

const clamp = (value: number) => Math.min(1, Math.max(0, value))
