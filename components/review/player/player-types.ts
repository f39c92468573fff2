import type { Ref } from 'react'
import type { FrameTable } from '@/core/frame-table'

/** A stretch of the video that can be looped: an evidence step's span. Frame indices, both inclusive. */
export type PlayerSpan = {
  readonly id: string
  readonly label: string
  readonly startIndex: number
  readonly endIndex: number
  readonly isCurrent: boolean
}

/** A core frame on the scrub bar. */
export type PlayerMark = { readonly id: string; readonly label: string; readonly index: number; readonly isCurrent: boolean }

/** A sheet of small pictures; tile `n` (row by row) shows frame `indices[n]`, ascending. */
export type Sprite = {
  readonly url: string
  readonly columns: number
  readonly rows: number
  readonly tileWidth: number
  readonly tileHeight: number
  readonly indices: readonly number[]
}

export type MotionPlayerProps = {
  readonly src: string
  readonly posterUrl: string | null
  readonly frames: FrameTable
  readonly stillUrl: (index: number) => string
  readonly initialIndex: number
  readonly spans: readonly PlayerSpan[]
  readonly marks?: readonly PlayerMark[]
  readonly sprite?: Sprite | null
  readonly videoName?: string
  /** False hides the sound button. */
  readonly hasSound?: boolean
  /** What “Use this frame” does, as a verb phrase; `Use this frame` without it. */
  readonly useFrameText?: string
  readonly isReadOnly?: boolean
  /** For keys bound outside the player. */
  readonly handleRef?: Ref<PlayerHandle>
  readonly onUseFrame: (index: number) => void
  readonly onIndexChange: (index: number) => void
  readonly onClose: () => void
}

export type PlayerHandle = {
  readonly toggle: () => void
  readonly pause: () => void
  readonly step: (frames: number) => void
  readonly shuttle: (key: 'J' | 'K' | 'L') => void
  readonly seek: (index: number) => void
  readonly toggleLoop: () => void
  readonly useFrame: () => void
}

/** What the engine tells. `rate` is signed; 0 = paused. */
export type MotionState = {
  readonly index: number
  readonly rate: number
  /** Frames of the element are being shown; false between the wish to play and the first of them. */
  readonly isMoving: boolean
  readonly isLooping: boolean
  readonly isReady: boolean
  readonly isMuted: boolean
  readonly problem: string | null
}
