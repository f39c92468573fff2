/**
 * What went wrong with a call to a model, in the four words that the engine knows: try again later (model_unavailable), the
 * answer is of no use (model_bad_answer), do not try again (model_refused), a setting is wrong (bad_setting).
 */
import { APICallError, NoContentGeneratedError } from 'ai'
import { AppError } from '@/core/errors'
import { retryAfterMs } from './retry-after'

/** What a message may say of the call, and what it must not. */
export type CallContext = {
  readonly provider: string
  readonly model: string
  readonly timeoutMs: number
  readonly secrets: readonly string[]
}

const MAX_QUOTE = 200
const UNKNOWN = { isOutcomeUnknown: true } as const
const BUSY: ReadonlySet<number> = new Set([408, 409, 425, 429])
/** Something in between lost patience; the model may have gone on. */
const GAVE_UP: ReadonlySet<number> = new Set([408, 504, 524])

/**
 * Never holds a key, a prompt or a whole answer, and no cause: the SDK's errors carry the pictures of the request.
 * `details.isOutcomeUnknown` = the model may have worked, and may bill for it.
 */
export function toModelError(thrown: unknown, context: CallContext): AppError {
  const chain = causesOf(thrown)
  const own = chain.find((error) => error instanceof AppError)
  if (own instanceof AppError) return fromOwn(own, context)
  const call = chain.find((error) => APICallError.isInstance(error))
  if (APICallError.isInstance(call)) return fromCall(call, chain, context)
  if (chain.some((error) => NoContentGeneratedError.isInstance(error))) return badAnswer(context, 'answered with nothing', UNKNOWN)
  if (chain.some(isTimeout)) return tooSlow(context)
  if (chain.some(isNetwork)) return unreachable(chain, context)
  return badAnswer(context, 'gave an answer that could not be read', UNKNOWN)
}

/** The answer is of no use; `what` continues the sentence "<model> …". */
export function badAnswer(context: Pick<CallContext, 'provider' | 'model'>, what: string, details = {}): AppError {
  return new AppError('model_bad_answer', `${nameOf(context)} ${what}.`, { ...ids(context), ...details })
}

export function refused(context: Pick<CallContext, 'provider' | 'model'>, what: string, details = {}): AppError {
  return new AppError('model_refused', `${nameOf(context)} ${what}`, { ...ids(context), ...details })
}

function unavailable(context: CallContext, what: string, details = {}): AppError {
  return new AppError('model_unavailable', `${nameOf(context)} ${what}. It will be asked again.`, { ...ids(context), ...details })
}

function tooSlow(context: CallContext): AppError {
  return unavailable(context, `did not answer within ${Math.round(context.timeoutMs / 1000)} seconds`, UNKNOWN)
}

function unreachable(chain: readonly unknown[], context: CallContext): AppError {
  return unavailable(context, 'could not be reached', chain.some(isNeverConnected) ? {} : UNKNOWN)
}

function fromOwn(error: AppError, context: CallContext): AppError {
  if (error.code === 'limit_exceeded') return badAnswer(context, 'sent an answer far longer than any that was asked for', UNKNOWN)
  return error.code === 'unavailable' ? tooSlow(context) : error
}

function fromCall(error: APICallError, chain: readonly unknown[], context: CallContext): AppError {
  const { statusCode: status } = error
  if (status === undefined) return unreachable(chain, context)
  if (status < 300) {
    return chain.some(isNetwork)
      ? unavailable(context, 'broke off in the middle of its answer', UNKNOWN)
      : badAnswer(context, 'gave an answer that could not be read', UNKNOWN)
  }
  if ((status === 429 || status === 400) && /insufficient_quota|credit balance/.test(error.responseBody ?? '') && !isGoogle(context)) {
    return refused(context, 'has no credit left on this account. Add credit, or take another model.', { status })
  }
  if (BUSY.has(status) || status >= 500) {
    const wait = retryAfterMs(error.responseHeaders, error.responseBody, Date.now())
    const what = status === 429 ? 'asks to slow down (429)' : `had an error of its own (${status})`
    const details = { status, ...(wait === undefined ? {} : { retryAfterMs: wait }), ...(GAVE_UP.has(status) ? UNKNOWN : {}) }
    return unavailable(context, what, details)
  }
  if (status === 401 || status === 403) {
    return refused(context, `does not accept the key of the worker (${status}). Check the key and what it may use.`, { status })
  }
  if (status === 404)
    return refused(context, 'is not known at its address (404). Check the name of the model.', {
      status,
      said: quote(error.message, context),
    })
  return refused(context, `refused the request (${status}). Check the parameters and the length of the prompt.`, {
    status,
    said: quote(error.message, context),
  })
}

function quote(message: string, context: CallContext): string {
  const safe = context.secrets.reduce((text, secret) => text.replaceAll(secret, '***'), message)
  return safe.replace(/\b(sk|key|AIza)[-\w]{8,}/g, '***').slice(0, MAX_QUOTE)
}

function causesOf(thrown: unknown): unknown[] {
  const chain: unknown[] = []
  for (let error = thrown; error !== undefined && error !== null && chain.length < 10 && !chain.includes(error); ) {
    chain.push(error)
    error = error instanceof Error ? error.cause : undefined
  }
  return chain
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')
}

/** The connection was never made, so nothing was asked. */
function isNeverConnected(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'].includes(code)
}

/** Google's quota by the minute and by the account come in the same words. */
function isGoogle(context: CallContext): boolean {
  return context.provider === 'google'
}

/** undici's names for a connection that failed or broke: "fetch failed", "terminated", UND_ERR_…, ECONN…. */
function isNetwork(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    /^(UND_ERR|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/.test(code) ||
    /^(fetch failed|terminated)$/i.test(error.message)
  )
}

function nameOf(context: Pick<CallContext, 'provider' | 'model'>): string {
  return `The model ${context.model} (${context.provider})`
}

function ids(context: Pick<CallContext, 'provider' | 'model'>) {
  return { provider: context.provider, model: context.model }
}
