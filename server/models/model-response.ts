import { safeHeaders, streamOf } from '../media/blob-response'
import { matchesTag } from '../media/byte-range'
import { openModelFile } from './open-model-file'

/** A file of a model as an HTTP answer: whole, never changing under its address. @throws AppError not_found, bad_file */
export async function modelResponse(request: Request, sha256: string): Promise<Response> {
  const file = await openModelFile(sha256)
  const headers = { ...safeHeaders('application/octet-stream', 'immutable'), etag: `"${sha256}"` }
  const isKnown = matchesTag(request.headers.get('if-none-match'), `"${sha256}"`)
  if (isKnown || request.method === 'HEAD') {
    await file.close()
    return new Response(null, {
      status: isKnown ? 304 : 200,
      headers: isKnown ? headers : { ...headers, 'content-length': String(file.bytes) },
    })
  }
  return new Response(streamOf(file.stream()), { headers: { ...headers, 'content-length': String(file.bytes) } })
}
