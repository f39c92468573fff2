/** Where a thing is, in words: a grid of three columns and three rows over the view, by the centre of its box. */
import type { Point, Size } from '../../geometry'
import type { Rect } from '../../records'

const COLUMNS = ['left', 'centre', 'right'] as const
const ROWS = ['top', 'middle', 'bottom'] as const

/** A centre closer to a line of the grid than this part of the view could as well be called by the neighbour's name. */
export const GRID_MARGIN = 0.04

/** The middle of a rectangle. */
export function centreOf(rect: Rect): Point {
  return { x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 }
}

function third(part: number): 0 | 1 | 2 {
  return part < 1 / 3 ? 0 : part < 2 / 3 ? 1 : 2
}

/**
 * The word of a place: `left`, `centre`, `right` in the middle row, `top left`, `top centre` … in the others.
 *
 * @param view width and height in the pixels that `rect` is in, both above 0
 */
export function placeOf(rect: Rect, view: Size): string {
  const { x, y } = centreOf(rect)
  const column = COLUMNS[third(x / view.width)]
  const row = ROWS[third(y / view.height)]
  return row === 'middle' ? column : `${row} ${column}`
}

/** Whether the centre is clear of the lines between columns, so that two people would use the same word for its column. */
export function isClearlyPlaced(rect: Rect, view: Size): boolean {
  const part = centreOf(rect).x / view.width
  return [1 / 3, 2 / 3].every((line) => Math.abs(part - line) >= GRID_MARGIN)
}

/** The column in a place word. */
export function columnOf(place: string): string {
  return place.slice(place.lastIndexOf(' ') + 1)
}

/** `on the left`, `in the centre`, `at the top right`, `at the bottom centre`. */
export function atPlace(place: string): string {
  if (place.includes(' ')) return `at the ${place}`
  return place === 'centre' ? 'in the centre' : `on the ${place}`
}
