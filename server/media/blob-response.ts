import type { Readable } from 'node:stream'
import { blobBytes, linkToBlob, openBlob } from '@/server/storage'
import { answerRange, isRangeFresh, matchesTag } from './byte-range'

/** Content that never changes under its address, or one that must be asked for again (`revalidate`). */
export type Caching = 'immutable' | 'revalidate'

/** `download`: the name a browser saves the file under; only letters, digits, dots and dashes. */
type BlobAnswer = { readonly sha256: string; readonly contentType: string; readonly caching: Caching; readonly download?: string }

const CACHE_CONTROL: Readonly<Record<Caching, string>> = {
  immutable: 'private, max-age=31536000, immutable',
  revalidate: 'private, no-cache',
}

/** Shorter than any link is good for. */
const LINK_CACHE_CONTROL = 'private, max-age=300'

/** Uploaded bytes are data: a fixed type, no guessing, no scripts, no embedding elsewhere. */
export function safeHeaders(contentType: string, caching: Caching): Record<string, string> {
  return {
    'content-type': contentType,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': CACHE_CONTROL[caching],
  }
}

/**
 * A stored blob as an HTTP answer: ranges (206, 416), ETag = sha256, If-None-Match, If-Range, HEAD. Where the bucket may be read
 * by signed links the answer to a GET leads there (302), and the bucket answers the same range. A script's GET is answered by us: a bucket
 * lets pages show what it holds, but gives scripts of other sites nothing unless its owner says so.
 * Throws AppError not_found when the blob is missing.
 */
export async function blobResponse(request: Request, { sha256, contentType, caching, download }: BlobAnswer): Promise<Response> {
  const size = await blobBytes(sha256)
  const tag = `"${sha256}"`
  const disposition = download === undefined ? {} : { 'content-disposition': `attachment; filename="${download}"` }
  const headers = { ...safeHeaders(contentType, caching), ...disposition, etag: tag, 'accept-ranges': 'bytes' }
  if (matchesTag(request.headers.get('if-none-match'), tag)) return new Response(null, { status: 304, headers })
  const isRangeWanted = request.method === 'GET' && isRangeFresh(request.headers.get('if-range'), tag)
  const answer = answerRange(isRangeWanted ? request.headers.get('range') : null, size)
  if (answer.kind === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}`, 'cache-control': 'no-store' } })
  }
  const isScript = request.headers.get('sec-fetch-dest') === 'empty'
  const link = request.method === 'GET' && !isScript ? await linkOf(sha256, headers) : null
  if (link !== null) return new Response(null, { status: 302, headers: { location: link, 'cache-control': LINK_CACHE_CONTROL } })
  const { start, end } = answer.kind === 'part' ? answer : { start: 0, end: size - 1 }
  const sent = { ...headers, 'content-length': String(end - start + 1) }
  const body = request.method === 'HEAD' || size === 0 ? null : streamOf(await openBlob(sha256, { start, end }))
  if (answer.kind === 'whole') return new Response(body, { status: 200, headers: sent })
  return new Response(body, { status: 206, headers: { ...sent, 'content-range': `bytes ${start}-${end}/${size}` } })
}

function linkOf(sha256: string, headers: Readonly<Record<string, string>>): Promise<string | null> {
  const { 'content-type': contentType = '', 'cache-control': cacheControl = '', 'content-disposition': disposition } = headers
  return linkToBlob(sha256, { contentType, cacheControl, ...(disposition === undefined ? {} : { disposition }) })
}

/** JSON with a tag, for values that are named by a hash. */
export function jsonResponse(request: Request, value: unknown, sha256: string): Response {
  const tag = `"${sha256}"`
  const headers = { ...safeHeaders('application/json; charset=utf-8', 'revalidate'), etag: tag }
  if (matchesTag(request.headers.get('if-none-match'), tag)) return new Response(null, { status: 304, headers })
  return new Response(JSON.stringify(value), { headers })
}

/** Reads only as fast as the client takes it; a client that leaves closes the source. */
export function streamOf(source: Readable): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Buffer> = source[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(new Uint8Array(value))
      },
      cancel() {
        source.destroy()
      },
    },
    { highWaterMark: 1 },
  )
}
