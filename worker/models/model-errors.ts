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

/** Never holds a key, a prompt or a whole answer, and no cause: the SDK's errors carry the pictures of the request. */
export function toModelError(thrown: unknown, context: CallContext): AppError {
  const chain = causesOf(thrown)
  const own = chain.find((error) => error instanceof AppError)
  if (own instanceof AppError) return fromOwn(own, context)
  const call = chain.find((error) => APICallError.isInstance(error))
  if (APICallError.isInstance(call)) return fromCall(call, chain, context)
  if (chain.some((error) => NoContentGeneratedError.isInstance(error))) return badAnswer(context, 'answered with nothing')
  if (chain.some(isTimeout)) return unavailable(context, `did not answer within ${Math.round(context.timeoutMs / 1000)} seconds`)
  if (chain.some(isNetwork)) return unavailable(context, 'could not be reached')
  return badAnswer(context, 'gave an answer that could not be read')
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

function fromOwn(error: AppError, context: CallContext): AppError {
  if (error.code === 'limit_exceeded') return badAnswer(context, 'sent an answer far longer than any that was asked for')
  if (error.code === 'unavailable') {
    return unavailable(context, `did not answer within ${Math.round(context.timeoutMs / 1000)} seconds`)
  }
  return error
}

function fromCall(error: APICallError, chain: readonly unknown[], context: CallContext): AppError {
  const { statusCode: status } = error
  if (status === undefined) return unavailable(context, 'could not be reached')
  if (status < 300)
    return chain.some(isNetwork)
      ? unavailable(context, 'broke off in the middle of its answer')
      : badAnswer(context, 'gave an answer that could not be read')
  if (status === 429 && error.responseBody?.includes('insufficient_quota')) {
    return refused(context, 'has no credit left on this account. Add credit, or take another model.', { status })
  }
  if (status === 408 || status === 409 || status === 425 || status === 429 || status >= 500) {
    const wait = retryAfterMs(error.responseHeaders, error.responseBody, Date.now())
    const what = status === 429 ? 'asks to slow down (429)' : `had an error of its own (${status})`
    return unavailable(context, what, { status, ...(wait === undefined ? {} : { retryAfterMs: wait }) })
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

/** undici's names for a connection that failed or broke: "fetch failed", "terminated", UND_ERR_…, ECONN…. */
function isNetwork(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    /^(UND_ERR|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)/.test(code) || /^(fetch failed|terminated)$/i.test(error.message)
  )
}

function nameOf(context: Pick<CallContext, 'provider' | 'model'>): string {
  return `The model ${context.model} (${context.provider})`
}

function ids(context: Pick<CallContext, 'provider' | 'model'>) {
  return { provider: context.provider, model: context.model }
}
