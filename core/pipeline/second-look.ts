/**
 * The second opinion of the embedded default. There is no second model: the same detector looks again, at an enlarged cut-out
 * around the box and at the mirror image of it. A thing that is really there is found again in both; a chance hit on texture
 * rarely is. It shares the detector's blind spots and is named as what it is.
 */
import { clampRect, iou, type Size } from '../geometry'
import type { Rect } from '../records'
import type { Detection } from './detections'

/** The cut-out has this many times the sides of the box, so that a thing is seen with what is around it. */
const MARGIN = 1.8
/** Pixels. A smaller cut-out would be enlarged into mush. */
const MIN_SIDE = 48
/** From this overlap on the second look means the same thing. */
const SAME_THING_IOU = 0.5

/** Whole pixels around a box, inside the picture; null when the box lies outside of it or is empty. */
export function cutOutAround(rect: Rect, picture: Size): Rect | null {
  const inside = clampRect(rect, picture)
  if (inside.w < 1 || inside.h < 1) return null
  const [w, h] = [Math.max(inside.w * MARGIN, MIN_SIDE), Math.max(inside.h * MARGIN, MIN_SIDE)]
  const wide = clampRect({ x: inside.x + (inside.w - w) / 2, y: inside.y + (inside.h - h) / 2, w, h }, picture)
  const [left, top] = [Math.floor(wide.x), Math.floor(wide.y)]
  return { x: left, y: top, w: Math.ceil(wide.x + wide.w) - left, h: Math.ceil(wide.y + wide.h) - top }
}

/** A rectangle of the picture as seen from the cut-out, or from its mirror image. Pixels. */
export function seenFrom(rect: Rect, cutOut: Rect, isMirrored: boolean): Rect {
  const x = rect.x - cutOut.x
  return { ...rect, x: isMirrored ? cutOut.w - x - rect.w : x, y: rect.y - cutOut.y }
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
