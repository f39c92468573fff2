'use client'

import { ImageOff, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { VerdictMark } from '@/components/ui/verdict-mark'
import type { ProposalRow } from '@/core/selection/proposal'
import { signalsText } from './selector-words'

export type CardProps = {
  readonly row: ProposalRow
  readonly index: number | null
  readonly timeText: string
  readonly why: string
  /** `F2`; null = no core frame. */
  readonly label: string | null
  /** Whether the draft has this core frame, or a person added it. */
  readonly isDrafted: boolean
  readonly stillUrl: string | null
  readonly canEdit: boolean
  readonly isShown: boolean
  readonly onShow: () => void
  readonly onAdopt: () => void
  readonly onRemove: () => void
}

const ACT = 'inline-flex items-center gap-1 rounded-1 font-medium text-11 hover:underline underline-offset-2'

/** One frame: how it looks, which it is, why, and what can be done with it. */
export function ProposalCard({ row, index, timeText, why, label, stillUrl, isShown, onShow, ...acts }: CardProps) {
  const name = label ?? 'New'
  return (
    <li data-proposal={row.kind} className="flex min-w-0 gap-2">
      <button
        type="button"
        disabled={index === null}
        aria-label={`Show ${label ?? 'proposed'} frame ${index ?? ''}`}
        aria-pressed={isShown}
        onClick={onShow}
        className="relative h-[54px] w-24 flex-none max-[1360px]:h-9 max-[1360px]:w-16 overflow-hidden rounded-1 bg-well aria-pressed:ring-2 aria-pressed:ring-accent-fg"
      >
        <Still url={stillUrl} />
        <span className="absolute top-[3px] left-[3px] flex h-4 items-center rounded-1 bg-box-label-ground px-1 font-semibold text-10 text-box-ghost">
          {name}
        </span>
      </button>
      <div className="grid min-w-0 flex-1 auto-rows-min gap-0.5 max-[1360px]:grid-cols-[minmax(0,1fr)_auto] max-[1360px]:gap-y-0">
        <p className="num truncate">
          <span className="font-semibold">{index ?? '–'}</span> <span className="text-fg-3">{timeText}</span>
        </p>
        <p
          className="text-11 text-fg-2 max-[1360px]:col-span-2 max-[1360px]:row-start-2"
          title={row.kind === 'left' ? undefined : signalsText(row.frame.signals)}
        >
          {why}
        </p>
        <CardAct row={row} index={index} label={label} {...acts} />
      </div>
    </li>
  )
}

type CardActProps = Pick<CardProps, 'row' | 'index' | 'label' | 'isDrafted' | 'canEdit' | 'onAdopt' | 'onRemove'>

function CardAct({ row, index, label, isDrafted, canEdit, onAdopt, onRemove }: CardActProps) {
  if (row.kind === 'same') {
    return (
      <p className="flex items-center gap-1 font-medium text-11 text-v-accepted">
        <VerdictMark verdict="accepted" size={12} isDecoration />
        {isDrafted ? 'Same as draft' : 'Adopted'}
      </p>
    )
  }
  if (row.kind === 'new') {
    if (!canEdit) return null
    return (
      <p>
        <button type="button" onClick={onAdopt} aria-label={`Adopt frame ${index}`} className={`${ACT} text-v-added`}>
          <Plus size={12} strokeWidth={1.75} aria-hidden />
          Adopt
        </button>
      </p>
    )
  }
  return (
    <p className="flex items-center gap-1 font-medium text-11 text-fg-2">
      <VerdictMark verdict="unseen" size={12} isDecoration />
      {canEdit ? 'Keep or' : 'Kept'}
      {canEdit ? (
        <button
          type="button"
          onClick={onRemove}
          aria-label={`Remove ${label}`}
          title="Removes the core frame with its boxes; undo brings all of it back"
          className={`${ACT} text-fg-2`}
        >
          <Trash2 size={12} strokeWidth={1.5} aria-hidden />
          remove
        </button>
      ) : null}
    </p>
  )
}

/** The exact still. A frame whose picture cannot be made says so by a sign, in the same place. */
function Still({ url }: { url: string | null }) {
  const [broken, setBroken] = useState<string | null>(null)
  if (url === null || url === broken) {
    return (
      <span className="flex size-full items-center justify-center text-fg-3">
        <ImageOff size={16} strokeWidth={1.5} aria-hidden />
      </span>
    )
  }
  return (
    // biome-ignore lint/performance/noImgElement: an exact still must not pass through an image optimiser
    <img src={url} alt="" draggable={false} decoding="async" className="size-full object-contain" onError={() => setBroken(url)} />
  )
}
