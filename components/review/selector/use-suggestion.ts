'use client'

import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { openSelector } from '@/browser/selector/open-selector'
import { leaseSelector } from '@/browser/selector/selector-lease'
import type { SelectorClient } from '@/browser/selector/selector-types'
import { createSuggestion, DEFAULT_SETTINGS, type Suggestion, type SuggestionState } from '@/browser/selector/suggestion'
import { questionOf } from '@/core/document'
import { AppError } from '@/core/errors'
import type { ReviewVideo } from '@/core/review-sample'
import { useReviewStore, useSession } from '../review-context'

const lease = leaseSelector(openSelector)
/** What a person has set stays set from sample to sample. */
let kept = DEFAULT_SETTINGS

/** The suggestion of an open panel: asked at once where the video can be looked at, ended with the panel. */
export function useSuggestion(video: ReviewVideo | null): { readonly suggestion: Suggestion; readonly state: SuggestionState } {
  const store = useReviewStore()
  const { project } = useSession()
  const [{ suggestion, hold }] = useState(() => {
    const held: { client: SelectorClient | null } = { client: null }
    const client = () => {
      if (held.client === null) throw new AppError('unavailable', 'The panel is closed.')
      return held.client
    }
    const subject = () => {
      const { sample, document } = store.getState()
      if (sample.video === null || sample.video.width === null || sample.video.height === null) {
        throw new AppError('not_found', 'This sample has no video that can be looked at.')
      }
      const { id, sha256, width, height } = sample.video
      return { projectId: project.id, video: { id, sha256, width, height }, question: questionOf(document).text }
    }
    return { suggestion: createSuggestion(client, subject, kept), hold: held }
  })
  const isReady = video?.isReady === true
  useEffect(() => {
    hold.client = lease.take()
    if (isReady) suggestion.run()
    const leave = suggestion.subscribe(({ settings }) => {
      kept = settings
    })
    return () => {
      leave()
      suggestion.dispose()
      hold.client = null
      lease.giveBack()
    }
  }, [suggestion, hold, isReady])
  return { suggestion, state: useStore(suggestion) }
}
