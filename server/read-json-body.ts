import { AppError } from '@/core/errors'

/**
 * The JSON of a request, of which never more than `maxBytes` are held.
 *
 * @throws AppError limit_exceeded, invalid_input
 */
export async function readJsonBody(request: Request, maxBytes: number): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw new AppError('limit_exceeded', `The request is longer than ${maxBytes} bytes.`, { maxBytes })
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch (cause) {
    throw new AppError('invalid_input', 'The request holds no JSON.', {}, { cause })
  }
}
