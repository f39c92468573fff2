'use client'

import { Check, CircleDashed, TriangleAlert } from 'lucide-react'
import { peekStill } from '@/browser/still-cache'
import { useSettled } from '../stage/use-settled'
import { useStill } from '../stage/use-still'

/** Stills are asked for once the frame has rested this long: holding a key must not order a still for each frame passed. */
const SETTLE_MS = 80

type ExactStillProps = { readonly index: number; readonly isMoving: boolean; readonly stillUrl: (index: number) => string }

/**
 * At rest the decoder's still lies over the element's picture, because the element may be a frame off. It is shown only for
 * the very frame named in the read-out: while it is on its way the mark says that the picture is the player's.
 */
export function ExactStill({ index, isMoving, stillUrl }: ExactStillProps) {
  const url = isMoving ? null : stillUrl(index)
  const settledUrl = useSettled(url, SETTLE_MS)
  const still = useStill(url !== null && (url === settledUrl || peekStill(url)) ? url : null)
  const isBroken = url !== null && url === settledUrl && still.state === 'missing'
  return (
    <>
      {still.picture && url !== null ? (
        // biome-ignore lint/performance/noImgElement: an exact still must not pass through an image optimiser
        <img src={url} alt={`Frame ${index}`} data-exact={index} className="absolute inset-0 size-full object-contain" />
      ) : null}
      <p
        aria-live="polite"
        className="absolute top-2 left-2 flex h-6 items-center gap-1.5 rounded-2 bg-box-label-ground px-2 font-medium text-11 text-box-ghost"
      >
        {still.picture && url !== null ? (
          <>
            <Check size={14} strokeWidth={2} className="text-box-3" aria-hidden />
            exact frame
          </>
        ) : isBroken ? (
          <>
            <TriangleAlert size={14} strokeWidth={1.75} className="text-box-1" aria-hidden />
            no still: the player's picture may be a frame off
          </>
        ) : (
          <>
            <CircleDashed size={14} strokeWidth={1.75} aria-hidden />
            {isMoving ? 'in motion' : 'fetching the still'}
          </>
        )}
      </p>
    </>
  )
}
