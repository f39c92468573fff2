'use client'

import { useState } from 'react'

type Look = { readonly at: number; readonly done: number }

/**
 * How many are done in a second, by those that were done since this part of the screen first saw some: what came before them
 * (reading, counting, an earlier try) says nothing of the rest. 0 until two looks differ.
 */
export function usePace(done: number): number {
  const [first, setFirst] = useState<Look | null>(null)
  const now = Date.now()
  if (done > 0 && (first === null || done < first.done)) {
    setFirst({ at: now, done })
    return 0
  }
  return first === null || done === first.done ? 0 : ((done - first.done) / Math.max(1, now - first.at)) * 1000
}
