'use client'

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { SampleReader } from '@/browser/prefetch'
import type { ReviewState, ReviewStore } from '@/browser/review-store'
import type { FrameTable } from '@/core/frame-table'
import type { SampleDocument } from '@/core/records'

/** What stays the same while samples come and go. */
export type ReviewSession = {
  readonly project: { readonly id: string; readonly slug: string; readonly name: string }
  readonly viewer: { readonly id: string; readonly name: string }
  readonly canEdit: boolean
  readonly canDecide: boolean
  readonly reader: SampleReader
}

const SessionContext = createContext<ReviewSession | null>(null)
const StoreContext = createContext<ReviewStore | null>(null)

export function SessionProvider({ session, children }: { session: ReviewSession; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>
}

export function StoreProvider({ store, children }: { store: ReviewStore; children: ReactNode }) {
  return <StoreContext value={store}>{children}</StoreContext>
}

export function useSession(): ReviewSession {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('Used outside of the review screen')
  return session
}

export function useReviewStore(): ReviewStore {
  const store = useContext(StoreContext)
  if (store === null) throw new Error('Used outside of an open sample')
  return store
}

/** A part of the open sample. Components read the narrowest part they show, so that typing and dragging re-render little. */
export function useReview<T>(selector: (state: ReviewState) => T): T {
  return useStore(useReviewStore(), selector)
}

/** The same for parts made anew by the selector: compared one level deep. */
export function useReviewParts<T extends object>(selector: (state: ReviewState) => T): T {
  return useStore(useReviewStore(), useShallow(selector))
}

/** The document on show: the draft while its key is held, the current one otherwise. */
export function shownOf(state: ReviewState): SampleDocument {
  return state.isDraftHeld ? state.draft : state.document
}

/** The frame table of the open sample's video; null until it is there, or where there is none. */
export function useFrameTable(): FrameTable | null {
  const { reader } = useSession()
  const videoId = useReview(({ sample }) => (sample.video?.isReady ? sample.video.id : null))
  // What was read ahead is there in the same render; held here, because the reader may forget it while it is on show.
  const known = useMemo(() => (videoId === null ? null : (reader.peekFrameTable(videoId) ?? null)), [reader, videoId])
  const [held, setHeld] = useState<{ videoId: string; table: FrameTable } | null>(null)
  useEffect(() => {
    if (videoId === null || known !== null) return
    let isWanted = true
    reader.frameTable(videoId).then(
      (table) => isWanted && setHeld({ videoId, table }),
      // Without a table frames cannot be stepped; the still of the core frame is shown all the same.
      () => {},
    )
    return () => {
      isWanted = false
    }
  }, [reader, videoId, known])
  return known ?? (held?.videoId === videoId ? held.table : null)
}
