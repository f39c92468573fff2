/**
 * What lies under the pointer. Konva's own hit test draws every shape a second time and reads pixels back (tens of
 * milliseconds on a large canvas); rectangles are cheaper to ask directly. Pure; screen pixels throughout.
 */
import type { Rect } from '@/core/records'
import { HANDLES, type Handle, handlePoint } from './edit-rect'

type ScreenPoint = { readonly x: number; readonly y: number }
export type HitBox = { readonly id: string; readonly rect: Rect }

/** Side of the square that takes a handle; the drawn handle is half of it. */
export const HANDLE_HIT_PX = 16
/** Distance from a stroke that still counts as on it. */
export const EDGE_HIT_PX = 5

/** The handle under the pointer. Corners win over edge middles, and the nearest of several wins (tiny boxes). */
export function handleAt(rect: Rect, at: ScreenPoint): Handle | null {
  let best: { handle: Handle; distance: number } | null = null
  for (const handle of HANDLES) {
    const point = handlePoint(rect, handle)
    const dx = Math.abs(point.x - at.x)
    const dy = Math.abs(point.y - at.y)
    if (dx > HANDLE_HIT_PX / 2 || dy > HANDLE_HIT_PX / 2) continue
    const distance = Math.max(dx, dy) + (handle.length === 2 ? 0 : 4)
    if (best === null || distance < best.distance) best = { handle, distance }
  }
  return best?.handle ?? null
}

const isWithin = (rect: Rect, at: ScreenPoint, grow: number) =>
  at.x >= rect.x - grow && at.x <= rect.x + rect.w + grow && at.y >= rect.y - grow && at.y <= rect.y + rect.h + grow

export const isInside = (rect: Rect, at: ScreenPoint): boolean => isWithin(rect, at, 0)

/** Whether the point is on the stroke, within the tolerance. */
export function isOnEdge(rect: Rect, at: ScreenPoint): boolean {
  if (!isWithin(rect, at, EDGE_HIT_PX)) return false
  const inset = { x: rect.x + EDGE_HIT_PX, y: rect.y + EDGE_HIT_PX, w: rect.w - 2 * EDGE_HIT_PX, h: rect.h - 2 * EDGE_HIT_PX }
  return inset.w <= 0 || inset.h <= 0 || !isInside(inset, at)
}

/**
 * All boxes under the pointer, the one most likely meant first: boxes whose stroke is hit before boxes merely covering the
 * point, and the smaller before the larger, so that a box inside another can always be reached.
 */
export function boxesAt(boxes: readonly HitBox[], at: ScreenPoint): readonly string[] {
  const hits: { id: string; isEdge: boolean; area: number }[] = []
  for (const box of boxes) {
    if (!isWithin(box.rect, at, EDGE_HIT_PX)) continue
    hits.push({ id: box.id, isEdge: isOnEdge(box.rect, at), area: box.rect.w * box.rect.h })
  }
  hits.sort((a, b) => Number(b.isEdge) - Number(a.isEdge) || a.area - b.area)
  return hits.map((hit) => hit.id)
}

/** The box a click picks. With `isCycling` the next one below the picked one, round and round. */
export function pickBox(boxes: readonly HitBox[], at: ScreenPoint, selectedId: string | null, isCycling: boolean): string | null {
  const ids = boxesAt(boxes, at)
  const place = selectedId === null ? -1 : ids.indexOf(selectedId)
  if (isCycling && place >= 0) return ids[(place + 1) % ids.length] ?? null
  return ids[0] ?? null
}
