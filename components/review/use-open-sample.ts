'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { SampleReader } from '@/browser/prefetch'
import { createReviewStore, type ReviewStore } from '@/browser/review-store'
import type { SampleSync } from '@/browser/sync'
import type { SyncManager } from '@/browser/sync-manager'
import { type AppError, toAppError } from '@/core/errors'
import type { ReviewSample } from '@/core/review-sample'

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
  /** The sample that was put on the screen last: what `goTo` showed at once is not opened a second time. */
  const shownId = useRef<string | null>(null)

  const show = useCallback(
    (sample: ReviewSample, sync: SampleSync) => {
      if (!watched.current.has(sync)) {
        watched.current.add(sync)
        onSync(sync)
      }
      shownId.current = sample.id
      const store = createReviewStore(sample, sync, canEdit)
      setOpen((before) => {
        before?.store?.dispose()
        return { sampleId: sample.id, store, error: null }
      })
    },
    [canEdit, onSync],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt at the same sample reads it again
  useEffect(() => {
    if (wantedId === null || manager === null || shownId.current === wantedId) return
    let isWanted = true
    const load = async () => {
      const sample = await reader.sample(wantedId)
      const sync = await manager.open(sample)
      if (isWanted) show(sample, sync)
    }
    load().catch((thrown: unknown) => {
      if (!isWanted) return
      shownId.current = null
      setOpen({ sampleId: wantedId, store: null, error: toAppError(thrown) })
    })
    return () => {
      isWanted = false
    }
  }, [reader, manager, wantedId, attempt, show])

  // What takes long is shown as loading, so that nobody goes on judging the sample before.
  const [isLate, setIsLate] = useState(false)
  const isWaiting = wantedId !== null && open?.sampleId !== wantedId
  useEffect(() => {
    setIsLate(false)
    if (!isWaiting) return
    const timer = setTimeout(() => setIsLate(true), LATE_MS)
    return () => clearTimeout(timer)
  }, [isWaiting])

  const goTo = useCallback(
    (sampleId: string | null) => {
      performance.mark('review:sample-wanted')
      setWantedId(sampleId)
      if (sampleId === null || shownId.current === sampleId) return
      // Prepared ahead, it comes with this very render; otherwise the rest of the screen would be painted once before it.
      const sample = reader.peek(sampleId)
      const sync = sample === undefined ? null : (manager?.peek(sample) ?? null)
      if (sample !== undefined && sync !== null) show(sample, sync)
    },
    [reader, manager, show],
  )
  /** Reads the sample again, after it was reopened, or when it could not be had. */
  const reread = useCallback(
    (sampleId: string) => {
      reader.forget(sampleId)
      shownId.current = null
      setWantedId(sampleId)
      setAttempt((count) => count + 1)
    },
    [reader],
  )
  return { wantedId, open: isLate ? null : open, goTo, reread }
}
