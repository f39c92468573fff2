'use client'

import { ImageOff } from 'lucide-react'
import { type FormEvent, type RefObject, useState } from 'react'
import { peekStill } from '@/browser/still-cache'
import { Button } from '@/components/ui/button'
import type { Trigger } from '@/components/ui/late'
import { Popover } from '@/components/ui/popover'
import { TextField } from '@/components/ui/text-field'
import { useSettled } from '../stage/use-settled'
import { useStill } from '../stage/use-still'
import { readFrameNumber } from './frame-number'

type FrameNumberPopoverProps = {
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  /** The button that opens it, or the element it stands at when something else opens it. */
  readonly trigger?: Trigger
  readonly anchor?: RefObject<HTMLElement | null>
  readonly title: string
  readonly actText: string
  readonly frameCount: number
  readonly initialIndex: number | null
  readonly taken: ReadonlyMap<number, string>
  readonly stillUrl: (index: number) => string
  readonly timeTextOf: (index: number) => string
  readonly onChoose: (index: number) => void
}

export function FrameNumberPopover({ isOpen, onOpenChange, trigger, anchor, title, ...form }: FrameNumberPopoverProps) {
  return (
    <Popover
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      side="top"
      sideOffset={8}
      title={title}
      titleClassName="mb-2 font-semibold text-12"
      className="w-64 rounded-4 p-3"
      {...(trigger ? { trigger } : {})}
      {...(anchor ? { anchor } : {})}
    >
      <FrameNumberForm {...form} onDone={() => onOpenChange(false)} />
    </Popover>
  )
}

/** Digits typed one after the other name frames nobody asked for. */
const TYPING_REST_MS = 200

type FormProps = Omit<FrameNumberPopoverProps, 'isOpen' | 'onOpenChange' | 'trigger' | 'anchor' | 'title'> & { readonly onDone: () => void }

/** Mounted with each opening, so it starts from the present index. */
function FrameNumberForm({ actText, frameCount, initialIndex, taken, stillUrl, timeTextOf, onChoose, onDone }: FormProps) {
  const [text, setText] = useState(initialIndex === null ? '' : String(initialIndex))
  const { index, problem } = readFrameNumber(text, frameCount, taken)
  const isUnchanged = index !== null && index === initialIndex

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (index === null || isUnchanged) return
    onChoose(index)
    onDone()
  }

  const step = (by: number) => {
    const from = /^\d{1,9}$/.test(text.trim()) ? Number(text) : (initialIndex ?? 0)
    setText(String(Math.min(frameCount - 1, Math.max(0, from + by))))
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <FramePreview url={index === null ? null : stillUrl(index)} index={index} />
      <TextField
        label="Frame index"
        value={text}
        inputMode="numeric"
        autoComplete="off"
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
          event.preventDefault()
          step((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1))
        }}
        error={problem}
        hint={index === null ? `0 to ${frameCount - 1}` : `${timeTextOf(index)} of the video`}
      />
      <div className="flex justify-end gap-2">
        <Button size="sm" variant="ghost" onClick={onDone}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" type="submit" aria-disabled={index === null || isUnchanged}>
          {actText}
        </Button>
      </div>
    </form>
  )
}

/** The exact still of the typed frame. Its place is kept, so that nothing moves while typing. */
function FramePreview({ url, index }: { url: string | null; index: number | null }) {
  const settledUrl = useSettled(url, TYPING_REST_MS)
  const isDue = url !== null && (url === settledUrl || peekStill(url) !== null)
  const still = useStill(isDue ? url : null)
  const isBroken = isDue && still.state === 'missing'
  return (
    <div className="flex aspect-video items-center justify-center overflow-hidden rounded-2 bg-well text-11 text-fg-3">
      {still.picture && url !== null ? (
        // biome-ignore lint/performance/noImgElement: an exact still must not pass through an image optimiser
        <img src={url} alt={`Frame ${index}`} className="size-full object-contain" />
      ) : isBroken ? (
        <span className="flex items-center gap-1.5">
          <ImageOff size={14} strokeWidth={1.5} aria-hidden />
          The still could not be made
        </span>
      ) : url === null ? (
        'Type an index to see its frame'
      ) : (
        `Frame ${index}`
      )}
    </div>
  )
}
