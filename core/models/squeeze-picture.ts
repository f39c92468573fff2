/**
 * A picture as the detector sees it, squeezed to 300 × 300, where no picture library is at hand. A canvas looks at four pixels for each
 * that it draws, however much it shrinks, and loses small things; the server's library weighs all of them by a triangle. So does this.
 */
import { AppError } from '../errors'
import type { Size } from '../geometry'
import { DETECTOR_SIDE } from './detector-io'

/** For place `at` of a side: the first pixel in `first[at]`, and `count` shares from `shares[at * count]` on, 1 together. */
type Taps = { readonly first: Int32Array; readonly count: number; readonly shares: Float32Array }

/**
 * The size in which a picture is to be drawn first: each side is halved while it is at least four times as long as it will be. A canvas
 * looks at all four pixels that a half is made of, the library does the same, and there is less left to weigh.
 */
export function sizeBeforeSqueeze({ width, height }: Size): Size {
  const halved = (side: number): number => (side >= DETECTOR_SIDE * 4 ? halved(Math.round(side / 2)) : side)
  return { width: halved(width), height: halved(height) }
}

/**
 * Triangle filter, as wide as the picture shrinks, of one pixel at least; what lies outside has no share. Where a side grows, the library
 * begins half a pixel earlier, and so do we.
 */
function tapsOf(side: number): Taps {
  const step = side / DETECTOR_SIDE
  const reach = Math.max(1, step)
  const count = Math.min(side, Math.ceil(reach * 2))
  const first = new Int32Array(DETECTOR_SIDE)
  const shares = new Float32Array(DETECTOR_SIDE * count)
  for (let at = 0; at < DETECTOR_SIDE; at += 1) {
    const centre = (step < 1 ? at : at + 0.5) * step
    const from = Math.min(Math.max(0, Math.ceil(centre - reach - 0.5)), side - count)
    const weights = Array.from({ length: count }, (_, tap) => Math.max(0, 1 - Math.abs(from + tap + 0.5 - centre) / reach))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    first[at] = from
    for (const [tap, weight] of weights.entries()) shares[at * count + tap] = weight / total
  }
  return { first, count, shares }
}

/** Each row to 300 pixels: three numbers a pixel. */
function squeezeRows(pixels: Uint8Array | Uint8ClampedArray, { width, height }: Size): Float32Array {
  const { first, count, shares } = tapsOf(width)
  const rows = new Float32Array(DETECTOR_SIDE * height * 3)
  let to = 0
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < DETECTOR_SIDE; x += 1) {
      let [red, green, blue] = [0, 0, 0]
      let from = (y * width + (first[x] ?? 0)) * 4
      for (let tap = x * count; tap < (x + 1) * count; tap += 1) {
        const share = shares[tap] ?? 0
        red += (pixels[from] ?? 0) * share
        green += (pixels[from + 1] ?? 0) * share
        blue += (pixels[from + 2] ?? 0) * share
        from += 4
      }
      rows[to] = red
      rows[to + 1] = green
      rows[to + 2] = blue
      to += 3
    }
  }
  return rows
}

/**
 * O(width × height), at most 15 million multiplications for a picture drawn at `sizeBeforeSqueeze`.
 *
 * @param pixels RGBA, row by row; opacity is left out
 * @returns RGBA of 300 × 300, opaque
 * @throws AppError invalid_input for another number of bytes
 */
export function squeezePicture(pixels: Uint8Array | Uint8ClampedArray, size: Size): Uint8ClampedArray {
  const { width, height } = size
  if (pixels.length !== width * height * 4 || pixels.length === 0) {
    throw new AppError('invalid_input', 'A picture does not have as many pixels as it says.', { width, height, bytes: pixels.length })
  }
  const rows = squeezeRows(pixels, size)
  const { first, count, shares } = tapsOf(height)
  const line = DETECTOR_SIDE * 3
  const squeezed = new Uint8ClampedArray(DETECTOR_SIDE * DETECTOR_SIDE * 4).fill(255)
  const sums = new Float32Array(line)
  for (let y = 0; y < DETECTOR_SIDE; y += 1) {
    sums.fill(0)
    for (let tap = 0; tap < count; tap += 1) {
      const share = shares[y * count + tap] ?? 0
      const from = ((first[y] ?? 0) + tap) * line
      for (let at = 0; at < line; at += 1) sums[at] = (sums[at] ?? 0) + (rows[from + at] ?? 0) * share
    }
    for (let x = 0; x < DETECTOR_SIDE; x += 1) {
      for (let colour = 0; colour < 3; colour += 1) squeezed[(y * DETECTOR_SIDE + x) * 4 + colour] = sums[x * 3 + colour] ?? 0
    }
  }
  return squeezed
}
