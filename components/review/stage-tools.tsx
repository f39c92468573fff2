'use client'

import {
  Check,
  Eye,
  EyeOff,
  Ghost,
  Hand,
  Maximize,
  MousePointer2,
  Move3d,
  Redo2,
  Scan,
  SquareDashed,
  TriangleAlert,
  Undo2,
  WandSparkles,
  ZoomIn,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { startTool } from '@/browser/review-acts'
import type { Tool } from '@/browser/review-store'
import { hintOf } from '@/browser/shortcuts'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Segmented } from '@/components/ui/segmented'
import { Select } from '@/components/ui/select'
import { recordAt, recordsOf } from '@/core/document'
import { useReview, useReviewParts, useReviewStore } from './review-context'
import type { ViewState } from './stage/stage-types'

const ICON = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const
const TOOLS: readonly { tool: Tool; label: string; icon: ReactNode; shortcut?: string }[] = [
  { tool: 'select', label: 'Select', icon: <MousePointer2 {...ICON} /> },
  { tool: 'draw', label: 'Draw a box', icon: <Scan {...ICON} />, shortcut: hintOf('draw') },
  { tool: 'extreme', label: 'Four extreme points', icon: <Move3d {...ICON} />, shortcut: hintOf('redraw') },
  { tool: 'pan', label: 'Pan', icon: <Hand {...ICON} /> },
]

export function StageTools({ view }: { view: ViewState }) {
  const store = useReviewStore()
  const { tool, isHidden, isDiffOn, isDraftHeld, isLoupeOn, isSelectorOpen, canEdit, undoLabel, redoLabel } = useReviewParts((state) => ({
    tool: state.tool,
    isHidden: state.isHidden,
    isDiffOn: state.isDiffOn,
    isDraftHeld: state.isDraftHeld,
    isLoupeOn: state.isLoupeOn,
    isSelectorOpen: state.isSelectorOpen,
    canEdit: state.canEdit,
    undoLabel: state.history.done.at(-1)?.label ?? null,
    redoLabel: state.history.undone.at(-1)?.label ?? null,
  }))
  const order = (kind: 'fit' | 'actual') => store.setState({ view: { kind } })
  return (
    <div
      role="toolbar"
      aria-label="Stage"
      className="flex items-center gap-1 overflow-hidden whitespace-nowrap border-line border-b bg-panel px-2"
    >
      {TOOLS.map(({ tool: each, label, icon, shortcut }) => (
        <IconButton
          key={each}
          label={label}
          shortcut={shortcut}
          size="sm"
          isOn={tool === each}
          disabled={!canEdit && (each === 'draw' || each === 'extreme')}
          onClick={() => startTool(store, each)}
        >
          {icon}
        </IconButton>
      ))}
      <Rule />
      <IconButton
        label={undoLabel === null ? 'Nothing to undo' : `Undo: ${undoLabel}`}
        shortcut={hintOf('undo')}
        size="sm"
        aria-disabled={undoLabel === null || !canEdit}
        onClick={() => store.undo()}
      >
        <Undo2 {...ICON} />
      </IconButton>
      <IconButton
        label={redoLabel === null ? 'Nothing to redo' : `Redo: ${redoLabel}`}
        shortcut={hintOf('redo')}
        size="sm"
        aria-disabled={redoLabel === null || !canEdit}
        onClick={() => store.redo()}
      >
        <Redo2 {...ICON} />
      </IconButton>
      <Rule />
      {tool === 'draw' || tool === 'extreme' ? <DrawFor /> : <FrameName />}
      <span className="flex-1" />
      <IconButton
        label="Suggest core frames"
        shortcut={hintOf('suggest')}
        size="sm"
        isOn={isSelectorOpen}
        onClick={() => store.setState({ isSelectorOpen: !isSelectorOpen, isPlayerOpen: false, isTesting: false })}
      >
        <WandSparkles {...ICON} />
      </IconButton>
      {isDiffOn || isDraftHeld ? (
        <Segmented
          label="What is shown"
          value={isDraftHeld ? 'draft' : 'both'}
          onChange={(value) => store.setState({ isDraftHeld: value === 'draft', isDiffOn: value === 'both' })}
          choices={[
            { value: 'draft', label: 'Draft' },
            { value: 'both', label: 'Both' },
            { value: 'now', label: 'Now' },
          ]}
        />
      ) : (
        <Button
          variant="ghost"
          size="sm"
          shortcut={hintOf('draft')}
          title="Hold D for the draft alone, Shift+D for both"
          onClick={() => store.setState({ isDiffOn: true })}
        >
          <Ghost size={14} strokeWidth={1.5} aria-hidden />
          Draft
        </Button>
      )}
      <IconButton
        label={isHidden ? 'Show boxes' : 'Hide boxes'}
        shortcut={hintOf('hide')}
        size="sm"
        isOn={isHidden}
        onClick={() => store.setState({ isHidden: !isHidden })}
      >
        {isHidden ? <EyeOff {...ICON} /> : <Eye {...ICON} />}
      </IconButton>
      <IconButton
        label="Loupe"
        shortcut={hintOf('loupe')}
        size="sm"
        isOn={isLoupeOn}
        onClick={() => store.setState({ isLoupeOn: !isLoupeOn })}
      >
        <ZoomIn {...ICON} />
      </IconButton>
      <Button variant="ghost" size="sm" className="num min-w-12 px-1.5" title="Original size" onClick={() => order('actual')}>
        {Math.round(view.scale * 100)} %
      </Button>
      <IconButton label="Fit" shortcut={hintOf('fit')} size="sm" isOn={view.isFitted} onClick={() => order('fit')}>
        <Maximize {...ICON} />
      </IconButton>
    </div>
  )
}

function Rule() {
  return <span className="mx-1 h-4 w-px flex-none bg-line-strong" />
}

/** Which core frame is on the stage and how surely it is that frame of the video. */
function FrameName() {
  const doc = useReview((state) => (state.isDraftHeld ? state.draft : state.document))
  const frameId = useReview((state) => state.selection.frameId)
  const frames = recordsOf(doc, 'coreFrame')
  const frame = frameId === null ? null : recordAt(doc, frameId, 'coreFrame')
  if (frame === null) return <span className="ml-1 text-fg-3">No core frame</span>
  const isSure = frame.index !== null && frame.match.confidence >= 0.95
  return (
    <>
      <span className="ml-1 font-semibold">Core frame {frames.findIndex((each) => each.id === frame.id) + 1}</span>
      <span className="text-fg-3">of {frames.length}</span>
      <span
        className="ml-2 flex items-center gap-1 text-fg-3 max-[1360px]:hidden"
        title={`Found by ${frame.match.method}, confidence ${frame.match.confidence}`}
      >
        {isSure ? (
          <Check size={14} strokeWidth={1.75} className="text-ok" aria-hidden />
        ) : (
          <TriangleAlert size={14} strokeWidth={1.5} className="text-warn" aria-hidden />
        )}
        {frame.index === null ? 'no frame' : isSure ? 'exact frame' : `frame ${Math.round(frame.match.confidence * 100)} % sure`}
      </span>
    </>
  )
}

/** For which object the next box is. */
function DrawFor() {
  const store = useReviewStore()
  const document = useReview((state) => state.document)
  const objectId = useReview((state) => state.drawObjectId)
  const isRedraw = useReview((state) => state.redrawBoxId !== null)
  const objects = recordsOf(document, 'object')
  return (
    <span className="ml-1 flex items-center gap-2">
      <SquareDashed size={14} strokeWidth={1.5} className="text-accent-fg" aria-hidden />
      <span className="text-fg-2">{isRedraw ? 'Redraw' : 'Box for'}</span>
      {objects.length === 0 ? (
        <span className="text-warn">add a key object first</span>
      ) : (
        <Select
          label="Object of the box"
          size="sm"
          value={objectId ?? ''}
          disabled={isRedraw}
          onChange={(value) => store.setState({ drawObjectId: value })}
          choices={objects.map((object, place) => ({ value: object.id as string, label: `${place + 1} ${object.phrase}` }))}
        />
      )}
    </span>
  )
}
