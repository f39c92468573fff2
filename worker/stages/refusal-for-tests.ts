/** The code with which a promise is refused; fails the test when it is not. */
import { AppError, type ErrorCode } from '@/core/errors'

export async function codeOf(work: Promise<unknown>): Promise<ErrorCode> {
  return work.then(
    () => {
      throw new Error('It was not refused.')
    },
    (thrown: unknown) => {
      if (thrown instanceof AppError) return thrown.code
      throw thrown
    },
  )
}

/** A model behind a network that is down. */
export const isDown = async (): Promise<never> => {
  throw new AppError('model_unavailable', 'The model does not answer.', { retryAfterMs: 1000 })
}
