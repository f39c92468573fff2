/** Which way a followed thing moves at a moment: from at most three seconds of its track, and only where no one could object. */
import { iou, type Size } from '../../geometry'
import type { Rect } from '../../records'
import { centreOf } from './place'
import type { Velocity } from './raw-frame'

/** A claim about motion rests on no more of a track than this, seconds: on longer ones identities were swapped. */
export const MAX_TRACKLET_SEC = 3
/** Least way across the view, as parts of the thing's own width and of the view's. */
const MIN_WAY_OF_BOX = 0.5
const MIN_WAY_OF_VIEW = 0.06
/** One axis must lead the other by this factor. */
const AXIS_LEAD = 2.5
/** Area must change by this factor for `towards the camera` and `away from the camera`. */
export const MIN_GROWTH = 1.5
/** A box this close to an edge of the view (part of its side) is cut by it. */
const EDGE = 0.01

/** Directions that a template may speak of, as a viewer sees them. */
export const DIRECTIONS = ['left', 'right', 'up', 'down', 'towards the camera', 'away from the camera'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** One sighting of a track. */
export type TrackPoint = { readonly timeSec: number; readonly rect: Rect; readonly velocity: Velocity | null }

/** The edges of the view that cut the box, as a comparable word. */
export function edgesOf(rect: Rect, view: Size): string {
  const [dx, dy] = [view.width * EDGE, view.height * EDGE]
  const cut = [rect.x <= dx, rect.x + rect.w >= view.width - dx, rect.y <= dy, rect.y + rect.h >= view.height - dy]
  return ['left', 'right', 'top', 'bottom'].filter((_, place) => cut[place]).join(' ')
}

/** The direction of an offset in pixels, when one axis clearly leads. */
export function directionOfOffset(offset: Velocity): Direction | null {
  const [x, y] = [Math.abs(offset.x), Math.abs(offset.y)]
  if (x === 0 && y === 0) return null
  if (x >= AXIS_LEAD * y) return offset.x > 0 ? 'right' : 'left'
  return y >= AXIS_LEAD * x ? (offset.y > 0 ? 'down' : 'up') : null
}

/** Every measured velocity and every step must point the same way. */
function isSteady(points: readonly TrackPoint[], direction: Direction): boolean {
  const steps = points.slice(1).map((point, place) => {
    const [from, to] = [centreOf(points[place]?.rect ?? point.rect), centreOf(point.rect)]
    return { x: to.x - from.x, y: to.y - from.y }
  })
  const measured = points.flatMap(({ velocity }) => velocity ?? [])
  return [...steps, ...measured].every((way) => directionOfOffset(way) === direction)
}

function acrossView(points: readonly TrackPoint[], first: TrackPoint, last: TrackPoint, view: Size): Direction | null {
  const [from, to] = [centreOf(first.rect), centreOf(last.rect)]
  const offset = { x: to.x - from.x, y: to.y - from.y }
  const isFar =
    Math.abs(offset.x) >= Math.max(MIN_WAY_OF_BOX * first.rect.w, MIN_WAY_OF_VIEW * view.width) ||
    Math.abs(offset.y) >= Math.max(MIN_WAY_OF_BOX * first.rect.h, MIN_WAY_OF_VIEW * view.height)
  const direction = directionOfOffset(offset)
  return isFar && direction !== null && isSteady(points, direction) ? direction : null
}

/** Growth counts only while no side edge cuts the box: a thing that comes into view grows too. */
function alongView(points: readonly TrackPoint[], first: TrackPoint, last: TrackPoint, view: Size): Direction | null {
  const edges = new Set(points.map(({ rect }) => edgesOf(rect, view)))
  const [edge] = edges
  if (edges.size !== 1 || (edge !== '' && edge !== 'bottom') || iou(first.rect, last.rect) <= 0) return null
  const areas = points.map(({ rect }) => rect.w * rect.h)
  const grows = areas.every((area, place) => place === 0 || area >= (areas[place - 1] ?? area))
  const shrinks = areas.every((area, place) => place === 0 || area <= (areas[place - 1] ?? area))
  const ratio = (last.rect.w * last.rect.h) / Math.max(1, first.rect.w * first.rect.h)
  if (grows && ratio >= MIN_GROWTH) return 'towards the camera'
  return shrinks && ratio > 0 && ratio <= 1 / MIN_GROWTH ? 'away from the camera' : null
}

/**
 * The direction of a thing around one moment; null when none is certain.
 *
 * @param points the whole track in time order; those within half of `MAX_TRACKLET_SEC` of `timeSec` are used
 */
export function directionAt(points: readonly TrackPoint[], timeSec: number, view: Size): Direction | null {
  const near = points.filter((point) => Math.abs(point.timeSec - timeSec) <= MAX_TRACKLET_SEC / 2)
  const [first, last] = [near[0], near.at(-1)]
  if (first === undefined || last === undefined || near.length < 2) return null
  return acrossView(near, first, last, view) ?? alongView(near, first, last, view)
}
