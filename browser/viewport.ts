/**
 * Where a picture lies on the screen. Pure: sizes, points and rectangles in, a viewport out.
 * "Image" units are float pixels of the still in display orientation (the units of `Rect`); "screen" units are CSS pixels
 * from the top left corner of the stage. `screen = image * scale + (x, y)`, one scale for both axes.
 */
import type { Rect } from '@/core/records'

export type Size = { readonly width: number; readonly height: number }
export type Point = { readonly x: number; readonly y: number }
export type Viewport = { readonly scale: number; readonly x: number; readonly y: number }

/** Free ground around a fitted picture, so that handles and labels on its edge can be seen and taken. */
export const FIT_MARGIN_PX = 12
/** One image pixel never gets larger than this many screen pixels. */
export const MAX_SCALE = 32
const MIN_SCALE = 0.02
/** Factor of one press of zoom in or out. */
export const ZOOM_STEP = 1.25
/** Share of the view by which an edge of an enlarged picture may come in from the border. */
const PAN_SLACK = 0.25

/** The largest viewport that shows the whole picture with the margin on all sides. A view or picture without area gives scale 1. */
export function fitViewport(view: Size, image: Size, marginPx: number = FIT_MARGIN_PX): Viewport {
  const freeWidth = Math.max(1, view.width - 2 * marginPx)
  const freeHeight = Math.max(1, view.height - 2 * marginPx)
  const isDrawable = image.width > 0 && image.height > 0 && view.width > 0 && view.height > 0
  const scale = isDrawable ? Math.min(freeWidth / image.width, freeHeight / image.height) : 1
  return centred(view, image, scale)
}

/** The picture at one scale in the middle of the view. */
export function centred(view: Size, image: Size, scale: number): Viewport {
  return { scale, x: (view.width - image.width * scale) / 2, y: (view.height - image.height * scale) / 2 }
}

/** Scales that make sense for this pair: from half the fitted size to `MAX_SCALE`. */
export function clampScale(view: Size, image: Size, scale: number): number {
  const fitted = fitViewport(view, image).scale
  const lowest = Math.max(MIN_SCALE, Math.min(fitted, 1) / 2)
  return Math.min(MAX_SCALE, Math.max(lowest, Number.isFinite(scale) ? scale : fitted))
}

/** A picture smaller than the view stays in its middle; a larger one never leaves the view. */
export function clampPan(view: Size, image: Size, viewport: Viewport): Viewport {
  return {
    scale: viewport.scale,
    x: clampAxis(view.width, image.width * viewport.scale, viewport.x),
    y: clampAxis(view.height, image.height * viewport.scale, viewport.y),
  }
}

function clampAxis(view: number, picture: number, offset: number): number {
  if (picture <= view) return (view - picture) / 2
  const slack = view * PAN_SLACK
  return Math.min(slack, Math.max(view - picture - slack, offset))
}

/** Zooms to `scale` so that the image point under `at` (screen) stays under it, as far as the pan limits allow. */
export function zoomAt(view: Size, image: Size, viewport: Viewport, at: Point, scale: number): Viewport {
  const next = clampScale(view, image, scale)
  const anchor = toImage(viewport, at)
  return clampPan(view, image, { scale: next, x: at.x - anchor.x * next, y: at.y - anchor.y * next })
}

/** Moves the picture by screen pixels. */
export function panBy(view: Size, image: Size, viewport: Viewport, dx: number, dy: number): Viewport {
  return clampPan(view, image, { scale: viewport.scale, x: viewport.x + dx, y: viewport.y + dy })
}

/** Brings a rectangle (image units) into view with room around it; zooms out if it would not fit, never in. */
export function revealRect(view: Size, image: Size, viewport: Viewport, rect: Rect): Viewport {
  const room = 48
  const scale = Math.min(viewport.scale, (view.width - 2 * room) / Math.max(1, rect.w), (view.height - 2 * room) / Math.max(1, rect.h))
  const next = clampScale(view, image, scale)
  const middle = { x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 }
  const shown = rectToScreen(viewport, rect)
  const isInside =
    next === viewport.scale && shown.x >= 0 && shown.y >= 0 && shown.x + shown.w <= view.width && shown.y + shown.h <= view.height
  if (isInside) return viewport
  return clampPan(view, image, { scale: next, x: view.width / 2 - middle.x * next, y: view.height / 2 - middle.y * next })
}

export function toImage(viewport: Viewport, screen: Point): Point {
  return { x: (screen.x - viewport.x) / viewport.scale, y: (screen.y - viewport.y) / viewport.scale }
}

export function toScreen(viewport: Viewport, image: Point): Point {
  return { x: image.x * viewport.scale + viewport.x, y: image.y * viewport.scale + viewport.y }
}

export function rectToScreen(viewport: Viewport, rect: Rect): Rect {
  return {
    x: rect.x * viewport.scale + viewport.x,
    y: rect.y * viewport.scale + viewport.y,
    w: rect.w * viewport.scale,
    h: rect.h * viewport.scale,
  }
}

/**
 * The factor one wheel event zooms by. `deltaMode` 1 counts lines, 2 pages. A pinch arrives as a wheel event with ctrl and
 * small deltas, so it gets a stronger exponent. One event never does more than a factor of two.
 */
export function wheelFactor(deltaY: number, deltaMode: number, isPinch: boolean): number {
  const pixels = deltaMode === 1 ? deltaY * 16 : deltaMode === 2 ? deltaY * 400 : deltaY
  const factor = Math.exp(-pixels * (isPinch ? 0.01 : 0.0018))
  return Math.min(2, Math.max(0.5, factor))
}
