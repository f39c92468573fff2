import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '@/core/errors'
import type { Sha256 } from '@/core/ids'
import { newTempPath, putBlob } from '@/server/storage'
import { mediaLimits } from './inspect-media'
import { runMedia } from './media-client'
import type { MediaIndex } from './media-index'

const resultSchema = z.object({ frames: z.int(), hasAudio: z.boolean() })

/** Encoding is slower than decoding; the silence limit still ends what hangs. */
const PROXY_TIMEOUT_MS = 6 * 3600 * 1000

/**
 * Stores an H.264 copy that every browser plays. Frame N of the copy is frame N of the table; its time is the table's time
 * counted from the first frame. Throws AppError storage_full and what decoding can throw.
 */
export async function makeProxy(path: string, index: MediaIndex, signal?: AbortSignal): Promise<Sha256> {
  const out = await newTempPath()
  const { table, container } = index
  try {
    const lastDuration = table.duration.at(-1) ?? 1
    const request = { op: 'proxy', path, demuxer: container, limits: mediaLimits(), out, lastDuration }
    const answer = await runMedia(request, { signal, timeoutMs: PROXY_TIMEOUT_MS })
    const { frames } = resultSchema.parse(answer.result)
    if (frames !== table.pts.length) throw new AppError('media_crashed', 'The browser copy of the video does not have the same frames.')
    return (await putBlob({ path: out })).sha256
  } finally {
    await rm(out, { force: true })
  }
}
