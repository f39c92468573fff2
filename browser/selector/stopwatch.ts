/** Where the time of an answer went. */
import type { SelectorTiming } from './selector-types'

export type TimedPart = Exclude<keyof SelectorTiming, 'totalMs'>

export type Stopwatch = {
  readonly now: () => number
  /** Times the work also when it fails: a second try adds to the first. */
  time<T>(part: TimedPart, work: () => Promise<T>): Promise<T>
  add(part: TimedPart, ms: number): void
  timing(): SelectorTiming
}

/** `now` = a clock in milliseconds. */
export function startStopwatch(now: () => number): Stopwatch {
  const begin = now()
  const parts: Record<TimedPart, number> = { modelsMs: 0, framesMs: 0, lookMs: 0, textMs: 0, chooseMs: 0 }
  const add = (part: TimedPart, ms: number) => {
    parts[part] += ms
  }
  return {
    now,
    async time(part, work) {
      const from = now()
      try {
        return await work()
      } finally {
        add(part, now() - from)
      }
    },
    add,
    timing: () => ({ ...parts, totalMs: now() - begin }),
  }
}
