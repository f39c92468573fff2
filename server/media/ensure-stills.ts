/** Stored stills: made once per video content and frame, shared by all projects that hold the same video. */
import { db } from '@/server/db'
import type { Still } from '@/server/generated/prisma/client'
import { hasBlob, localBlob, putBlob } from '@/server/storage'
import { type DecodeOptions, decodeStills, type RgbPicture } from './decode-stills'
import { getMediaIndex } from './frame-tables'
import { encodeStill, pixelSha256 } from './picture-files'

/** Stills being made right now: callers who want the same one wait for the same work. */
const inFlight = new Map<string, Promise<Still>>()

/**
 * Rows of the wanted stills, in the order of `indices` without repetitions; missing ones are decoded and stored first.
 * Doing it again changes nothing. Throws AppError not_found (video not probed), frame_out_of_range, missing_file and what
 * decoding can throw.
 */
export async function ensureStills(videoSha256: string, indices: readonly number[], options: DecodeOptions = {}): Promise<Still[]> {
  const wanted = [...new Set(indices)]
  const rows = new Map((await findStills(videoSha256, wanted)).map((row) => [row.frameIndex, row]))
  const missing = wanted.filter((index) => !rows.has(index))
  const mine = missing.filter((index) => !inFlight.has(keyOf(videoSha256, index)))
  if (mine.length > 0) startMaking(videoSha256, mine, options)
  const made = await Promise.all(missing.map((index) => inFlight.get(keyOf(videoSha256, index))))
  for (const row of made) if (row !== undefined) rows.set(row.frameIndex, row)
  // A row may have been made between our look and our wait.
  const late = wanted.filter((index) => !rows.has(index))
  if (late.length > 0) for (const row of await findStills(videoSha256, late)) rows.set(row.frameIndex, row)
  return wanted.flatMap((index) => rows.get(index) ?? [])
}

const keyOf = (videoSha256: string, index: number) => `${videoSha256}:${index}`

/** Rows whose file is there: a lost file is made again. */
async function findStills(videoSha256: string, indices: readonly number[]): Promise<Still[]> {
  const rows = await db.still.findMany({ where: { videoSha256, frameIndex: { in: [...indices] } } })
  const isThere = await Promise.all(rows.map((row) => hasBlob(row.sha256)))
  return rows.filter((_, i) => isThere[i])
}

function startMaking(videoSha256: string, indices: readonly number[], options: DecodeOptions): void {
  const doors = new Map<number, { resolve: (row: Still) => void; reject: (error: unknown) => void }>()
  for (const index of indices) {
    const key = keyOf(videoSha256, index)
    const promise = new Promise<Still>((resolve, reject) => doors.set(index, { resolve, reject })).finally(() => inFlight.delete(key))
    promise.catch(() => undefined)
    inFlight.set(key, promise)
  }
  const store = async (picture: RgbPicture) => doors.get(picture.index)?.resolve(await storeStill(videoSha256, picture))
  make(videoSha256, indices, store, options).catch((error: unknown) => {
    for (const door of doors.values()) door.reject(error)
  })
}

async function make(
  videoSha256: string,
  indices: readonly number[],
  store: (picture: RgbPicture) => Promise<void>,
  options: DecodeOptions,
): Promise<void> {
  const index = await getMediaIndex(videoSha256)
  await decodeStills(await localBlob(videoSha256), index, indices, store, options)
}

async function storeStill(videoSha256: string, picture: RgbPicture): Promise<Still> {
  const { sha256, bytes } = await putBlob(await encodeStill(picture))
  const { index: frameIndex, width, height } = picture
  const content = { pts: BigInt(picture.pts), sha256, pixelSha256: pixelSha256(picture), width, height, bytes }
  return db.still.upsert({
    where: { videoSha256_frameIndex: { videoSha256, frameIndex } },
    create: { videoSha256, frameIndex, ...content },
    update: content,
  })
}
