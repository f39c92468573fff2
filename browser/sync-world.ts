/** The real world of the queue: server actions, the clock, the network state of the browser, locks between tabs. */
import { diffSchema } from '@/core/diff'
import { AppError, type ErrorBody } from '@/core/errors'
import { decideSample } from '@/server/actions/decide-sample'
import { saveEdits } from '@/server/actions/save-edits'
import { newId } from './new-id'
import { deniedOutbox, type Outbox, openOutbox } from './outbox'
import type { SyncWorld, Transport } from './sync'

type Result<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: ErrorBody }

/** The data of an action's answer. @throws AppError with the server's code, or unavailable */
export async function answerOf<T>(call: Promise<Result<T>>): Promise<T> {
  let result: Result<T>
  try {
    result = await call
  } catch (cause) {
    throw new AppError('unavailable', 'The server cannot be reached. Edits are kept and sent as soon as it answers.', {}, { cause })
  }
  if (result.ok) return result.data
  throw new AppError(result.error.code, result.error.message, result.error.details)
}

const transport: Transport = {
  saveEdits: ({ diff, ...input }) => answerOf(saveEdits({ ...input, diff: diffSchema.parse(diff) })),
  decideSample: ({ reasons, ...input }) => answerOf(decideSample({ ...input, reasons: [...reasons] })),
}

export async function browserWorld(): Promise<SyncWorld> {
  let outbox: Outbox
  try {
    outbox = await openOutbox()
  } catch (cause) {
    outbox = deniedOutbox(cause)
  }
  return {
    outbox,
    transport,
    newId,
    now: Date.now,
    isOnline: () => navigator.onLine,
    sleep(ms) {
      let wake = () => {}
      const done = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      return { done, wake }
    },
    withLock: (name, work) => ('locks' in navigator ? navigator.locks.request(name, work) : work()),
  }
}

/** Asks the browser not to clear the outbox when space runs short. A refusal changes nothing for the person. */
export async function askToKeepStorage(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false)
}
