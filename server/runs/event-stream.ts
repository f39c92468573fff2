/** Server-sent events: one way from us to a page, over plain HTTP, and the browser connects again by itself. */

const HEARTBEAT_MS = 15_000
/** How long the browser waits before it connects again. */
const RETRY_MS = 2000
/** A line is closed after this time; the browser opens another, and whether it still may is asked again. */
const LIFE_MS = 5 * 60_000

/** `undefined` is never sent; everything else goes out as JSON. */
export type Send = (value: unknown) => void

/**
 * A response that lives until the reader goes away. `open` starts whatever sends, and returns how to stop it; it is stopped
 * exactly once, whichever end closes first.
 */
export function eventStream(signal: AbortSignal, open: (send: Send) => () => void): Response {
  let close = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder()
      let isOpen = true
      const write = (text: string) => {
        if (!isOpen) return
        try {
          controller.enqueue(encoder.encode(text))
        } catch {
          close()
        }
      }
      const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
      const life = setTimeout(() => close(), LIFE_MS)
      let stop = () => {}
      close = () => {
        if (!isOpen) return
        isOpen = false
        clearInterval(heartbeat)
        clearTimeout(life)
        signal.removeEventListener('abort', close)
        stop()
        try {
          controller.close()
        } catch {
          // The reader has closed it already.
        }
      }
      signal.addEventListener('abort', close)
      write(`retry: ${RETRY_MS}\n\n`)
      stop = open((value) => write(`data: ${JSON.stringify(value)}\n\n`))
      if (signal.aborted) close()
    },
    cancel: () => close(),
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // Reverse proxies would hold the events back until a buffer is full.
      'x-accel-buffering': 'no',
    },
  })
}
