/**
 * A box by four clicks on the topmost, leftmost, bottommost and rightmost point of a thing, in any order
 * (Papadopoulos et al., Extreme clicking, ICCV 2017): faster than a drag, and the edges are aimed at one by one. Pure.
 */
import type { Size } from '@/browser/viewport'
import type { Rect } from '@/core/records'
import { drawnRect } from './edit-rect'

type ImagePoint = { readonly x: number; readonly y: number }

export const EXTREME_COUNT = 4

/** Adds a click. With the fourth the rectangle is there and the points are used up. */
export function addExtreme(
  points: readonly ImagePoint[],
  click: ImagePoint,
  image: Size,
): { readonly points: readonly ImagePoint[]; readonly rect: Rect | null } {
  const next = [...points, { x: Math.min(image.width, Math.max(0, click.x)), y: Math.min(image.height, Math.max(0, click.y)) }]
  if (next.length < EXTREME_COUNT) return { points: next, rect: null }
  return { points: [], rect: extremeRect(next, image) }
}

/** Takes the last click back. */
export const removeExtreme = (points: readonly ImagePoint[]): readonly ImagePoint[] => points.slice(0, -1)

/** The tightest rectangle around the points; `null` without points. */
export function extremeRect(points: readonly ImagePoint[], image: Size): Rect | null {
  if (points.length === 0) return null
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  return drawnRect({ x: Math.min(...xs), y: Math.min(...ys) }, { x: Math.max(...xs), y: Math.max(...ys) }, image, false)
}
