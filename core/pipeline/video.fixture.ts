/** Test material: frame tables and signatures of made-up videos. */
import type { FrameTable } from '../frame-table'
import { SIGNATURE_BYTES } from './motion'

/** A table with these pts; the last frame lasts as long as the one before it. */
export function tableOf(pts: readonly number[], timeBase: FrameTable['timeBase'] = [1, 1000]): FrameTable {
  const last = pts.length < 2 ? 40 : (pts.at(-1) ?? 0) - (pts.at(-2) ?? 0)
  return {
    timeBase,
    width: 640,
    height: 360,
    codedWidth: 640,
    codedHeight: 360,
    rotation: 0,
    sar: [1, 1],
    pts: [...pts],
    duration: pts.map((value, index) => (pts[index + 1] ?? value + last) - value),
    key: pts.map((_, index) => index === 0),
  }
}

/** `count` frames at an even rate that divides 1000. */
export const evenTable = (count: number, fps: number, startPts = 0): FrameTable =>
  tableOf(Array.from({ length: count }, (_, index) => startPts + (index * 1000) / fps))

/** Signatures of plain grey frames: the difference of two is the difference of their greys (0–255) over 255. */
export function plainSignatures(greys: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(greys.length * SIGNATURE_BYTES)
  for (const [index, grey] of greys.entries()) bytes.fill(grey, index * SIGNATURE_BYTES, (index + 1) * SIGNATURE_BYTES)
  return bytes
}
