import { open } from 'node:fs/promises'
import { blobBytes, blobPath } from '@/server/storage'
import { answerRange, isRangeFresh, matchesTag } from './byte-range'

/** Content that never changes under its address, or one that must be asked for again (`revalidate`). */
export type Caching = 'immutable' | 'revalidate'

const CACHE_CONTROL: Readonly<Record<Caching, string>> = {
  immutable: 'private, max-age=31536000, immutable',
  revalidate: 'private, no-cache',
}

/** Uploaded bytes are data: a fixed type, no guessing, no scripts, no embedding elsewhere. */
function safeHeaders(contentType: string, caching: Caching): Record<string, string> {
  return {
    'content-type': contentType,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': CACHE_CONTROL[caching],
  }
}

/**
 * A stored blob as an HTTP answer: ranges (206, 416), ETag = sha256, If-None-Match, If-Range, HEAD.
 * Throws AppError not_found when the blob is missing.
 */
export async function blobResponse(
  request: Request,
  { sha256, contentType, caching }: { sha256: string; contentType: string; caching: Caching },
): Promise<Response> {
  const size = await blobBytes(sha256)
  const tag = `"${sha256}"`
  const headers = { ...safeHeaders(contentType, caching), etag: tag, 'accept-ranges': 'bytes' }
  if (matchesTag(request.headers.get('if-none-match'), tag)) return new Response(null, { status: 304, headers })
  const isRangeWanted = request.method === 'GET' && isRangeFresh(request.headers.get('if-range'), tag)
  const answer = answerRange(isRangeWanted ? request.headers.get('range') : null, size)
  if (answer.kind === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}`, 'cache-control': 'no-store' } })
  }
  const { start, end } = answer.kind === 'part' ? answer : { start: 0, end: size - 1 }
  const sent = { ...headers, 'content-length': String(end - start + 1) }
  const body = request.method === 'HEAD' || size === 0 ? null : readBytes(blobPath(sha256), start, end)
  if (answer.kind === 'whole') return new Response(body, { status: 200, headers: sent })
  return new Response(body, { status: 206, headers: { ...sent, 'content-range': `bytes ${start}-${end}/${size}` } })
}

/** JSON with a tag, for values that are named by a hash. */
export function jsonResponse(request: Request, value: unknown, sha256: string): Response {
  const tag = `"${sha256}"`
  const headers = { ...safeHeaders('application/json; charset=utf-8', 'revalidate'), etag: tag }
  if (matchesTag(request.headers.get('if-none-match'), tag)) return new Response(null, { status: 304, headers })
  return new Response(JSON.stringify(value), { headers })
}

const CHUNK_BYTES = 256 * 1024

/** Reads only as fast as the client takes it; a client that leaves closes the file. */
function readBytes(path: string, start: number, end: number): ReadableStream<Uint8Array> {
  const opening = open(path, 'r')
  let at = start
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const file = await opening
        const chunk = new Uint8Array(Math.min(CHUNK_BYTES, end - at + 1))
        const { bytesRead } = await file.read(chunk, 0, chunk.length, at)
        at += bytesRead
        if (bytesRead > 0) controller.enqueue(chunk.subarray(0, bytesRead))
        if (bytesRead > 0 && at <= end) return
        await file.close()
        controller.close()
      },
      async cancel() {
        await (await opening).close()
      },
    },
    { highWaterMark: 1 },
  )
}
