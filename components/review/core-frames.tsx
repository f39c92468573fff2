'use client'

import { useMemo } from 'react'
import { mediaUrls } from '@/browser/api'
import { objectColour } from '@/browser/review-acts'
import { boxesOfFrame, recordsOf } from '@/core/document'
import type { FrameTable } from '@/core/frame-table'
import { ptsToSeconds } from '@/core/time'
import { shownOf, useReview, useReviewStore, useSession } from './review-context'
import { FrameStrip } from './strip/frame-strip'
import type { StripFrame } from './strip/strip-types'
import { secondsText } from './words'

type CoreFramesProps = {
  readonly table: FrameTable | null
  readonly onMove: (frameId: string, step: 1 | -1) => void
  readonly onReplace: (frameId: string, index: number) => void
  readonly onRemove: (frameId: string) => void
  readonly onAddIndex: (index: number) => void
  readonly onOpenPlayer: () => void
}

const NO_SIZE = { width: 1280, height: 720 }

/** The strip: every core frame with its boxes. Frames can be chosen only with the frame table at hand (invariant 1). */
export function CoreFrames({ table, ...acts }: CoreFramesProps) {
  const store = useReviewStore()
  const { project } = useSession()
  const doc = useReview(shownOf)
  const video = useReview((state) => state.sample.video)
  const hoveredObjectId = useReview((state) => state.hoveredObjectId)
  const currentFrameId = useReview((state) => state.selection.frameId)
  const isReadOnly = useReview((state) => !state.canEdit || state.isDraftHeld)
  const frames = useMemo(
    () =>
      recordsOf(doc, 'coreFrame').map((frame, place): StripFrame => {
        const boxes = boxesOfFrame(doc, frame.id)
        return {
          id: frame.id,
          label: `F${place + 1}`,
          index: frame.index,
          timeText: secondsText(frame.pts, video?.timeBase ?? null),
          imageUrl: video?.isReady && frame.index !== null ? mediaUrls.stillUrl(project.id, video.id, frame.index) : null,
          verdict: frame.verdict,
          score: frame.score,
          boxes: boxes.map(({ id, objectId, rect }) => ({ id, objectId, rect, colour: objectColour(doc, objectId).colour })),
          isStale: boxes.some((box) => box.verdict === 'stale'),
        }
      }),
    [doc, video, project.id],
  )
  const size = useMemo(
    () => (video?.width != null && video.height != null ? { width: video.width, height: video.height } : NO_SIZE),
    [video],
  )
  return (
    <FrameStrip
      frames={frames}
      currentFrameId={currentFrameId}
      imageSize={size}
      frameCount={table === null ? null : table.pts.length}
      stillUrl={(index) => (video === null ? '' : mediaUrls.stillUrl(project.id, video.id, index))}
      timeTextOf={(index) => {
        const pts = table?.pts[index]
        return table === null || pts === undefined ? '–' : ptsToSeconds(pts, table.timeBase).toFixed(3)
      }}
      hoveredObjectId={hoveredObjectId}
      isReadOnly={isReadOnly}
      onSelect={(frameId) => store.jumpTo(frameId)}
      {...acts}
    />
  )
}
