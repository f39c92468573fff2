'use client'

import type { RefObject } from 'react'
import { mediaUrls } from '@/browser/api'
import { addFrame, moveFrame } from '@/browser/review-acts'
import { recordAt, recordsOf } from '@/core/document'
import type { FrameTable } from '@/core/frame-table'
import { MotionPlayer } from './player/motion-player'
import type { PlayerHandle } from './player/player-types'
import { useReview, useReviewStore, useSession } from './review-context'

/** Motion, in place of the stage. What is used from it is an exact frame of the table. */
export function FramePlayer({ table, handleRef }: { table: FrameTable; handleRef: RefObject<PlayerHandle | null> }) {
  const store = useReviewStore()
  const { project } = useSession()
  const video = useReview((state) => state.sample.video)
  const document = useReview((state) => state.document)
  const selection = useReview((state) => state.selection)
  const canEdit = useReview((state) => state.canEdit)
  if (video === null) return null
  const frame = selection.frameId === null ? null : recordAt(document, selection.frameId, 'coreFrame')
  const step = selection.stepId === null ? null : recordAt(document, selection.stepId, 'step')
  const isLost = frame !== null && frame.index === null
  const start = frame?.index ?? (step?.span == null ? 0 : indexOf(table, step.span.startPts))
  const close = () => store.setState({ isPlayerOpen: false })
  return (
    <MotionPlayer
      key={video.id}
      src={mediaUrls.videoFileUrl(project.id, video.id)}
      posterUrl={null}
      frames={table}
      videoName={video.name}
      stillUrl={(index) => mediaUrls.stillUrl(project.id, video.id, index)}
      initialIndex={start}
      isReadOnly={!canEdit}
      spans={recordsOf(document, 'step').flatMap((each, place) =>
        each.span === null
          ? []
          : [
              {
                id: each.id,
                label: `Step ${place + 1}`,
                startIndex: indexOf(table, each.span.startPts),
                endIndex: indexOf(table, each.span.endPts),
                isCurrent: each.id === selection.stepId,
              },
            ],
      )}
      marks={recordsOf(document, 'coreFrame').flatMap((each, place) =>
        each.index === null ? [] : [{ id: each.id, label: `F${place + 1}`, index: each.index, isCurrent: each.id === selection.frameId }],
      )}
      useFrameText={isLost ? 'Use for this core frame' : 'Add as core frame'}
      handleRef={handleRef}
      onUseFrame={(index) => {
        const pts = table.pts[index]
        if (pts === undefined) return
        if (isLost) moveFrame(store, frame.id, { index, pts })
        else addFrame(store, { index, pts })
        close()
      }}
      onIndexChange={(index) => store.setState({ playerIndex: index })}
      onClose={close}
    />
  )
}

/** The frame shown at a pts: the last one that is not later. */
function indexOf(table: FrameTable, pts: number): number {
  let low = 0
  let high = table.pts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((table.pts[middle] ?? 0) <= pts) low = middle
    else high = middle - 1
  }
  return low
}
