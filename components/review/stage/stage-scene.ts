/** What the painting and the gestures see of the stage: less than it is, so that neither depends on how it is held together. */
import type { Point, Size, Viewport } from '@/browser/viewport'
import type { Rect } from '@/core/records'
import type { HitBox } from './hit-test'
import type { StageBox, StageProps } from './stage-types'
import type { StageView } from './stage-view'

export const LAYER_NAMES = ['image', 'idle', 'active', 'overlay'] as const
export type LayerName = (typeof LAYER_NAMES)[number]

/** For painting. */
export type StageScene = {
  readonly picture: HTMLImageElement | null
  readonly isCurrent: boolean
  readonly isSlow: boolean
  readonly view: { readonly viewport: Viewport; readonly size: Size }
  readonly gestures: {
    readonly pointer: Point | null
    readonly drawing: Rect | null
    readonly extremes: readonly Point[]
    readonly isPanning: boolean
  }
  rectOf(box: StageBox): Rect
  selectedBox(): StageBox | null
}

/** For gestures. */
export type GestureStage = {
  readonly props: StageProps | null
  readonly isCurrent: boolean
  readonly view: StageView
  override: { readonly boxId: string; readonly rect: Rect } | null
  invalidate(...names: readonly LayerName[]): void
  hitBoxes(): readonly HitBox[]
  setCursor(cursor: string): void
  localPoint(event: { clientX: number; clientY: number }): Point
}
