'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { SampleReader } from '@/browser/prefetch'
import { createReviewStore, type ReviewStore } from '@/browser/review-store'
import type { SampleSync } from '@/browser/sync'
import type { SyncManager } from '@/browser/sync-manager'
import { type AppError, toAppError } from '@/core/errors'

export type OpenSample = { readonly sampleId: string; readonly store: ReviewStore | null; readonly error: AppError | null }

const LATE_MS = 250

/**
 * The sample on the screen. Going to another one reads its payload (mostly there already), lays unsent edits on it and swaps
 * the store; the one before stays on show until then, so nothing flashes.
 */
export function useOpenSample(
  reader: SampleReader,
  manager: SyncManager | null,
  firstId: string | null,
  canEdit: boolean,
  onSync: (sync: SampleSync) => void,
) {
  const [wantedId, setWantedId] = useState(firstId)
  const [attempt, setAttempt] = useState(0)
  const [open, setOpen] = useState<OpenSample | null>(null)
  const watched = useRef(new WeakSet<SampleSync>())

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt at the same sample reads it again
  useEffect(() => {
    if (wantedId === null || manager === null) return
    let isWanted = true
    const load = async () => {
      const sample = await reader.sample(wantedId)
      const sync = await manager.open(sample)
      if (!isWanted) return
      if (!watched.current.has(sync)) {
        watched.current.add(sync)
        onSync(sync)
      }
      const store = createReviewStore(sample, sync, canEdit)
      setOpen((before) => {
        before?.store?.dispose()
        return { sampleId: wantedId, store, error: null }
      })
    }
    load().catch((thrown: unknown) => {
      if (isWanted) setOpen({ sampleId: wantedId, store: null, error: toAppError(thrown) })
    })
    return () => {
      isWanted = false
    }
  }, [reader, manager, wantedId, attempt, canEdit, onSync])

  // What takes long is shown as loading, so that nobody goes on judging the sample before.
  const [isLate, setIsLate] = useState(false)
  const isWaiting = wantedId !== null && open?.sampleId !== wantedId
  useEffect(() => {
    setIsLate(false)
    if (!isWaiting) return
    const timer = setTimeout(() => setIsLate(true), LATE_MS)
    return () => clearTimeout(timer)
  }, [isWaiting])

  const goTo = useCallback((sampleId: string | null) => {
    performance.mark('review:sample-wanted')
    setWantedId(sampleId)
  }, [])
  /** Reads the sample again, after it was reopened, or when it could not be had. */
  const reread = useCallback(
    (sampleId: string) => {
      reader.forget(sampleId)
      setWantedId(sampleId)
      setAttempt((count) => count + 1)
    },
    [reader],
  )
  return { wantedId, open: isLate ? null : open, goTo, reread }
}
