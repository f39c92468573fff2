/**
 * The detector sees a square of 300 pixels, so a car in a wide picture is a few pixels high, and a picture that holds nothing
 * it knows may still be called a boat from edge to edge. Therefore each picture is looked at several times: whole, from
 * further back (with an empty border), and in overlapping squares of two sizes (slicing, after Akyon et al. 2022, SAHI).
 */
import { clampRect, containsPoint, iou, type Size } from '../../geometry'
import { type Detection, suppressed } from '../../models/detections'
import type { Rect } from '../../records'
import { centreOf } from './place'

/** `rect` in pixels of the picture; `wide` reaches beyond it, and what is outside is to be filled with grey. */
export type Look = { readonly kind: 'whole' | 'wide' | 'tile'; readonly rect: Rect }

/** Sides of the squares, as parts of the shorter side of the picture. */
const TILE_SIDES = [1, 0.6]
/** Neighbouring squares begin this part of their side apart, so that things up to 0.4 of it are whole in one of them. */
const TILE_STEP = 0.6
/** How much larger than the picture the look from further back is. */
const WIDE = 1.5
/** From this part of the picture on a box is believed only when the look from further back shows the same. */
export const BIG_SHARE = 0.3
/** The look from further back shows the same thing from this overlap on. */
const SAME_IOU = 0.5
/** A box is a part of another one of its label when this much of it lies inside. */
const PART_SHARE = 0.85
/** A border of a look that is closer than this part of its side cuts the thing. */
const CUT = 0.015

/** Overlapping stretches of a side; one stretch, a little longer, where that is enough. */
function stretches(length: number, side: number): { from: number; size: number }[] {
  if (length <= side * 1.15) return [{ from: 0, size: length }]
  const count = Math.ceil((length - side) / (side * TILE_STEP)) + 1
  return Array.from({ length: count }, (_, place) => ({ from: Math.round((place * (length - side)) / (count - 1)), size: side }))
}

function tilesOf(view: Size, part: number): Look[] {
  const side = Math.max(1, Math.round(Math.min(view.width, view.height) * part))
  return stretches(view.width, side).flatMap((across) =>
    stretches(view.height, side).map((down): Look => {
      return { kind: 'tile', rect: { x: across.from, y: down.from, w: across.size, h: down.size } }
    }),
  )
}

/** Whether any of the boxes is in the middle of the look: then the same thing is to be seen there a moment later as well. */
export function showsAny(look: Look, rects: readonly Rect[]): boolean {
  return look.kind !== 'tile' || rects.some((rect) => containsPoint(look.rect, centreOf(rect)))
}

/** All looks at a picture of this size, the whole first. */
export function looksAt(view: Size): Look[] {
  const [w, h] = [view.width * WIDE, view.height * WIDE]
  const wide = { x: Math.round((view.width - w) / 2), y: Math.round((view.height - h) / 2), w: Math.round(w), h: Math.round(h) }
  const whole: Rect = { x: 0, y: 0, w: view.width, h: view.height }
  const tiles = TILE_SIDES.flatMap((part) => tilesOf(view, part)).filter(({ rect }) => rect.w < view.width || rect.h < view.height)
  return [{ kind: 'whole', rect: whole }, { kind: 'wide', rect: wide }, ...tiles]
}

/** Whether a border of the look that is not one of the picture runs along the box: then only a part of the thing was seen. */
function isCut(rect: Rect, look: Look, view: Size): boolean {
  const [dx, dy] = [look.rect.w * CUT, look.rect.h * CUT]
  const { x, y, w, h } = look.rect
  return (
    (x > 0 && rect.x < dx) ||
    (y > 0 && rect.y < dy) ||
    (x + w < view.width && rect.x + rect.w > w - dx) ||
    (y + h < view.height && rect.y + rect.h > h - dy)
  )
}

function insideShare(part: Rect, whole: Rect): number {
  const w = Math.min(part.x + part.w, whole.x + whole.w) - Math.max(part.x, whole.x)
  const h = Math.min(part.y + part.h, whole.y + whole.h) - Math.max(part.y, whole.y)
  return w > 0 && h > 0 && part.w * part.h > 0 ? (w * h) / (part.w * part.h) : 0
}

/** A big box takes the lower of both scores, and the tighter rectangle of the look from further back. */
function believed(box: Detection, wide: readonly Detection[], view: Size): Detection | null {
  if (box.rect.w * box.rect.h <= BIG_SHARE * view.width * view.height) return box
  const twin = wide.find((other) => other.label === box.label && iou(other.rect, box.rect) >= SAME_IOU)
  return twin === undefined ? null : { ...box, rect: twin.rect, score: Math.min(box.score, twin.score) }
}

/** Boxes that hold two or more boxes of their own label are groups, not things. */
function withoutGroups(boxes: readonly Detection[]): Detection[] {
  return boxes.filter((box) => {
    const inside = boxes.filter((other) => other !== box && other.label === box.label && insideShare(other.rect, box.rect) >= PART_SHARE)
    return inside.length < 2
  })
}

/** Boxes that lie inside a better or larger one of their label are parts of that thing. */
function withoutParts(boxes: readonly Detection[]): Detection[] {
  return boxes.filter(
    (box) => !boxes.some((other) => other !== box && other.label === box.label && insideShare(box.rect, other.rect) >= PART_SHARE),
  )
}

/**
 * One list of what all looks found, best first: in pixels of the picture, cut-off parts and doubles left out.
 *
 * @param found the detections of each look, in pixels of that look
 */
export function mergeLooks(found: readonly { readonly look: Look; readonly detections: readonly Detection[] }[], view: Size): Detection[] {
  const placed = (kind: Look['kind'] | null) =>
    found
      .filter(({ look }) => (kind === null ? look.kind !== 'wide' : look.kind === kind))
      .flatMap(({ look, detections }) =>
        detections
          .filter(({ rect }) => !isCut(rect, look, view))
          .map((one) => ({ ...one, rect: clampRect({ ...one.rect, x: one.rect.x + look.rect.x, y: one.rect.y + look.rect.y }, view) })),
      )
      .filter(({ rect }) => rect.w > 0 && rect.h > 0)
      .sort((a, b) => b.score - a.score)
  const wide = placed('wide')
  const boxes = placed(null)
    .flatMap((box) => believed(box, wide, view) ?? [])
    .sort((a, b) => b.score - a.score)
  return withoutParts(withoutGroups(suppressed(boxes)))
}
