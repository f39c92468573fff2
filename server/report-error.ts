import { type ErrorBody, toAppError } from '@/core/errors'
import { log } from './log'

/** Expected refusals are one line in the log; defects of ours keep their cause, which never leaves the server. */
export function reportError(thrown: unknown, facts: { requestId: string } & Record<string, unknown>): ErrorBody {
  const error = toAppError(thrown)
  if (error.code === 'internal') {
    log.error({ ...facts, err: thrown }, 'failed')
    return { ...error.toBody(), details: { requestId: facts.requestId } }
  }
  log.info({ ...facts, code: error.code, message: error.message }, 'refused')
  return error.toBody()
}
