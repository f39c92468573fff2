/** The selector as a page sees it: a worker that starts with the first question, and is replaced when it dies or does not stop. */
import { AppError } from '@/core/errors'
import type { FromSelector, ToSelector } from './selector-messages'
import type { SelectorAnswer, SelectorClient, SelectorRequest } from './selector-types'

/** What of a `Worker` is used. */
export type SelectorWorker = Pick<Worker, 'addEventListener' | 'terminate'> & { postMessage(message: ToSelector): void }

/** A batch on a slow processor takes about a second. What has not stopped by then hangs, and is ended with all that it holds. */
const STOP_PATIENCE_MS = 5000

type Question = {
  readonly id: number
  readonly request: SelectorRequest
  receive(message: FromSelector): void
  fail(error: unknown): void
}

const startWorker = (): SelectorWorker => new Worker(new URL('./selector.worker.ts', import.meta.url), { type: 'module', name: 'selector' })
const calledOff = () => new DOMException('The question was called off.', 'AbortError')

export function openSelector(start: () => SelectorWorker = startWorker, patienceMs = STOP_PATIENCE_MS): SelectorClient {
  let worker: SelectorWorker | null = null
  let waiting: Question | null = null
  let lastId = 0
  /** Questions that were called off and have not ended in the worker. */
  const stopping = new Map<number, ReturnType<typeof setTimeout>>()

  function opened(): SelectorWorker {
    if (worker !== null) return worker
    const own = start()
    const isCurrent = () => worker === own
    own.addEventListener('message', ({ data }: MessageEvent<FromSelector>) => isCurrent() && receive(data))
    own.addEventListener('messageerror', () => isCurrent() && died('a message could not be read'))
    own.addEventListener('error', (event) => {
      // Told to whoever waits; else the page would report it as a fault of its own.
      event.preventDefault()
      if (isCurrent()) died(event.message)
    })
    worker = own
    return own
  }

  function close(): void {
    worker?.terminate()
    worker = null
    for (const timer of stopping.values()) clearTimeout(timer)
    stopping.clear()
  }

  function receive(message: FromSelector): void {
    if (message.kind !== 'progress') {
      clearTimeout(stopping.get(message.id))
      stopping.delete(message.id)
    }
    if (waiting?.id === message.id) waiting.receive(message)
  }

  function died(reason: string | undefined): void {
    close()
    waiting?.fail(new AppError('unavailable', 'The selector stopped working in this browser. Ask again: it starts anew.', { reason }))
  }

  function ask(question: Question): void {
    try {
      opened().postMessage({ kind: 'suggest', id: question.id, request: question.request })
    } catch (cause) {
      close()
      question.fail(new AppError('unavailable', 'The selector cannot be started in this browser.', {}, { cause }))
    }
  }

  function stop({ id }: Question): void {
    worker?.postMessage({ kind: 'cancel', id })
    const replace = () => {
      close()
      // The next question waits behind the one that hangs.
      if (waiting !== null) ask(waiting)
    }
    if (worker !== null) stopping.set(id, setTimeout(replace, patienceMs))
  }

  return {
    suggest(request, { signal, onProgress }) {
      if (signal.aborted) return Promise.reject(calledOff())
      if (waiting !== null) {
        stop(waiting)
        waiting.fail(calledOff())
      }
      return new Promise<SelectorAnswer>((resolve, reject) => {
        lastId += 1
        const end = () => {
          signal.removeEventListener('abort', abort)
          if (waiting === question) waiting = null
        }
        const question: Question = {
          ...{ id: lastId, request },
          receive(message) {
            if (message.kind === 'progress') return onProgress(message.progress)
            if (message.kind === 'answer') {
              end()
              resolve(message.answer)
            } else if (message.kind === 'failed') {
              const { code, message: words, details } = message.error
              question.fail(new AppError(code, words, details))
            } else {
              question.fail(calledOff())
            }
          },
          fail(error) {
            end()
            reject(error)
          },
        }
        const abort = () => {
          stop(question)
          question.fail(calledOff())
        }
        signal.addEventListener('abort', abort)
        waiting = question
        ask(question)
      })
    },
    dispose() {
      close()
      waiting?.fail(calledOff())
    },
  }
}
