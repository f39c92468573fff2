/** Rectangles in float pixels of a still, display orientation: left, top, width, height (`Rect` of records.ts). */
import type { Rect } from './records'

/** In pixels of the still, display orientation. */
export type Point = { readonly x: number; readonly y: number }
/** In pixels of the still, display orientation. */
export type Size = { readonly width: number; readonly height: number }

/** The rectangle between two opposite corners, in any order. */
export function rectFromCorners(a: Point, b: Point): Rect {
  return rectFromExtremes([a, b])
}

/**
 * The rectangle that four extreme clicks (top, left, bottom, right, in any order) describe: the smallest that holds all
 * of them (extreme clicking, Papadopoulos et al. 2017). No points = an empty rectangle at the origin.
 */
export function rectFromExtremes(points: readonly Point[]): Rect {
  if (points.length === 0) return { x: 0, y: 0, w: 0, h: 0 }
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  const x = Math.min(...xs)
  const y = Math.min(...ys)
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y }
}

/** Area of the common part, in square pixels. */
function overlapArea(a: Rect, b: Rect): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x)
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y)
  return w > 0 && h > 0 ? w * h : 0
}

/** Intersection over union, 0–1. Two empty rectangles have 0. */
export function iou(a: Rect, b: Rect): number {
  const common = overlapArea(a, b)
  const union = a.w * a.h + b.w * b.h - common
  return union > 0 ? Math.min(1, common / union) : 0
}

/** The part of a rectangle inside the picture; empty, at the nearest edge, when it lies wholly outside. */
export function clampRect(rect: Rect, size: Size): Rect {
  const within = (value: number, limit: number) => Math.min(Math.max(value, 0), limit)
  const x = within(rect.x, size.width)
  const y = within(rect.y, size.height)
  return { x, y, w: within(rect.x + rect.w, size.width) - x, h: within(rect.y + rect.h, size.height) - y }
}

/** Area of the rectangle over area of the picture, not clipped. A picture without area gives 0. */
export function areaShare(rect: Rect, size: Size): number {
  const picture = size.width * size.height
  return picture > 0 ? (rect.w * rect.h) / picture : 0
}

/** Whether the point lies in the rectangle; left and top edge included, right and bottom not, so tiles never share a point. */
export function containsPoint(rect: Rect, point: Point): boolean {
  return point.x >= rect.x && point.y >= rect.y && point.x < rect.x + rect.w && point.y < rect.y + rect.h
}

/** Rounds to `decimals` places (2 by default: well below what a hand can place), so that equal boxes compare equal. */
export function roundRect(rect: Rect, decimals = 2): Rect {
  const factor = 10 ** decimals
  const round = (value: number) => Math.round(value * factor) / factor + 0
  return { x: round(rect.x), y: round(rect.y), w: round(rect.w), h: round(rect.h) }
}
