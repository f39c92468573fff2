/** The worker's side of the conversation: one question at a time, the next one when the one before has really ended. */
import { toAppError } from '@/core/errors'
import type { Selector } from './run-selector'
import type { FromSelector, ToSelector } from './selector-messages'

type Running = { readonly id: number; readonly control: AbortController; readonly ended: Promise<void> }

/** @returns what is to be called with each message; it never rejects, and resolves when the message is dealt with */
export function serveSelector(
  selector: Pick<Selector, 'suggest'>,
  post: (message: FromSelector) => void,
): (message: ToSelector) => Promise<void> {
  let running: Running | null = null

  async function answer({ id, request }: Extract<ToSelector, { kind: 'suggest' }>, before: Running | null, control: AbortController) {
    await before?.ended
    try {
      control.signal.throwIfAborted()
      const onProgress = (progress: Extract<FromSelector, { kind: 'progress' }>['progress']) => post({ kind: 'progress', id, progress })
      post({ kind: 'answer', id, answer: await selector.suggest(request, { signal: control.signal, onProgress }) })
    } catch (thrown) {
      post(control.signal.aborted ? { kind: 'stopped', id } : { kind: 'failed', id, error: toAppError(thrown).toBody() })
    }
  }

  return async (message) => {
    if (message.kind === 'cancel') {
      if (running?.id === message.id) running.control.abort()
      return
    }
    const before = running
    before?.control.abort()
    const control = new AbortController()
    const ended = answer(message, before, control)
    running = { id: message.id, control, ended }
    await ended
  }
}
