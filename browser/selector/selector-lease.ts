/** One selector for the page: its worker keeps models and what it saw of videos while a person goes from sample to sample. */
import type { SelectorClient } from './selector-types'

export type SelectorLease = {
  /** The client; opened with the first call. Each `take` is followed by one `giveBack`. */
  take(): SelectorClient
  giveBack(): void
}

/** Weights of tens of megabytes are kept this long after the last panel closed. */
const IDLE_MS = 300_000

export function leaseSelector(open: () => SelectorClient, idleMs = IDLE_MS): SelectorLease {
  let client: SelectorClient | null = null
  let holders = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    take() {
      clearTimeout(timer)
      holders += 1
      client ??= open()
      return client
    },
    giveBack() {
      holders -= 1
      if (holders > 0) return
      timer = setTimeout(() => {
        client?.dispose()
        client = null
      }, idleMs)
    },
  }
}
