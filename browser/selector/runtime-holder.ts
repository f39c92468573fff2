/**
 * The one runtime of a worker. It is opened with the first question and kept for the next ones. A device that is lost in the middle of
 * the work is replaced by the processor, which goes on with what is left; it is not trusted again, because it would be lost again.
 */
import type { RuntimeOptions, SelectorRuntime } from './runtime'
import type { DeviceWish } from './selector-types'

export type OpenRuntime = (wish: DeviceWish, options: RuntimeOptions) => Promise<SelectorRuntime>

export type RuntimeHolder = {
  /**
   * Runs `work`, and once more on the processor when the device is lost in it: what it has done by then must be kept by itself.
   *
   * @throws what `work` throws, and the reason of the signal
   */
  use<T>(wish: DeviceWish, signal: AbortSignal, work: (runtime: SelectorRuntime) => Promise<T>): Promise<T>
  /** Sentences for people about where models run; of all questions, because they hold for the next one too. */
  notes(): readonly string[]
  dispose(): void
}

/** A device's end may be told a moment after the work on it has failed. */
const PATIENCE_MS = 300

const NOTHING: RuntimeOptions['onProgress'] = () => undefined

export function holdRuntime(open: OpenRuntime, patienceMs = PATIENCE_MS): RuntimeHolder {
  const notes = new Set<string>()
  const life = new AbortController()
  let held: { readonly wish: DeviceWish; readonly runtime: Promise<SelectorRuntime> } | null = null
  /** Why the graphics card is not used any more. */
  let lostBecause: string | null = null

  function opened(asked: DeviceWish): Promise<SelectorRuntime> {
    const wish = lostBecause === null ? asked : 'wasm'
    if (held?.wish === wish) return held.runtime
    close()
    const runtime = open(wish, { signal: life.signal, onProgress: NOTHING, notes: (line) => void notes.add(line) })
    held = { wish, runtime: runtime.then((each) => (lostBecause === null ? each : explained(each, lostBecause))) }
    const own = held
    own.runtime.catch(() => {
      if (held === own) held = null
    })
    return own.runtime
  }

  function close(): void {
    // Nobody waits for the end of what is not used any more.
    held?.runtime.then((runtime) => runtime.dispose()).catch(() => undefined)
    held = null
  }

  return {
    async use(wish, signal, work) {
      const runtime = await opened(wish)
      signal.throwIfAborted()
      try {
        return await work(runtime)
      } catch (thrown) {
        const reason = signal.aborted || runtime.facts.kind === 'wasm' ? null : await lossWithin(runtime, patienceMs)
        signal.throwIfAborted()
        if (reason === null) throw thrown
        lostBecause = reason
        notes.add(`${reason} The work went on on the processor.`)
        return await work(await opened('wasm'))
      }
    },
    notes: () => [...notes],
    dispose() {
      life.abort()
      close()
    },
  }
}

async function lossWithin({ lost }: SelectorRuntime, ms: number): Promise<string | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms)
  })
  try {
    return await Promise.race([lost, patience])
  } finally {
    clearTimeout(timer)
  }
}

/** The processor as the way out: screens tell why. */
function explained(runtime: SelectorRuntime, reason: string): SelectorRuntime {
  return {
    ...runtime,
    get facts() {
      return { ...runtime.facts, reason }
    },
  }
}
