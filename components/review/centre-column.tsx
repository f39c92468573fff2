'use client'

import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { mediaUrls } from '@/browser/api'
import { addFrame, finishDraw, moveFrame, objectColour, setRect } from '@/browser/review-acts'
import { loadStill } from '@/browser/still-cache'
import { late, useLate } from '@/components/ui/late'
import { recordAt } from '@/core/document'
import { removeCoreFrame } from '@/core/edits-frames'
import type { FrameTable } from '@/core/frame-table'
import { CoreFrames } from './core-frames'
import { FrameBar } from './frame-bar'
import { FramePlayer } from './frame-player'
import type { PlayerHandle } from './player/player-types'
import { shownOf, useReview, useReviewParts, useReviewStore, useSession } from './review-context'
import type { SelectorHandle } from './selector/selector-types'
import { ReviewStage } from './stage/review-stage'
import type { ViewState } from './stage/stage-types'
import { foundGhosts, ghostBoxes, stageBoxes } from './stage-boxes'
import { StageNotice } from './stage-notice'
import { StageTools } from './stage-tools'
import { TimelineSlot } from './timeline-slot'

const selectorPanel = late(() => import('./selector/selector-panel'))

const NO_SIZE = { width: 1280, height: 720 }

type CentreColumnProps = {
  readonly table: FrameTable | null
  readonly playerRef: RefObject<PlayerHandle | null>
  readonly selectorRef: RefObject<SelectorHandle | null>
}

export function CentreColumn({ table, playerRef, selectorRef }: CentreColumnProps) {
  const store = useReviewStore()
  const isPlayerOpen = useReview((state) => state.isPlayerOpen)
  const isSelectorOpen = useReview((state) => state.isSelectorOpen)
  const selector = useLate(selectorPanel, isSelectorOpen)
  const sampleId = useReview((state) => state.sample.id)
  const [view, setView] = useState<ViewState>({ scale: 1, isFitted: true })
  const takeView = useCallback(
    (next: ViewState) => setView((before) => (before.scale === next.scale && before.isFitted === next.isFitted ? before : next)),
    [],
  )
  const moveTo = (frameId: string, index: number) => {
    const pts = table?.pts[index]
    if (pts !== undefined) moveFrame(store, frameId, { index, pts })
  }
  const acts = {
    onMove: (frameId: string, step: 1 | -1) => {
      const frame = recordAt(store.getState().document, frameId, 'coreFrame')
      if (frame !== null && frame.index !== null) moveTo(frameId, frame.index + step)
    },
    onReplace: moveTo,
    onRemove: (frameId: string) => void store.apply('Remove core frame', (doc) => removeCoreFrame(doc, frameId)),
    onAddIndex: (index: number) => {
      const pts = table?.pts[index]
      if (pts !== undefined) addFrame(store, { index, pts })
    },
    onOpenPlayer: () => store.setState({ isPlayerOpen: true }),
  }
  return (
    <main
      data-region
      tabIndex={-1}
      className="row-start-2 grid min-h-0 min-w-0 grid-cols-[minmax(0,1fr)] grid-rows-[36px_minmax(0,1fr)_auto] outline-none"
    >
      <StageTools view={view} />
      <div className="relative min-h-0 min-w-0 bg-stage">
        {isPlayerOpen && table !== null ? <FramePlayer table={table} handleRef={playerRef} /> : <Stage onViewChange={takeView} />}
      </div>
      {isSelectorOpen && selector !== null && !isPlayerOpen ? (
        <selector.SelectorPanel table={table} handleRef={selectorRef} />
      ) : (
        <div className="min-w-0">
          <CoreFrames key={sampleId} table={table} {...acts} />
          {isPlayerOpen ? null : <FrameBar table={table} />}
          {isPlayerOpen ? null : <TimelineSlot table={table} />}
        </div>
      )}
    </main>
  )
}

function Stage({ onViewChange }: { onViewChange: (view: ViewState) => void }) {
  const store = useReviewStore()
  const { project } = useSession()
  const {
    selection,
    hoveredObjectId,
    tool,
    isHidden,
    isDraftHeld,
    isDiffOn,
    isTesting,
    isLoupeOn,
    canEdit,
    view,
    peekIndex,
    draft,
    drawObjectId,
  } = useReviewParts((state) => ({
    selection: state.selection,
    hoveredObjectId: state.hoveredObjectId,
    tool: state.tool,
    isHidden: state.isHidden,
    isDraftHeld: state.isDraftHeld,
    isDiffOn: state.isDiffOn,
    isTesting: state.isTesting,
    isLoupeOn: state.isLoupeOn,
    canEdit: state.canEdit,
    view: state.view,
    peekIndex: state.peekIndex,
    draft: state.draft,
    drawObjectId: state.drawObjectId,
  }))
  const doc = useReview(shownOf)
  const sampleId = useReview((state) => state.sample.id)
  const video = useReview((state) => state.sample.video)
  const { frameId, stepId, boxId } = selection
  const boxes = useMemo(
    () => stageBoxes(doc, frameId, { hoveredObjectId, stepId, selectedBoxId: boxId }),
    [doc, frameId, hoveredObjectId, stepId, boxId],
  )
  const ghosts = useMemo(
    () => (isDraftHeld || peekIndex !== null ? [] : ghostBoxes(draft, doc, frameId, isDiffOn ? 'all' : boxId)),
    [draft, doc, frameId, isDiffOn, boxId, isDraftHeld, peekIndex],
  )
  const found = useReview((state) => state.found)
  const foundHere = useMemo(() => (peekIndex === null ? foundGhosts(doc, frameId, found) : []), [doc, frameId, found, peekIndex])
  const shownGhosts = useMemo(() => (foundHere.length === 0 ? ghosts : foundHere), [foundHere, ghosts])
  const frame = frameId === null ? null : recordAt(doc, frameId, 'coreFrame')
  const index = peekIndex ?? frame?.index ?? null
  const isReady = video?.isReady === true
  const imageUrl = isReady && index !== null ? mediaUrls.stillUrl(project.id, video.id, index) : null
  const size = useMemo(
    () => (video?.width != null && video.height != null ? { width: video.width, height: video.height } : NO_SIZE),
    [video],
  )
  const drawColour = useReview((state) =>
    state.tool === 'select' || drawObjectId === null ? null : objectColour(state.document, drawObjectId).colour,
  )
  usePaintedMark(sampleId, imageUrl)

  if (isTesting || imageUrl === null) return <StageNotice />
  return (
    <ReviewStage
      sampleId={sampleId}
      imageUrl={imageUrl}
      imageSize={size}
      boxes={boxes}
      ghosts={shownGhosts}
      selectedBoxId={boxId}
      hoveredObjectId={hoveredObjectId}
      tool={tool}
      isHidden={isHidden}
      isReadOnly={!canEdit || isDraftHeld || peekIndex !== null}
      isLoupeOn={isLoupeOn}
      viewCommand={view}
      drawColour={drawColour}
      onViewChange={onViewChange}
      onSelect={(id) => {
        if (id !== null) store.jumpTo(id)
        else store.setState((state) => ({ selection: { ...state.selection, boxId: null } }))
      }}
      onHover={(objectId) => store.setState({ hoveredObjectId: objectId })}
      onChange={(id, rect, { isFinal }) => {
        if (!isFinal) {
          store.setState({ drag: { boxId: id, rect } })
          return
        }
        store.setState({ drag: null })
        setRect(store, id, rect)
      }}
      onDraw={(rect) => finishDraw(store, rect)}
      onToolDone={() => store.setState({ tool: 'select', redrawBoxId: null })}
    />
  )
}

/** `review:sample-painted`: the frame after the picture of a sample was put on the stage (design §6). */
function usePaintedMark(sampleId: string, imageUrl: string | null) {
  const marked = useRef<string | null>(null)
  useEffect(() => {
    let isWanted = true
    const mark = () => {
      if (!isWanted || marked.current === sampleId) return
      marked.current = sampleId
      performance.mark('review:sample-painted', { detail: { sampleId } })
    }
    const afterPaint = () => requestAnimationFrame(() => requestAnimationFrame(mark))
    if (imageUrl === null) afterPaint()
    else loadStill(imageUrl).then(afterPaint, afterPaint)
    return () => {
      isWanted = false
    }
  }, [sampleId, imageUrl])
}
