'use client'

import clsx from 'clsx'
import { type PointerEvent, useRef, useState } from 'react'
import { frameOfShare, shareOfFrame } from '@/browser/frame-clock'
import { type FrameTable, frameAt, frameCount } from '@/core/frame-table'
import { formatTimecode } from '@/core/time'
import type { PlayerMark, PlayerSpan, Sprite } from './player-types'
import { tileNear } from './sprite-tile'

type ScrubBarProps = {
  readonly frames: FrameTable
  readonly index: number
  readonly spans: readonly PlayerSpan[]
  readonly marks: readonly PlayerMark[]
  readonly sprite: Sprite | null
  readonly onSeek: (index: number) => void
}

const percent = (share: number) => `${share * 100}%`

/** The whole video as a line: spans, core frames, the playhead. Press or drag to go there. */
export function ScrubBar({ frames, index, spans, marks, sprite, onSeek }: ScrubBarProps) {
  const barRef = useRef<HTMLDivElement>(null)
  const [hovered, setHovered] = useState<{ index: number; share: number } | null>(null)

  const at = (event: PointerEvent) => {
    const bounds = barRef.current?.getBoundingClientRect()
    const share = bounds && bounds.width > 0 ? Math.min(1, Math.max(0, (event.clientX - bounds.left) / bounds.width)) : 0
    return { index: frameOfShare(frames, share), share }
  }

  return (
    <div className="flex-none border-line border-t bg-panel px-3">
      <div
        ref={barRef}
        role="slider"
        tabIndex={0}
        aria-label="Frame"
        aria-valuemin={0}
        aria-valuemax={frameCount(frames) - 1}
        aria-valuenow={index}
        aria-valuetext={`frame ${index}, ${formatTimecode(frameAt(frames, index).timeSec)}`}
        className="relative h-8 touch-none select-none"
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          onSeek(at(event).index)
        }}
        onPointerMove={(event) => {
          const place = at(event)
          setHovered(place)
          if (event.currentTarget.hasPointerCapture(event.pointerId) && place.index !== index) onSeek(place.index)
        }}
        onPointerLeave={() => setHovered(null)}
      >
        <div className="-translate-y-1/2 absolute inset-x-0 top-1/2 h-1 rounded-1 bg-track" />
        {spans.map((span) => (
          <SpanBar key={span.id} frames={frames} span={span} />
        ))}
        {marks.map((mark) => (
          <MarkDiamond key={mark.id} frames={frames} mark={mark} />
        ))}
        <div className="pointer-events-none absolute inset-y-0 w-px bg-accent-fg" style={{ left: percent(shareOfFrame(frames, index)) }}>
          <span className="-left-[5.5px] absolute top-0.5 h-3 w-3 bg-accent-fg [clip-path:polygon(0_0,100%_0,100%_60%,50%_100%,0_60%)]" />
        </div>
        {hovered ? <Preview frames={frames} hovered={hovered} sprite={sprite} /> : null}
      </div>
    </div>
  )
}

function SpanBar({ frames, span }: { frames: FrameTable; span: PlayerSpan }) {
  const left = shareOfFrame(frames, span.startIndex)
  const right = span.endIndex + 1 < frameCount(frames) ? shareOfFrame(frames, span.endIndex + 1) : 1
  return (
    <div
      title={span.label}
      className={clsx(
        '-translate-y-1/2 absolute top-1/2 h-3 rounded-1 border-x-2',
        span.isCurrent ? 'border-accent-fg bg-accent-soft' : 'border-line-control bg-hover',
      )}
      style={{ left: percent(left), width: percent(Math.max(0, right - left)) }}
    />
  )
}

function MarkDiamond({ frames, mark }: { frames: FrameTable; mark: PlayerMark }) {
  return (
    <div
      title={mark.label}
      className="pointer-events-none absolute top-1/2 flex items-center"
      style={{ left: percent(shareOfFrame(frames, mark.index)) }}
    >
      <span
        className={clsx(
          '-translate-x-1/2 -translate-y-1/2 size-2.5 rotate-45 rounded-[2px] ring-2 ring-panel',
          mark.isCurrent ? 'bg-accent-fg' : 'bg-fg',
        )}
      />
    </div>
  )
}

type PreviewProps = {
  readonly frames: FrameTable
  readonly hovered: { readonly index: number; readonly share: number }
  readonly sprite: Sprite | null
}

function Preview({ frames, hovered, sprite }: PreviewProps) {
  const tile = sprite ? tileNear(sprite, hovered.index) : null
  const width = sprite && tile ? sprite.tileWidth : 96
  return (
    <div
      className="-translate-x-1/2 pointer-events-none absolute bottom-full z-10 mb-1 overflow-hidden rounded-3 bg-raised shadow-2"
      style={{ left: `clamp(${width / 2}px, ${percent(hovered.share)}, calc(100% - ${width / 2}px))`, width }}
    >
      {sprite && tile ? (
        <div
          style={{
            width: sprite.tileWidth,
            height: sprite.tileHeight,
            backgroundImage: `url("${sprite.url}")`,
            backgroundPosition: `-${tile.x}px -${tile.y}px`,
          }}
        />
      ) : null}
      <p className="flex justify-between px-2 py-0.5 text-10 text-fg-2 leading-4">
        <span className="font-medium text-fg">{hovered.index}</span>
        {formatTimecode(frameAt(frames, hovered.index).timeSec)}
      </p>
    </div>
  )
}
