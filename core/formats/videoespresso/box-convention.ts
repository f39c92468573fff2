/**
 * The one door for box numbers (invariant 10). The released files do not say what their four numbers mean; the one public
 * loader that ran on them (Open-o3 Video) reads centre x, centre y, width, height in thousandths of the picture, which is
 * the native output of the detector the paper used. That is the default; a file may declare or show another.
 */
import { z } from 'zod'
import { roundRect, type Size } from '@/core/geometry'
import type { Rect } from '@/core/records'
import type { BoxConvention } from '@/core/sample-source'
import type { Four } from './box-list'

/** What four numbers can mean: corners or centre and size; of thousandths, of 0–1 or of pixels. */
export const BOX_CONVENTIONS = ['cxcywh1000', 'xyxy1000', 'cxcywh01', 'xyxy01', 'xyxypx', 'xywhpx'] as const
export const boxConventionNameSchema = z.enum(BOX_CONVENTIONS)
export type BoxConventionName = z.infer<typeof boxConventionNameSchema>
/** Taken where neither a person nor the numbers say otherwise. */
export const DEFAULT_BOX_CONVENTION: BoxConventionName = 'cxcywh1000'

type Shape = 'cxcywh' | 'xyxy' | 'xywh'
/** `unit` = full extent of the picture in this convention, null for pixels. `decimals` written by `fromRect`. */
const MEANING: Readonly<Record<BoxConventionName, { readonly shape: Shape; readonly unit: number | null; readonly decimals: number }>> = {
  cxcywh1000: { shape: 'cxcywh', unit: 1000, decimals: 3 },
  xyxy1000: { shape: 'xyxy', unit: 1000, decimals: 3 },
  cxcywh01: { shape: 'cxcywh', unit: 1, decimals: 6 },
  xyxy01: { shape: 'xyxy', unit: 1, decimals: 6 },
  xyxypx: { shape: 'xyxy', unit: null, decimals: 3 },
  xywhpx: { shape: 'xywh', unit: null, decimals: 3 },
}

/** Pixels kept by `toRect`: 1/1000 px, so that whole numbers of every convention survive the way there and back. */
const RECT_DECIMALS = 3

function cornersOf(shape: Shape, [a, b, c, d]: Four): Four {
  if (shape === 'cxcywh') return [a - c / 2, b - d / 2, a + c / 2, b + d / 2]
  return shape === 'xywh' ? [a, b, a + c, b + d] : [a, b, c, d]
}

/** Four numbers of a file → pixels of the still. Not clipped; crossed corners are put in order. */
export function toRect(four: Four, name: BoxConventionName, size: Size): Rect {
  const { shape, unit } = MEANING[name]
  const [x1, y1, x2, y2] = cornersOf(shape, four)
  const sx = unit === null ? 1 : size.width / unit
  const sy = unit === null ? 1 : size.height / unit
  const rect = { x: Math.min(x1, x2) * sx, y: Math.min(y1, y2) * sy, w: Math.abs(x2 - x1) * sx, h: Math.abs(y2 - y1) * sy }
  return roundRect(rect, RECT_DECIMALS)
}

/** Pixels of the still → four numbers, rounded to the decimals of the convention (≤ 0.001 px, or 1/1000 of a thousandth). */
export function fromRect(rect: Rect, name: BoxConventionName, size: Size): Four {
  const { shape, unit, decimals } = MEANING[name]
  const sx = unit === null ? 1 : unit / size.width
  const sy = unit === null ? 1 : unit / size.height
  const factor = 10 ** decimals
  const round = (value: number) => Math.round(value * factor) / factor + 0
  const { x, y, w, h } = rect
  if (shape === 'cxcywh') return [round((x + w / 2) * sx), round((y + h / 2) * sy), round(w * sx), round(h * sy)]
  if (shape === 'xywh') return [round(x * sx), round(y * sy), round(w * sx), round(h * sy)]
  return [round(x * sx), round(y * sy), round((x + w) * sx), round((y + h) * sy)]
}

/** Share of boxes that a reading of the numbers makes impossible: outside the picture by over 1 %, crossed, or without area. */
export function impossibleShare(boxes: readonly Four[], name: BoxConventionName): number {
  const { shape, unit } = MEANING[name]
  const slack = unit === null ? 0 : unit / 100
  const bad = boxes.filter((four) => {
    const [x1, y1, x2, y2] = cornersOf(shape, four)
    if (x2 <= x1 || y2 <= y1 || x1 < -slack || y1 < -slack) return true
    return unit !== null && (x2 > unit + slack || y2 > unit + slack)
  })
  return boxes.length === 0 ? 0 : bad.length / boxes.length
}

/** What the numbers of a file say: the convention, how it was found, and the shares it was judged by. */
export type Detection = {
  readonly convention: BoxConvention & { readonly name: BoxConventionName }
  readonly boxes: number
  readonly impossible: Readonly<Record<string, number>>
}

const MIN_BOXES = 12
const MIN_GAIN = 0.05

/**
 * Reads the convention off a sample of a file's boxes. Size first: all numbers within 1 → 0–1; over 2 % of the boxes beyond
 * a thousand → pixels; else thousandths. Then the shape with fewer impossible boxes. With few boxes or no clear winner the
 * default of the size class stands (`how` = `default`). A declared convention always wins.
 */
export function detectConvention(boxes: readonly Four[], declared: BoxConventionName | null): Detection {
  const beyond = boxes.filter((four) => four.some((value) => value > 1020)).length
  const isUnit = boxes.length > 0 && boxes.every((four) => four.every((value) => Math.abs(value) <= 1.05))
  const isPixels = !isUnit && beyond > boxes.length * 0.02
  const [usual, other]: readonly [BoxConventionName, BoxConventionName] = isUnit
    ? ['cxcywh01', 'xyxy01']
    : isPixels
      ? ['xyxypx', 'xywhpx']
      : ['cxcywh1000', 'xyxy1000']
  const impossible = { [usual]: impossibleShare(boxes, usual), [other]: impossibleShare(boxes, other) }
  const found = (name: BoxConventionName, how: BoxConvention['how']): Detection => ({
    convention: { name, how },
    boxes: boxes.length,
    impossible,
  })
  if (declared !== null) return found(declared, 'declared')
  const gain = (impossible[usual] ?? 0) - (impossible[other] ?? 0)
  if (boxes.length >= MIN_BOXES && gain > MIN_GAIN) return found(other, 'detected')
  const isClear = boxes.length >= MIN_BOXES && -gain > MIN_GAIN
  return found(usual, isClear || usual !== DEFAULT_BOX_CONVENTION ? 'detected' : 'default')
}
