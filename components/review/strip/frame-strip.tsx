'use client'

import { Film, Hash, Plus } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Menu, MenuItem } from '@/components/ui/menu'
import { FrameNumberPopover } from './frame-number-popover'
import { StripItem } from './strip-item'
import type { FrameStripProps } from './strip-types'

export function FrameStrip(props: FrameStripProps) {
  const listRef = useRef<HTMLOListElement>(null)
  const taken = new Map(props.frames.flatMap((frame) => (frame.index === null ? [] : [[frame.index, frame.label] as const])))

  useEffect(() => {
    const item = listRef.current?.querySelector('[aria-current="true"]')
    if (props.currentFrameId !== null) item?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [props.currentFrameId])

  return (
    <section aria-label="Core frames" className="min-w-0 border-line border-t bg-panel">
      <ol
        ref={listRef}
        onKeyDown={(event) => moveFocus(event, listRef.current)}
        className="flex scroll-px-3 gap-2 overflow-x-auto px-3 py-2"
      >
        {props.frames.map((frame) => (
          <StripItem key={frame.id} frame={frame} strip={props} taken={taken} />
        ))}
        {props.isReadOnly ? null : <AddTile strip={props} taken={taken} />}
        {props.frames.length === 0 && props.isReadOnly ? (
          <li className="flex h-[76px] items-center text-12 text-fg-3 min-[1800px]:h-[89px]">No core frames</li>
        ) : null}
      </ol>
    </section>
  )
}

/** Left and right go from frame to frame; they must not reach the stage, where they would nudge a box. */
function moveFocus(event: KeyboardEvent, list: HTMLOListElement | null): void {
  const keys = ['ArrowLeft', 'ArrowRight', 'Home', 'End']
  if (!list || !keys.includes(event.key) || event.altKey || event.ctrlKey || event.metaKey) return
  const buttons = [...list.querySelectorAll<HTMLButtonElement>('[data-frame], [data-add]')]
  const focused = document.activeElement
  const place = focused instanceof HTMLButtonElement ? buttons.indexOf(focused) : -1
  if (place < 0) return
  const next = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: buttons.length - 1 }[event.key] ?? place
  event.preventDefault()
  event.stopPropagation()
  buttons[Math.min(buttons.length - 1, Math.max(0, next))]?.focus()
}

function AddTile({ strip, taken }: { strip: FrameStripProps; taken: ReadonlyMap<number, string> }) {
  const tileRef = useRef<HTMLButtonElement>(null)
  const [isChoosing, setIsChoosing] = useState(false)
  const isWithoutVideo = strip.frameCount === null
  return (
    <li className="flex-none">
      <Menu
        side="top"
        trigger={
          <button
            ref={tileRef}
            type="button"
            data-add
            disabled={isWithoutVideo}
            title={isWithoutVideo ? 'The video of this sample is missing' : undefined}
            className="flex h-[57px] w-16 flex-col items-center justify-center gap-1 rounded-1 border border-line-strong border-dashed text-11 text-fg-3 hover:border-line-control hover:text-fg-2 disabled:opacity-50 min-[1800px]:h-[70px]"
          >
            <Plus size={14} strokeWidth={1.5} aria-hidden />
            Add
            <span className="sr-only">a core frame</span>
          </button>
        }
      >
        <MenuItem onSelect={strip.onOpenPlayer} icon={<Film size={14} strokeWidth={1.5} aria-hidden />}>
          From the player…
        </MenuItem>
        <MenuItem onSelect={() => setIsChoosing(true)} icon={<Hash size={14} strokeWidth={1.5} aria-hidden />}>
          By frame index…
        </MenuItem>
      </Menu>
      {strip.frameCount === null ? null : (
        <FrameNumberPopover
          isOpen={isChoosing}
          onOpenChange={setIsChoosing}
          anchor={tileRef}
          title="Add a core frame"
          actText="Add"
          frameCount={strip.frameCount}
          initialIndex={null}
          taken={taken}
          stillUrl={strip.stillUrl}
          timeTextOf={strip.timeTextOf}
          onChoose={strip.onAddIndex}
        />
      )}
    </li>
  )
}
