/**
 * The one way out: every HTTP request from our side goes through here (design §2). A caller names the origins it may reach,
 * made of settings of the administrator, so neither a project's setting nor an answer can lead a request, with its key and its
 * pictures, anywhere else.
 */
import { AppError } from '@/core/errors'

export type FetchLimits = {
  /** Exactly these origins (`https://host:port`), nothing below or beside them. */
  readonly origins: readonly string[]
  /** Most bytes of an answer's body. */
  readonly maxResponseBytes: number
  /** From the first byte of the request to the last of the answer, in milliseconds. */
  readonly timeoutMs: number
}

/** Statuses whose answer has no body; `Response` refuses one. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304])

/**
 * A `fetch` that throws AppError bad_setting for another origin and for a redirect (never followed: it would carry the key along),
 * limit_exceeded for a longer answer, unavailable when time is up. Other failures of the network come as fetch throws them.
 */
export function createGuardedFetch({ origins, maxResponseBytes, timeoutMs }: FetchLimits): typeof fetch {
  const allowed = new Set(origins.map((origin) => new URL(origin).origin))
  return async (input, init) => {
    const request = new URL(input instanceof Request ? input.url : input)
    checkAddress(request, allowed)
    const deadline = AbortSignal.timeout(timeoutMs)
    const given = init?.signal ?? (input instanceof Request ? input.signal : null)
    const signal = given ? AbortSignal.any([given, deadline]) : deadline
    const response = await fetch(input, { ...init, signal, redirect: 'manual' }).catch((thrown: unknown) => {
      throw deadline.aborted && !given?.aborted ? tooSlow(request, timeoutMs) : thrown
    })
    if (response.status >= 300 && response.status < 400 && response.status !== 304) {
      await response.body?.cancel()
      throw new AppError('bad_setting', `${request.origin} answered with a redirect, which is not followed. Set its final address.`, {
        origin: request.origin,
        status: response.status,
      })
    }
    return withLimitedBody(response, request, maxResponseBytes, () => (deadline.aborted ? tooSlow(request, timeoutMs) : null))
  }
}

function checkAddress(request: URL, allowed: ReadonlySet<string>): void {
  const isPlain = request.username === '' && request.password === ''
  if (isPlain && allowed.has(request.origin)) return
  throw new AppError('bad_setting', `Requests to ${request.origin} are not allowed: it is not among the addresses in the settings.`, {
    origin: request.origin,
  })
}

function tooSlow(request: URL, timeoutMs: number): AppError {
  return new AppError('unavailable', `${request.origin} did not answer within ${Math.round(timeoutMs / 1000)} seconds.`, { timeoutMs })
}

function tooLong(request: URL, maxBytes: number): AppError {
  return new AppError('limit_exceeded', `${request.origin} sent more than ${maxBytes} bytes.`, { maxBytes })
}

async function withLimitedBody(response: Response, request: URL, maxBytes: number, late: () => AppError | null): Promise<Response> {
  const { body, status, statusText, headers } = response
  if (body === null || BODILESS.has(status)) return response
  if (Number(headers.get('content-length') ?? 0) > maxBytes) {
    await body.cancel()
    throw tooLong(request, maxBytes)
  }
  const reader = body.getReader()
  let bytes = 0
  const limited = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read().catch((thrown: unknown) => {
        throw late() ?? thrown
      })
      if (done) return controller.close()
      bytes += value.byteLength
      if (bytes <= maxBytes) return controller.enqueue(value)
      await reader.cancel()
      throw tooLong(request, maxBytes)
    },
    cancel: (reason) => reader.cancel(reason),
  })
  return new Response(limited, { status, statusText, headers })
}
