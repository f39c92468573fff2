/**
 * The second opinion of the embedded default. There is no second model: the same detector looks again, at square windows around
 * the box, nearer and from further away, each also in a mirror. The first look squeezes the whole picture into a square; here
 * proportions are right and the thing is larger, so a thing that is really there is found again, and a chance hit on texture
 * rarely is. It shares the detector's blind spots (a bridge may stay a boat) and is named as what it is.
 */
import { clampRect, iou, type Size } from '../geometry'
import type { Rect } from '../records'
import type { Detection } from './detections'

/** Side of the window over the longer side of the box. Measured on the demo clips, see docs/decisions/0011. */
const NEAR_AND_FAR = [1.4, 2] as const
/** Pixels. A smaller window would be enlarged into mush. */
const MIN_SIDE = 48
/** From this overlap on the second look means the same thing. */
const SAME_THING_IOU = 0.5

/**
 * Square windows of whole pixels around a box; they may reach beyond the picture. None when the box lies outside of the
 * picture or is thinner than a pixel.
 */
export function windowsAround(rect: Rect, picture: Size): Rect[] {
  const inside = clampRect(rect, picture)
  if (!(inside.w >= 1 && inside.h >= 1)) return []
  return NEAR_AND_FAR.map((times) => {
    const side = Math.ceil(Math.max(inside.w * times, inside.h * times, MIN_SIDE))
    return { x: Math.round(inside.x + (inside.w - side) / 2), y: Math.round(inside.y + (inside.h - side) / 2), w: side, h: side }
  })
}

/** A rectangle of the picture as seen from a window, or from the mirror image of it. Pixels. */
export function seenFrom(rect: Rect, window: Rect, isMirrored: boolean): Rect {
  const x = rect.x - window.x
  return { ...rect, x: isMirrored ? window.w - x - rect.w : x, y: rect.y - window.y }
}

/** Best score among candidates of one of the labels that mean the same thing as `rect`; 0 when there is none. */
export function bestScoreAt(rect: Rect, labels: readonly string[], candidates: readonly Detection[]): number {
  return candidates.reduce(
    (best, each) => (each.score > best && labels.includes(each.label) && iou(each.rect, rect) >= SAME_THING_IOU ? each.score : best),
    0,
  )
}

/** 1 = nothing else fits better. `others` = what the other phrases reached on the same box. */
export function rankAmong(own: number, others: readonly number[]): number {
  return 1 + others.filter((score) => score > own).length
}
