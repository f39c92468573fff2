'use client'

import { ScanSearch } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { recordAt } from '@/core/document'
import type { ObjectRecord } from '@/core/records'
import { useReview } from '../review-context'

/** Fetched when somebody asks for it. */
const FindBoxes = dynamic(() => import('./find-boxes').then((part) => part.FindBoxes))

/** The way to the detector: for an object, a new box on the frame in view; for a box, a better one in its place. */
export function FindOnFrame({ object, boxId }: { object: ObjectRecord; boxId: string | null }) {
  const frameId = useReview((state) => state.selection.frameId)
  const frameIndex = useReview((state) => (frameId === null ? null : (recordAt(state.document, frameId, 'coreFrame')?.index ?? null)))
  const isVideoReady = useReview((state) => state.sample.video?.isReady === true)
  const place = `${object.id}:${boxId}:${frameId}`
  const [open, setOpen] = useState<string | null>(null)
  if (frameId === null || frameIndex === null || !isVideoReady) return null
  if (open === place) return <FindBoxes key={place} {...{ object, boxId, frameId, frameIndex }} onClose={() => setOpen(null)} />
  return (
    <Button size="sm" variant="ghost" className="max-w-full self-start" onClick={() => setOpen(place)}>
      <ScanSearch size={12} strokeWidth={1.5} aria-hidden />
      <span className="truncate">Find “{object.phrase}” on this frame…</span>
    </Button>
  )
}
