/** Reads a media file once from start to end: facts, frame table, checksums and tiles for the sprite sheet. */
import { z } from 'zod'
import { AppError } from '@/core/errors'
import { averageFps, type FrameTable, frameTableSchema, isVfr, rationalSchema } from '@/core/frame-table'
import { env } from '@/server/env'
import { runMedia } from './media-client'
import type { MediaIndex } from './media-index'
import { sniffMedia } from './sniff'

const TILE_SIDE = 160

const probeResultSchema = z.object({
  facts: z.object({ codec: z.string(), pixelFormat: z.string(), container: z.string(), hasAudio: z.boolean(), expectedFrames: z.number() }),
  timeBase: rationalSchema,
  width: z.int().min(1),
  height: z.int().min(1),
  codedWidth: z.int().min(1),
  codedHeight: z.int().min(1),
  sar: rationalSchema,
  rotation: frameTableSchema.shape.rotation,
  pts: z.array(z.int()).min(1),
  duration: z.array(z.int()),
  key: z.array(z.boolean()),
  check: z.array(z.int().min(0)),
  discardedPackets: z.int().min(0),
  tiles: z.object({ indices: z.array(z.int()), width: z.int().optional(), height: z.int().optional() }),
})

/** Facts for lists and for people; `frameCount` and times come from the frame table. */
export type MediaInfo = {
  readonly container: MediaIndex['container']
  readonly mediaType: MediaIndex['mediaType']
  readonly codec: string
  readonly pixelFormat: string
  readonly hasAudio: boolean
  readonly width: number
  readonly height: number
  readonly rotation: FrameTable['rotation']
  readonly sar: readonly [number, number]
  readonly timeBase: readonly [number, number]
  readonly frameCount: number
  /** From the start of the first frame to the end of the last one. */
  readonly durationSec: number
  readonly avgFps: number
  readonly isVfr: boolean
}

/** RGB tiles of equal size, one below the other. */
export type Tiles = { readonly indices: readonly number[]; readonly width: number; readonly height: number; readonly data: Buffer }
export type Inspection = { readonly index: MediaIndex; readonly info: MediaInfo; readonly tiles: Tiles }

export type InspectOptions = {
  readonly withTiles?: boolean
  readonly onProgress?: ((done: number, expected: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** Limits every request carries; the child enforces pixels and threads, its parent time and memory. */
export function mediaLimits(): { maxPixels: number; threads: number } {
  return { maxPixels: env.media.maxPixels, threads: 2 }
}

/** Throws AppError unsupported_media, corrupt_media, limit_exceeded, media_crashed, missing_file. */
export async function inspectMedia(path: string, { withTiles = false, onProgress, signal }: InspectOptions = {}): Promise<Inspection> {
  const { container, mediaType } = await sniffMedia(path)
  const answer = await runMedia(
    { op: 'probe', path, demuxer: container, limits: mediaLimits(), tileSize: withTiles ? TILE_SIDE : 0 },
    { signal, onProgress: (body) => onProgress?.(Number(body.done), Number(body.expected)) },
  )
  const parsed = probeResultSchema.safeParse(answer.result)
  if (!parsed.success) throw new AppError('media_crashed', 'The media program gave an unusable answer about this file.')
  const { facts, tiles, check, discardedPackets, ...columns } = parsed.data
  const table: FrameTable = columns
  const { codec, pixelFormat, hasAudio } = facts
  const index: MediaIndex = { table, check, container, mediaType, codec, pixelFormat, hasAudio, discardedPackets }
  return { index, info: infoOf(index), tiles: { ...tiles, width: tiles.width ?? 0, height: tiles.height ?? 0, data: answer.binary } }
}

/** Facts only. Throws as `inspectMedia`. */
export async function probeMedia(path: string): Promise<MediaInfo> {
  return (await inspectMedia(path)).info
}

/** The frame table of a file that need not be stored. Throws as `inspectMedia`. */
export async function readFrameTable(path: string, options: InspectOptions = {}): Promise<FrameTable> {
  return (await inspectMedia(path, options)).index.table
}

function infoOf({ table, container, mediaType, codec, pixelFormat, hasAudio }: MediaIndex): MediaInfo {
  const first = table.pts[0] ?? 0
  const end = (table.pts.at(-1) ?? 0) + (table.duration.at(-1) ?? 0)
  const { width, height, rotation, sar, timeBase } = table
  return {
    ...{ container, mediaType, codec, pixelFormat, hasAudio, width, height, rotation, sar, timeBase },
    frameCount: table.pts.length,
    durationSec: ((end - first) * timeBase[0]) / timeBase[1],
    avgFps: averageFps(table),
    isVfr: isVfr(table),
  }
}
