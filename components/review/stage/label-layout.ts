/**
 * Where labels go. A label never covers its object: it sits on the outer edge of its box, above by default, below or at the
 * side where that is taken or off the view. Pure; screen pixels throughout.
 */
import type { Size } from '@/browser/viewport'
import type { Rect } from '@/core/records'

export type LabelRequest = {
  readonly id: string
  /** The box the label belongs to. */
  readonly box: Rect
  readonly width: number
  /** A ghost's label starts at the lower right corner, away from the label of the box it is compared with. */
  readonly side: 'top' | 'bottom'
}
export type LabelPlace = { readonly id: string; readonly rect: Rect }

export const LABEL_HEIGHT_PX = 18
export const LABEL_GAP_PX = 3
const VIEW_MARGIN_PX = 2
/** Above this number of boxes each label takes its first place inside the view; trying all would cost n² for no gain in order. */
const CAREFUL_LIMIT = 120

/** Places labels in the order given (the first gets its wish). `obstacles` are rectangles to leave free if possible. */
export function placeLabels(requests: readonly LabelRequest[], view: Size, obstacles: readonly Rect[] = []): readonly LabelPlace[] {
  const isCareful = requests.length <= CAREFUL_LIMIT
  const placed: LabelPlace[] = []
  for (const request of requests) {
    const places = candidates(request)
    placed.push({
      id: request.id,
      rect: isCareful ? cheapest(places, request, view, placed, requests, obstacles) : firstInside(places, view),
    })
  }
  return placed
}

function candidates({ box, width, side }: LabelRequest): readonly Rect[] {
  const at = (x: number, y: number): Rect => ({ x, y, w: width, h: LABEL_HEIGHT_PX })
  const right = box.x + box.w
  const above = box.y - LABEL_GAP_PX - LABEL_HEIGHT_PX
  const below = box.y + box.h + LABEL_GAP_PX
  const top = [at(box.x, above), at(right - width, above)]
  const bottom = [at(box.x, below), at(right - width, below)]
  const sides = [
    at(right + LABEL_GAP_PX, box.y),
    at(box.x - LABEL_GAP_PX - width, box.y),
    at(right + LABEL_GAP_PX, box.y + box.h - LABEL_HEIGHT_PX),
  ]
  // Last resort for a box that fills the view: inside, in its corner.
  const inside = [at(box.x + LABEL_GAP_PX, box.y + LABEL_GAP_PX)]
  return side === 'top' ? [...top, ...bottom, ...sides, ...inside] : [...bottom.reverse(), ...top.reverse(), ...sides, ...inside]
}

function cheapest(
  places: readonly Rect[],
  request: LabelRequest,
  view: Size,
  placed: readonly LabelPlace[],
  requests: readonly LabelRequest[],
  obstacles: readonly Rect[],
): Rect {
  const area = request.width * LABEL_HEIGHT_PX
  let best = places[0] ?? request.box
  let bestCost = Number.POSITIVE_INFINITY
  places.forEach((wished, rank) => {
    const rect = intoView(wished, view)
    const shift = Math.abs(rect.x - wished.x) + Math.abs(rect.y - wished.y)
    let cost = rank * 0.08 + shift / 40
    for (const other of placed) cost += (overlap(rect, other.rect) / area) * 12
    for (const obstacle of obstacles) cost += (overlap(rect, obstacle) / area) * 1.5
    for (const other of requests) {
      // Covering its own object is worst after covering another label; covering a neighbour's costs a little.
      const common = overlap(rect, other.box)
      if (other.id === request.id) cost += (common / area) * 4
      // Lying across a neighbour's stroke is harder to read than lying within it.
      else if (common > 0) cost += (common / area) * 0.3 + (common < area ? 0.25 : 0)
    }
    if (cost < bestCost) {
      best = rect
      bestCost = cost
    }
  })
  return best
}

function firstInside(places: readonly Rect[], view: Size): Rect {
  const fitting = places.find((rect) => rect.x >= 0 && rect.y >= 0 && rect.x + rect.w <= view.width && rect.y + rect.h <= view.height)
  return fitting ?? intoView(places[0] ?? { x: 0, y: 0, w: 0, h: 0 }, view)
}

function intoView(rect: Rect, view: Size): Rect {
  const x = Math.max(VIEW_MARGIN_PX, Math.min(rect.x, view.width - VIEW_MARGIN_PX - rect.w))
  const y = Math.max(VIEW_MARGIN_PX, Math.min(rect.y, view.height - VIEW_MARGIN_PX - rect.h))
  return { x, y, w: rect.w, h: rect.h }
}

/** Common area of two rectangles. */
export function overlap(a: Rect, b: Rect): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x)
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y)
  return w > 0 && h > 0 ? w * h : 0
}
