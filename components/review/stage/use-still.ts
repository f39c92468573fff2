'use client'

import { useEffect, useState } from 'react'
import { loadStill, peekStill } from '@/browser/still-cache'

/** After this long the stage stops showing the frame before and says that it waits. */
const SLOW_AFTER_MS = 300

export type Still = {
  readonly picture: HTMLImageElement | null
  readonly state: 'ready' | 'loading' | 'slow' | 'missing'
  readonly retry: () => void
}

type Outcome = {
  readonly url: string
  readonly attempt: number
  readonly state: 'ready' | 'slow' | 'missing'
  readonly picture: HTMLImageElement | null
}

/** The decoded still of `url`. One that was prefetched is there in the same render, without a state in between. */
export function useStill(url: string | null): Still {
  const [attempt, setAttempt] = useState(0)
  const [outcome, setOutcome] = useState<Outcome | null>(null)

  useEffect(() => {
    if (url === null || peekStill(url)) return
    let isWanted = true
    const settle = (state: Outcome['state'], picture: HTMLImageElement | null) => {
      if (isWanted) setOutcome({ url, attempt, state, picture })
    }
    const timer = setTimeout(() => settle('slow', null), SLOW_AFTER_MS)
    loadStill(url)
      .then(
        (picture) => settle('ready', picture),
        () => settle('missing', null),
      )
      .finally(() => clearTimeout(timer))
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [url, attempt])

  const retry = () => setAttempt((count) => count + 1)
  if (url === null) return { picture: null, state: 'missing', retry }
  const held = peekStill(url)
  if (held) return { picture: held, state: 'ready', retry }
  if (outcome?.url === url && outcome.attempt === attempt) return { picture: outcome.picture, state: outcome.state, retry }
  return { picture: null, state: 'loading', retry }
}
