/**
 * From the bare numbers of the embedded detector to detections: names instead of numbers, pixels instead of shares, and one box
 * a thing (non-maximum suppression, greedy by score). Per label as SSD does it (Liu et al. 2016, arXiv 1512.02325 §2.2), then
 * across labels, because the same van is otherwise found as a car and as a truck.
 */
import { iou, type Size } from '../geometry'
import type { Rect } from '../records'
import { cocoLabel } from './coco-labels'

/** Score 0–1, rectangle in pixels. */
export type Detection = { readonly label: string; readonly score: number; readonly rect: Rect }

/**
 * Of one picture: best score and class (COCO number less 1) of each anchor; boxes as four rows of `score.length` numbers: top,
 * left, bottom, right, as shares of the picture, which they may leave.
 */
export type RawDetections = {
  readonly score: ArrayLike<number>
  readonly classes: ArrayLike<number | bigint>
  readonly boxes: ArrayLike<number>
}

/** Two boxes of one label are one thing from this overlap on; of different labels from that. */
const SAME_LABEL_IOU = 0.5
const ANY_LABEL_IOU = 0.6
/** Thinner than a pixel is nothing. */
const MIN_SIDE = 1

/** All anchors from a score on, best first, as boxes inside a picture of that size in pixels; nothing suppressed. */
export function candidatesOf(raw: RawDetections, size: Size, minScore: number): Detection[] {
  const count = raw.score.length
  const found: Detection[] = []
  for (let anchor = 0; anchor < count; anchor += 1) {
    const score = raw.score[anchor] ?? 0
    // Written so that NaN is left out too.
    if (!(score >= minScore)) continue
    const label = cocoLabel(Number(raw.classes[anchor] ?? -1) + 1)
    const side = (row: number, length: number) => Math.min(Math.max((raw.boxes[row * count + anchor] ?? 0) * length, 0), length)
    const [top, left, bottom, right] = [side(0, size.height), side(1, size.width), side(2, size.height), side(3, size.width)]
    const rect = { x: left, y: top, w: right - left, h: bottom - top }
    if (label !== null && rect.w >= MIN_SIDE && rect.h >= MIN_SIDE) found.push({ label, score: Math.min(score, 1), rect })
  }
  return found.sort((a, b) => b.score - a.score)
}

/** One box a thing; `candidates` best first, and so is the answer. */
export function suppressed(candidates: readonly Detection[]): Detection[] {
  const kept: Detection[] = []
  for (const each of candidates) {
    const isKnown = kept.some((other) => iou(other.rect, each.rect) >= (other.label === each.label ? SAME_LABEL_IOU : ANY_LABEL_IOU))
    if (!isKnown) kept.push(each)
  }
  return kept
}
