'use client'

import { Play, Repeat, StepBack, StepForward, TriangleAlert } from 'lucide-react'
import { moveFrame } from '@/browser/review-acts'
import { hintOf } from '@/browser/shortcuts'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Kbd } from '@/components/ui/kbd'
import { recordAt } from '@/core/document'
import type { FrameTable } from '@/core/frame-table'
import { ptsToSeconds } from '@/core/time'
import { peekBy } from './peek'
import { FrameReadout } from './player/frame-readout'
import { useReview, useReviewStore } from './review-context'
import { frameLabel, spanText } from './words'

const ICON = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const

/** Which frame this is, exactly, and the way to its neighbours and to motion. */
export function FrameBar({ table }: { table: FrameTable | null }) {
  const store = useReviewStore()
  const video = useReview((state) => state.sample.video)
  const frame = useReview((state) =>
    state.selection.frameId === null ? null : recordAt(state.document, state.selection.frameId, 'coreFrame'),
  )
  const label = useReview((state) => (frame === null ? '' : frameLabel(state.document, frame.id)))
  const step = useReview((state) => (state.selection.stepId === null ? null : recordAt(state.document, state.selection.stepId, 'step')))
  const peekIndex = useReview((state) => state.peekIndex)
  const canEdit = useReview((state) => state.canEdit)
  const index = peekIndex ?? frame?.index ?? null
  const pts = index === null ? null : (table?.pts[index] ?? (peekIndex === null ? frame?.pts : null) ?? null)
  const timeBase = video?.timeBase ?? null
  const last = table === null ? null : table.pts.length - 1
  const lastPts = last === null ? undefined : table?.pts[last]
  const isOff = table === null
  return (
    <section
      aria-label="Frame"
      className="@container flex h-8 min-w-0 items-center gap-1 overflow-hidden border-line border-t bg-panel px-2"
    >
      <IconButton
        label="One frame back"
        shortcut={hintOf('frame-back')}
        size="sm"
        disabled={isOff}
        onClick={() => peekBy(store, table, -1)}
      >
        <StepBack {...ICON} />
      </IconButton>
      <IconButton
        label="Open the player"
        shortcut={hintOf('play')}
        size="sm"
        disabled={isOff}
        onClick={() => store.setState({ isPlayerOpen: true })}
      >
        <Play {...ICON} />
      </IconButton>
      <IconButton label="One frame on" shortcut={hintOf('frame-on')} size="sm" disabled={isOff} onClick={() => peekBy(store, table, 1)}>
        <StepForward {...ICON} />
      </IconButton>
      <IconButton
        label="Loop the span of the step"
        shortcut={hintOf('loop')}
        size="sm"
        disabled={isOff || step === null || step.span === null}
        onClick={() => store.setState({ isPlayerOpen: true })}
      >
        <Repeat {...ICON} />
      </IconButton>
      {index !== null && pts !== null && timeBase !== null ? (
        <FrameReadout
          index={index}
          pts={pts}
          timeBase={timeBase}
          timeSec={ptsToSeconds(pts, timeBase)}
          {...(last === null || lastPts === undefined
            ? {}
            : { widest: { index: last, pts: lastPts, timeSec: ptsToSeconds(lastPts, timeBase) } })}
          className="ml-1"
        />
      ) : (
        <span className="ml-2 flex items-center gap-1.5 text-warn">
          <TriangleAlert size={14} strokeWidth={1.5} aria-hidden />
          {video === null ? 'No video' : frame === null ? 'No core frame' : 'Not tied to a frame of the video'}
        </span>
      )}
      {peekIndex !== null && frame !== null ? (
        <span className="ml-2 flex min-w-0 items-center gap-2">
          <span className="truncate text-fg-2">
            beside {label}
            {frame.index === null ? '' : ` (${frame.index})`}
          </span>
          {canEdit && pts !== null ? (
            <Button
              size="sm"
              variant="primary"
              shortcut={hintOf('use-frame')}
              onClick={() => moveFrame(store, frame.id, { index: peekIndex, pts })}
            >
              Use this frame
            </Button>
          ) : null}
          <Button size="sm" variant="ghost" shortcut="Esc" onClick={() => store.setState({ peekIndex: null })}>
            Back
          </Button>
        </span>
      ) : (
        <span className="ml-2 min-w-0 truncate text-fg-3">
          {video?.name}
          {step !== null && step.span !== null ? ` · span ${spanText(step.span, timeBase)}` : ''}
        </span>
      )}
      <span className="flex-1" />
      {peekIndex === null ? (
        <span className="flex flex-none items-center gap-1 text-fg-3 @max-[620px]:hidden">
          <Kbd keys="," />
          <Kbd keys="." />
          <span>frame</span>
          <Kbd keys="Space" className="ml-1.5" />
          <span>play</span>
        </span>
      ) : null}
    </section>
  )
}
