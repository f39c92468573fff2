import type { Rect, Verdict } from '@/core/records'
import type { ColourNumber } from '../stage/stage-types'

/** A box as the thumbnail shows it: stroke only. `rect` in float pixels of the still. */
export type StripBox = { readonly id: string; readonly objectId: string; readonly colour: ColourNumber; readonly rect: Rect }

export type StripFrame = {
  readonly id: string
  /** `F1`, `F2`, … */
  readonly label: string
  /** `null` = not tied to a frame of the video yet. */
  readonly index: number | null
  readonly timeText: string
  readonly imageUrl: string | null
  readonly verdict: Verdict
  readonly score: number | null
  readonly boxes: readonly StripBox[]
  /** The frame moved under its boxes. */
  readonly isStale: boolean
}

export type FrameStripProps = {
  readonly frames: readonly StripFrame[]
  readonly currentFrameId: string | null
  readonly imageSize: { readonly width: number; readonly height: number }
  /** Frames in the video; `null` = no video, so no frame can be chosen by index. */
  readonly frameCount: number | null
  readonly stillUrl: (index: number) => string
  readonly timeTextOf: (index: number) => string
  readonly hoveredObjectId?: string | null
  readonly isReadOnly: boolean
  readonly onSelect: (frameId: string) => void
  readonly onMove: (frameId: string, step: 1 | -1) => void
  readonly onReplace: (frameId: string, index: number) => void
  readonly onRemove: (frameId: string) => void
  readonly onAddIndex: (index: number) => void
  readonly onOpenPlayer: () => void
}

/** `.71`, as scores are written everywhere; a score outside 0–1 keeps its whole part. */
export function scoreText(score: number): string {
  const text = score.toFixed(2)
  return text.startsWith('0.') ? text.slice(1) : text
}
