/**
 * How the S3 client speaks HTTP: through the one guarded fetch, one bounded answer at a time. The whole answer is read here, so
 * that a connection cut in mid-body is an error of the request, and the client tries the request again.
 */
import { Readable } from 'node:stream'
import { AppError } from '@/core/errors'

/** What the client hands over; the shape is that of its own `HttpRequest`. */
export type StorageRequest = {
  readonly method: string
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

type StorageResponse = { readonly statusCode: number; readonly reason: string; readonly headers: Record<string, string>; body: Readable }

export type StorageFetch = (url: string, init: RequestInit) => Promise<Response>

/** The client tries again after an error of this name. */
const TRANSIENT_NAME = 'TimeoutError'

/** RFC 3986: what `encodeURIComponent` leaves alone is escaped too, because the signature was made that way. */
const escaped = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

function addressOf({ protocol, hostname, port, path, query = {} }: StorageRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each) => (each === null ? escaped(name) : `${escaped(name)}=${escaped(String(each))}`)),
  )
  const search = pairs.length === 0 ? '' : `?${pairs.join('&')}`
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}${search}`
}

function bodyOf({ method, body }: StorageRequest): string | Uint8Array<ArrayBuffer> | null {
  if (method === 'GET' || method === 'HEAD' || body === undefined || body === null || body === '') return null
  if (typeof body === 'string') return body
  // Only whole pieces are ever sent: they can be sent again.
  if (body instanceof Uint8Array && body.buffer instanceof ArrayBuffer) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
  throw new Error('A request to the storage carries bytes or text.')
}

/** The `requestHandler` of the client. */
export class StorageRequests {
  constructor(private readonly send: StorageFetch) {}

  async handle(request: StorageRequest): Promise<{ response: StorageResponse }> {
    // The fetch sets these itself, from the body and the address that were signed.
    const { 'content-length': _length, host: _host, ...headers } = request.headers
    try {
      const answer = await this.send(addressOf(request), { method: request.method, headers, body: bodyOf(request) })
      const body = Readable.from([Buffer.from(await answer.arrayBuffer())])
      return { response: { statusCode: answer.status, reason: answer.statusText, headers: Object.fromEntries(answer.headers), body } }
    } catch (cause) {
      throw isTransient(cause) ? Object.assign(new Error('The storage did not answer.', { cause }), { name: TRANSIENT_NAME }) : cause
    }
  }

  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): Record<string, never> {
    return {}
  }
}

/** A fetch fails with a TypeError for everything below HTTP; ours says `unavailable` when time is up. */
const isTransient = (thrown: unknown) => thrown instanceof TypeError || (thrown instanceof AppError && thrown.code === 'unavailable')
