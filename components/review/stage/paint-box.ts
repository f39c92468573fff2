/** Draws boxes, labels and handles with a plain 2d context, in screen pixels. Every stroke lies on a dark halo so that it can be seen on any picture. */
import type { Rect } from '@/core/records'
import { HANDLES, handlePoint } from './edit-rect'
import { LABEL_HEIGHT_PX } from './label-layout'
import type { Palette } from './palette'
import type { StageBox } from './stage-types'

type Context = CanvasRenderingContext2D

export const HALO_WIDTH = 4
export const IDLE_WIDTH = 1.5
export const STRONG_WIDTH = 2
const GHOST_DASH = [5, 4]
const STALE_DASH = [7, 3]
const REJECTED_DASH = [2, 3]
const DIMMED_ALPHA = 0.5
const MAX_LABEL_LETTERS = 32

/** Dash of an idle stroke: what is doubtful or refused is not drawn solid, so that it can be told without colour. */
export function dashOf(box: StageBox): readonly number[] {
  if (box.verdict === 'rejected') return REJECTED_DASH
  if (box.verdict === 'stale' || box.isMissing) return STALE_DASH
  return []
}

const isDimmedBy = (box: StageBox, hoveredObjectId: string | null) =>
  box.isDimmed || (hoveredObjectId !== null && box.objectId !== hoveredObjectId)

/**
 * Strokes of all idle boxes in few calls: boxes of the same strength, colour and dash share one path.
 * `rects` are the screen rectangles of `boxes`, index by index.
 */
export function paintIdleBoxes(
  context: Context,
  boxes: readonly StageBox[],
  rects: readonly Rect[],
  hoveredObjectId: string | null,
  palette: Palette,
): void {
  const groups = new Map<string, { alpha: number; colour: string; dash: readonly number[]; rects: Rect[] }>()
  boxes.forEach((box, place) => {
    const rect = rects[place]
    if (!rect) return
    const alpha = isDimmedBy(box, hoveredObjectId) ? DIMMED_ALPHA : 1
    const dash = dashOf(box)
    const key = `${alpha}/${box.colour}/${dash.join()}`
    const group = groups.get(key)
    if (group) group.rects.push(rect)
    else groups.set(key, { alpha, colour: palette.box[box.colour], dash, rects: [rect] })
  })
  const ordered = [...groups.values()].sort((a, b) => a.alpha - b.alpha)
  for (const group of ordered) strokeRects(context, group.rects, palette.halo, HALO_WIDTH, [], group.alpha)
  for (const group of ordered) strokeRects(context, group.rects, group.colour, IDLE_WIDTH, group.dash, group.alpha)
}

function strokeRects(
  context: Context,
  rects: readonly Rect[],
  colour: string,
  width: number,
  dash: readonly number[],
  alpha: number,
): void {
  context.save()
  context.globalAlpha = alpha
  context.strokeStyle = colour
  context.lineWidth = width
  context.setLineDash([...dash])
  context.beginPath()
  for (const rect of rects) context.rect(rect.x, rect.y, rect.w, rect.h)
  context.stroke()
  context.restore()
}

/** The selected box: 9 % fill, thick stroke. */
export function paintStrongBox(context: Context, rect: Rect, colour: string, palette: Palette, dash: readonly number[] = []): void {
  context.save()
  context.globalAlpha = 0.09
  context.fillStyle = colour
  context.fillRect(rect.x, rect.y, rect.w, rect.h)
  context.restore()
  strokeRects(context, [rect], palette.halo, HALO_WIDTH, [], 1)
  strokeRects(context, [rect], colour, STRONG_WIDTH, dash, 1)
}

/** A draft's box under the present one. */
export function paintGhost(context: Context, rect: Rect, palette: Palette): void {
  strokeRects(context, [rect], palette.halo, 3, GHOST_DASH, 0.92)
  strokeRects(context, [rect], palette.ghost, IDLE_WIDTH, GHOST_DASH, 0.92)
}

/** Eight 8 px squares; those of the edge middles go when the edge is too short to tell them apart. */
export function paintHandles(context: Context, rect: Rect, colour: string, palette: Palette): void {
  context.save()
  for (const handle of HANDLES) {
    const isMiddle = handle.length === 1
    if (isMiddle && (handle === 'n' || handle === 's' ? rect.w : rect.h) < 28) continue
    const point = handlePoint(rect, handle)
    const x = Math.round(point.x) - 4
    const y = Math.round(point.y) - 4
    context.fillStyle = colour
    context.fillRect(x - 1, y - 1, 10, 10)
    context.fillStyle = palette.labelInk
    context.fillRect(x, y, 8, 8)
    context.fillStyle = palette.ghost
    context.fillRect(x + 1.5, y + 1.5, 5, 5)
  }
  context.restore()
}

export type LabelPart = {
  readonly text: string
  readonly weight: 480 | 500 | 620
  readonly tone: 'text' | 'ink' | 'colour'
  readonly alpha: number
}

/** The pieces of a box's label: number, name, and for the selected one its size in image pixels. */
export function labelParts(box: StageBox, isStrong: boolean): readonly LabelPart[] {
  const name = box.label.length > MAX_LABEL_LETTERS ? `${box.label.slice(0, MAX_LABEL_LETTERS - 1)}…` : box.label
  const tone = isStrong ? 'ink' : 'text'
  const parts: LabelPart[] = [
    { text: String(box.number), weight: 620, tone: isStrong ? 'ink' : 'colour', alpha: 1 },
    { text: name, weight: 620, tone, alpha: 1 },
  ]
  const size = `${wholeOrTenths(box.rect.w)} × ${wholeOrTenths(box.rect.h)}`
  if (isStrong) parts.push({ text: size, weight: 480, tone, alpha: 0.85 })
  else if (box.verdict === 'stale' || box.verdict === 'rejected') parts.push({ text: box.verdict, weight: 480, tone, alpha: 0.8 })
  else if (box.isMissing) parts.push({ text: 'not found', weight: 480, tone, alpha: 0.8 })
  return parts
}

export const ghostParts = (ghost: StageBox): readonly LabelPart[] => [{ text: ghost.label, weight: 500, tone: 'text', alpha: 1 }]

const wholeOrTenths = (value: number) => String(Math.round(value * 10) / 10)

const PART_GAP = 4
const PADDING_LEFT = 4
const PADDING_RIGHT = 5

const fontOf = (part: LabelPart, palette: Palette) => `${part.weight} 11px ${palette.font}`

/** Widths of label texts by font and text: measuring is the dear part of drawing hundreds of labels. */
const widths = new Map<string, number>()

export function forgetTextWidths(): void {
  widths.clear()
}

function textWidth(context: Context, part: LabelPart, palette: Palette): number {
  const key = `${part.weight}/${part.text}`
  const known = widths.get(key)
  if (known !== undefined) return known
  context.font = fontOf(part, palette)
  const width = context.measureText(part.text).width
  if (widths.size > 4000) widths.clear()
  widths.set(key, width)
  return width
}

export function labelWidth(context: Context, parts: readonly LabelPart[], palette: Palette): number {
  const texts = parts.reduce((sum, part) => sum + textWidth(context, part, palette), 0)
  return Math.ceil(texts + PART_GAP * (parts.length - 1) + PADDING_LEFT + PADDING_RIGHT)
}

export type LabelLook = { readonly colour: string; readonly isFilled: boolean; readonly alpha: number }

export function paintLabel(context: Context, rect: Rect, parts: readonly LabelPart[], look: LabelLook, palette: Palette): void {
  const x = Math.round(rect.x)
  const y = Math.round(rect.y)
  context.save()
  context.globalAlpha = look.alpha
  context.strokeStyle = palette.halo
  context.lineWidth = 1
  roundedRect(context, x - 0.5, y - 0.5, rect.w + 1, LABEL_HEIGHT_PX + 1, 3.5)
  context.stroke()
  context.fillStyle = look.isFilled ? look.colour : palette.labelGround
  roundedRect(context, x, y, rect.w, LABEL_HEIGHT_PX, 3)
  context.fill()
  context.textBaseline = 'alphabetic'
  let left = x + PADDING_LEFT
  for (const part of parts) {
    context.font = fontOf(part, palette)
    context.globalAlpha = look.alpha * part.alpha
    context.fillStyle = part.tone === 'ink' ? palette.labelInk : part.tone === 'colour' ? look.colour : palette.labelText
    context.fillText(part.text, left, y + 13)
    left += textWidth(context, part, palette) + PART_GAP
  }
  context.restore()
}

function roundedRect(context: Context, x: number, y: number, w: number, h: number, radius: number): void {
  context.beginPath()
  context.roundRect(x, y, w, h, radius)
}

export const labelAlpha = (box: StageBox, hoveredObjectId: string | null) => (isDimmedBy(box, hoveredObjectId) ? DIMMED_ALPHA : 1)
