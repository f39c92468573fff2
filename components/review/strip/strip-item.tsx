'use client'

import clsx from 'clsx'
import { ChevronLeft, ChevronRight, Ellipsis, Hash, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { VERDICT_WORDS, VerdictMark } from '@/components/ui/verdict-mark'
import { FrameNumberPopover } from './frame-number-popover'
import { StripThumb } from './strip-thumb'
import { type FrameStripProps, type StripFrame, scoreText } from './strip-types'

type StripItemProps = { readonly frame: StripFrame; readonly strip: FrameStripProps; readonly taken: ReadonlyMap<number, string> }

export function StripItem({ frame, strip, taken }: StripItemProps) {
  const pictureRef = useRef<HTMLButtonElement>(null)
  const [isChoosing, setIsChoosing] = useState(false)
  const isCurrent = frame.id === strip.currentFrameId
  return (
    <li className="group relative w-[102px] flex-none min-[1800px]:w-[124px]">
      <button
        ref={pictureRef}
        type="button"
        data-frame={frame.id}
        aria-current={isCurrent ? 'true' : undefined}
        aria-label={spokenName(frame)}
        onClick={() => strip.onSelect(frame.id)}
        className={clsx(
          'relative block h-[57px] w-full overflow-hidden rounded-1 min-[1800px]:h-[70px]',
          isCurrent && 'ring-2 ring-accent-fg ring-offset-2 ring-offset-panel',
        )}
      >
        <StripThumb
          imageUrl={frame.imageUrl}
          imageSize={strip.imageSize}
          boxes={frame.boxes}
          hoveredObjectId={strip.hoveredObjectId ?? null}
        />
        <span className="absolute top-[3px] left-[3px] flex h-4 items-center gap-1 rounded-1 bg-box-label-ground px-1 font-semibold text-10 text-box-ghost">
          {frame.label}
        </span>
        {frame.isStale ? (
          <span className="absolute right-[3px] bottom-[3px] flex size-4 items-center justify-center rounded-1 bg-box-label-ground">
            <VerdictMark verdict="stale" size={12} isDecoration className="text-box-1" />
          </span>
        ) : null}
      </button>
      {strip.isReadOnly ? null : <StripMenu frame={frame} strip={strip} onChoose={() => setIsChoosing(true)} isCurrent={isCurrent} />}
      <div className="mt-[3px] flex h-4 items-center gap-1 overflow-hidden whitespace-nowrap text-10 leading-4" aria-hidden="true">
        <VerdictMark verdict={frame.verdict} size={12} isDecoration />
        <span className="font-medium text-fg">{frame.index ?? '–'}</span>
        <span className="min-w-0 overflow-hidden text-fg-3">{frame.index === null ? 'not tied' : frame.timeText}</span>
        {frame.score === null ? null : <span className="ml-auto text-fg-2">{scoreText(frame.score)}</span>}
      </div>
      {strip.frameCount === null ? null : (
        <FrameNumberPopover
          isOpen={isChoosing}
          onOpenChange={setIsChoosing}
          anchor={pictureRef}
          title={frame.index === null ? `Tie ${frame.label} to a frame` : `Put another frame at ${frame.label}`}
          actText={frame.index === null ? 'Tie' : 'Replace'}
          frameCount={strip.frameCount}
          initialIndex={frame.index}
          taken={withoutOwn(taken, frame.index)}
          stillUrl={strip.stillUrl}
          timeTextOf={strip.timeTextOf}
          onChoose={(index) => strip.onReplace(frame.id, index)}
        />
      )}
    </li>
  )
}

type StripMenuProps = {
  readonly frame: StripFrame
  readonly strip: FrameStripProps
  readonly isCurrent: boolean
  readonly onChoose: () => void
}

function StripMenu({ frame, strip, isCurrent, onChoose }: StripMenuProps) {
  const last = strip.frameCount === null ? null : strip.frameCount - 1
  const canGoBack = frame.index !== null && last !== null && frame.index > 0
  const canGoOn = frame.index !== null && last !== null && frame.index < last
  const icon = { size: 14, strokeWidth: 1.5, 'aria-hidden': true } as const
  return (
    <Menu
      side="top"
      trigger={
        <button
          type="button"
          aria-label={`Change ${frame.label}`}
          className={clsx(
            'absolute top-[3px] right-[3px] flex size-4 items-center justify-center rounded-1 bg-box-label-ground text-box-ghost focus-visible:opacity-100 group-hover:opacity-100 data-popup-open:opacity-100',
            isCurrent ? 'opacity-100' : 'opacity-0',
          )}
        >
          <Ellipsis size={12} strokeWidth={1.75} aria-hidden />
        </button>
      }
    >
      <MenuItem onSelect={() => strip.onMove(frame.id, -1)} disabled={!canGoBack} icon={<ChevronLeft {...icon} />}>
        One frame earlier
      </MenuItem>
      <MenuItem onSelect={() => strip.onMove(frame.id, 1)} disabled={!canGoOn} icon={<ChevronRight {...icon} />}>
        One frame later
      </MenuItem>
      <MenuItem onSelect={onChoose} disabled={last === null} icon={<Hash {...icon} />}>
        {frame.index === null ? 'Tie to a frame…' : 'Another frame by index…'}
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => strip.onRemove(frame.id)} isDanger icon={<Trash2 {...icon} />}>
        Remove {frame.label}
      </MenuItem>
    </Menu>
  )
}

function spokenName(frame: StripFrame): string {
  const place = frame.index === null ? 'not tied to a frame' : `frame ${frame.index}, ${frame.timeText}`
  const score = frame.score === null ? '' : `, score ${scoreText(frame.score)}`
  return `${frame.label}, ${place}, ${VERDICT_WORDS[frame.verdict]}${score}${frame.isStale ? ', its boxes are stale' : ''}`
}

/** A frame may be given the index it has. */
function withoutOwn(taken: ReadonlyMap<number, string>, own: number | null): ReadonlyMap<number, string> {
  return new Map([...taken].filter(([index]) => index !== own))
}
