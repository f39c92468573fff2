/**
 * What the mouse does to a rectangle: move, resize by a handle, draw. Pure; image units throughout.
 * Every result lies in the picture and is at least `MIN_SIDE` wide and high, whatever the pointer did.
 */
import type { Size } from '@/browser/viewport'
import type { Rect } from '@/core/records'

export const HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const
export type Handle = (typeof HANDLES)[number]
type ImagePoint = { readonly x: number; readonly y: number }

export const MIN_SIDE = 1
/** From this scale on one image pixel is wide enough on the screen to mean a part of it. */
const FINE_SCALE = 4

/** Rounds what a hand did: whole image pixels, tenths when the picture is enlarged enough to aim at them. */
export function snap(value: number, scale: number): number {
  return scale >= FINE_SCALE ? Math.round(value * 10) / 10 : Math.round(value)
}

const between = (value: number, low: number, high: number) => Math.min(Math.max(low, high), Math.max(low, value))

/** Moves by whole steps, so that width and height (and the draft's fractions) stay as they are. */
export function moveRect(rect: Rect, dx: number, dy: number, image: Size): Rect {
  return {
    x: between(rect.x + dx, 0, image.width - rect.w),
    y: between(rect.y + dy, 0, image.height - rect.h),
    w: rect.w,
    h: rect.h,
  }
}

/** The point of a handle on its rectangle. */
export function handlePoint(rect: Rect, handle: Handle): ImagePoint {
  const fx = handle.includes('w') ? 0 : handle.includes('e') ? 1 : 0.5
  const fy = handle.includes('n') ? 0 : handle.includes('s') ? 1 : 0.5
  return { x: rect.x + rect.w * fx, y: rect.y + rect.h * fy }
}

/**
 * The rectangle after its handle was dragged to `to`. The opposite edge stays; past it the rectangle turns over.
 * `isAspectKept` holds width : height (an edge handle then grows the other axis about its middle).
 */
export function resizeRect(rect: Rect, handle: Handle, to: ImagePoint, image: Size, isAspectKept: boolean): Rect {
  const x = between(to.x, 0, image.width)
  const y = between(to.y, 0, image.height)
  const isHorizontal = handle.includes('w') || handle.includes('e')
  const isVertical = handle.includes('n') || handle.includes('s')
  const anchorX = handle.includes('w') ? rect.x + rect.w : rect.x
  const anchorY = handle.includes('n') ? rect.y + rect.h : rect.y
  if (isAspectKept && rect.w > 0 && rect.h > 0) {
    return resizeKeepingAspect(rect, { x, y }, { anchorX, anchorY, isHorizontal, isVertical }, image)
  }
  const spanX = isHorizontal ? ordered(anchorX, x, image.width) : { start: rect.x, length: rect.w }
  const spanY = isVertical ? ordered(anchorY, y, image.height) : { start: rect.y, length: rect.h }
  return { x: spanX.start, y: spanY.start, w: spanX.length, h: spanY.length }
}

type Anchor = { anchorX: number; anchorY: number; isHorizontal: boolean; isVertical: boolean }

function resizeKeepingAspect(rect: Rect, to: ImagePoint, anchor: Anchor, image: Size): Rect {
  const { anchorX, anchorY, isHorizontal, isVertical } = anchor
  const wantedX = isHorizontal ? Math.abs(to.x - anchorX) / rect.w : 0
  const wantedY = isVertical ? Math.abs(to.y - anchorY) / rect.h : 0
  const towardsRight = isHorizontal ? to.x >= anchorX : true
  const towardsBottom = isVertical ? to.y >= anchorY : true
  // Room to grow from the anchor; an axis without a handle grows both ways from its middle.
  const middleX = rect.x + rect.w / 2
  const middleY = rect.y + rect.h / 2
  const roomX = isHorizontal ? (towardsRight ? image.width - anchorX : anchorX) : 2 * Math.min(middleX, image.width - middleX)
  const roomY = isVertical ? (towardsBottom ? image.height - anchorY : anchorY) : 2 * Math.min(middleY, image.height - middleY)
  const most = Math.min(roomX / rect.w, roomY / rect.h)
  const least = Math.min(most, Math.max(MIN_SIDE / rect.w, MIN_SIDE / rect.h))
  const factor = between(Math.max(wantedX, wantedY), least, most)
  const w = rect.w * factor
  const h = rect.h * factor
  return {
    x: isHorizontal ? (towardsRight ? anchorX : anchorX - w) : middleX - w / 2,
    y: isVertical ? (towardsBottom ? anchorY : anchorY - h) : middleY - h / 2,
    w,
    h,
  }
}

/** The rectangle between two corners. `isSquare` takes the longer side for both, as far as the picture goes. */
export function drawnRect(from: ImagePoint, to: ImagePoint, image: Size, isSquare: boolean): Rect {
  const start = { x: between(from.x, 0, image.width), y: between(from.y, 0, image.height) }
  let end = { x: between(to.x, 0, image.width), y: between(to.y, 0, image.height) }
  if (isSquare) {
    const roomX = end.x >= start.x ? image.width - start.x : start.x
    const roomY = end.y >= start.y ? image.height - start.y : start.y
    const side = Math.min(Math.max(Math.abs(end.x - start.x), Math.abs(end.y - start.y)), roomX, roomY)
    end = { x: start.x + Math.sign(end.x - start.x || 1) * side, y: start.y + Math.sign(end.y - start.y || 1) * side }
  }
  const spanX = ordered(start.x, end.x, image.width)
  const spanY = ordered(start.y, end.y, image.height)
  return { x: spanX.start, y: spanY.start, w: spanX.length, h: spanY.length }
}

function ordered(a: number, b: number, limit: number): { start: number; length: number } {
  const length = Math.max(MIN_SIDE, Math.abs(a - b))
  return { start: between(Math.min(a, b), 0, limit - length), length }
}
