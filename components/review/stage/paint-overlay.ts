/** What lies above the boxes for the length of a gesture: guide lines, the rectangle being drawn, extreme clicks, the loupe. Screen pixels. */
import type { Point, Size, Viewport } from '@/browser/viewport'
import { toImage } from '@/browser/viewport'
import type { Rect } from '@/core/records'
import type { Palette } from './palette'

type Context = CanvasRenderingContext2D

export const LOUPE_RADIUS = 84

/** Full-length lines through the pointer, so that an edge can be lined up before the first click. */
export function paintGuides(context: Context, at: Point, view: Size, palette: Palette): void {
  const x = Math.round(at.x) + 0.5
  const y = Math.round(at.y) + 0.5
  context.save()
  for (const [colour, width, alpha] of [
    [palette.halo, 3, 0.6],
    [palette.ghost, 1, 0.8],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = width
    context.globalAlpha = alpha
    context.beginPath()
    context.moveTo(x, 0)
    context.lineTo(x, view.height)
    context.moveTo(0, y)
    context.lineTo(view.width, y)
    context.stroke()
  }
  context.restore()
}

/** A small cross in a ring for each click made, with its number. */
export function paintExtremes(context: Context, points: readonly Point[], colour: string, palette: Palette): void {
  context.save()
  points.forEach((point, place) => {
    context.lineWidth = HALO_RING
    context.strokeStyle = palette.halo
    ring(context, point, 6)
    context.lineWidth = 2
    context.strokeStyle = colour
    ring(context, point, 6)
    context.fillStyle = palette.ghost
    context.fillRect(point.x - 1, point.y - 1, 2, 2)
    context.font = `620 10px ${palette.font}`
    context.lineWidth = 3
    context.strokeStyle = palette.halo
    context.strokeText(String(place + 1), point.x + 10, point.y - 6)
    context.fillText(String(place + 1), point.x + 10, point.y - 6)
  })
  context.restore()
}

const HALO_RING = 5

function ring(context: Context, at: Point, radius: number): void {
  context.beginPath()
  context.arc(at.x, at.y, radius, 0, Math.PI * 2)
  context.stroke()
}

export type Loupe = {
  readonly at: Point
  readonly picture: CanvasImageSource
  /** Size in image units; the file may hold the same picture at another size. */
  readonly imageSize: Size
  readonly viewport: Viewport
  readonly boxes: readonly { readonly rect: Rect; readonly colour: string }[]
  readonly filter: string
}

/** How many screen pixels one image pixel takes in the loupe. */
export const loupeScale = (scale: number) => Math.min(24, Math.max(4, scale * 4))

/** A round magnifier under the pointer, pixel by pixel, with the boxes' strokes and the coordinates of the pixel. */
export function paintLoupe(context: Context, loupe: Loupe, view: Size, palette: Palette): void {
  const middle = toImage(loupe.viewport, loupe.at)
  const scale = loupeScale(loupe.viewport.scale)
  const x = Math.min(view.width - LOUPE_RADIUS - 4, Math.max(LOUPE_RADIUS + 4, loupe.at.x))
  const y = Math.min(view.height - LOUPE_RADIUS - 4, Math.max(LOUPE_RADIUS + 4, loupe.at.y))
  context.save()
  context.beginPath()
  context.arc(x, y, LOUPE_RADIUS, 0, Math.PI * 2)
  context.save()
  context.clip()
  context.fillStyle = palette.well
  context.fillRect(x - LOUPE_RADIUS, y - LOUPE_RADIUS, LOUPE_RADIUS * 2, LOUPE_RADIUS * 2)
  context.translate(x - middle.x * scale, y - middle.y * scale)
  context.scale(scale, scale)
  context.imageSmoothingEnabled = false
  context.filter = loupe.filter
  context.drawImage(loupe.picture, 0, 0, loupe.imageSize.width, loupe.imageSize.height)
  context.filter = 'none'
  for (const box of loupe.boxes) {
    context.lineWidth = 3 / scale
    context.strokeStyle = palette.halo
    context.strokeRect(box.rect.x, box.rect.y, box.rect.w, box.rect.h)
    context.lineWidth = 1.5 / scale
    context.strokeStyle = box.colour
    context.strokeRect(box.rect.x, box.rect.y, box.rect.w, box.rect.h)
  }
  context.restore()
  context.lineWidth = 4
  context.strokeStyle = palette.halo
  context.stroke()
  context.lineWidth = 2
  context.strokeStyle = palette.ghost
  context.stroke()
  paintAim(context, x, y, palette)
  const text = `${Math.floor(middle.x)}, ${Math.floor(middle.y)}`
  context.font = `530 10px ${palette.font}`
  context.textAlign = 'center'
  context.lineWidth = 3
  context.strokeStyle = palette.halo
  context.strokeText(text, x, y + LOUPE_RADIUS - 14)
  context.fillStyle = palette.ghost
  context.fillText(text, x, y + LOUPE_RADIUS - 14)
  context.restore()
}

function paintAim(context: Context, x: number, y: number, palette: Palette): void {
  for (const [colour, width] of [
    [palette.halo, 3],
    [palette.ghost, 1],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = width
    context.beginPath()
    context.moveTo(x - 14, y)
    context.lineTo(x - 4, y)
    context.moveTo(x + 4, y)
    context.lineTo(x + 14, y)
    context.moveTo(x, y - 14)
    context.lineTo(x, y - 4)
    context.moveTo(x, y + 4)
    context.lineTo(x, y + 14)
    context.stroke()
  }
}
