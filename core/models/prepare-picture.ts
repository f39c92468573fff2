/**
 * A picture as the numbers that a dual encoder takes, computed here for wasm; the graphics card does the same steps in
 * browser/selector/picture-shader.ts. Both follow what Transformers.js does on the server (an affine transform by libvips): the corner
 * stays where it is, nothing is averaged when a picture shrinks, what lies outside is black, and the outcome is rounded to a byte.
 */
import { AppError } from '../errors'
import type { PicturePreparation, PreparationPlan } from './picture-preparation'

/** Of libvips: between two pixels, the cubic filter knows this many places, and shares are whole parts of this many. */
export const CUBIC_STEPS = 64
export const CUBIC_WHOLE = 4096

/** Taps of one row or column of the outcome: the pixel of the first, and their shares, of 1 or (bicubic) of `CUBIC_WHOLE`. */
type Taps = { readonly from: number; readonly shares: readonly number[] }

/**
 * @param pixels RGBA, row by row, of the plan's source; opacity is left out
 * @returns three planes (red, green, blue) of the plan's width × height, row by row
 * @throws AppError invalid_input for another number of bytes
 */
export function preparePicture(
  pixels: Uint8Array | Uint8ClampedArray,
  plan: PreparationPlan,
  { filter, scale, offset }: Pick<PicturePreparation, 'filter' | 'scale' | 'offset'>,
): Float32Array {
  const { source, resized, width, height } = plan
  if (pixels.length !== source.width * source.height * 4) {
    throw new AppError('invalid_input', 'A picture has not the number of bytes of its size.', { bytes: pixels.length })
  }
  const columns = Array.from({ length: width }, (_, x) => tapsOf(x + plan.left, source.width, resized.width, filter))
  const rows = Array.from({ length: height }, (_, y) => tapsOf(y + plan.top, source.height, resized.height, filter))
  const isCubic = filter === 'bicubic'
  const planes = new Float32Array(width * height * 3)
  for (const [y, row] of rows.entries()) {
    for (const [x, column] of columns.entries()) {
      for (const colour of [0, 1, 2] as const) {
        const byte = sample(pixels, source, row, column, colour, isCubic)
        planes[(colour * height + y) * width + x] = byte * scale[colour] + offset[colour]
      }
    }
  }
  return planes
}

const NOTHING: Taps = { from: 0, shares: [] }

/** For place `at` of a side that had `source` pixels and has `resized` now. */
function tapsOf(at: number, source: number, resized: number, filter: PicturePreparation['filter']): Taps {
  if (at < 0 || at >= resized) return NOTHING
  const from = Math.floor((at * source) / resized)
  // Of whole numbers, so that no error of the division moves a place.
  const part = (at * source - from * resized) / resized
  if (source === resized) return { from, shares: [filter === 'bilinear' ? 1 : CUBIC_WHOLE] }
  return filter === 'bilinear' ? { from, shares: [1 - part, part] } : { from: from - 1, shares: cubicShares(part) }
}

/** Catmull-Rom, at the nearest of the places that libvips knows, in whole parts. */
function cubicShares(part: number): readonly number[] {
  const t = Math.floor(part * CUBIC_STEPS + 0.5) / CUBIC_STEPS
  const [t2, t3] = [t * t, t * t * t]
  const shares = [-0.5 * t + t2 - 0.5 * t3, 1 - 2.5 * t2 + 1.5 * t3, 0.5 * t + 2 * t2 - 1.5 * t3, 0.5 * t3 - 0.5 * t2]
  return shares.map((share) => Math.trunc(share * CUBIC_WHOLE))
}

const rounded = (sum: number, isCubic: boolean) => Math.floor((isCubic ? sum / CUBIC_WHOLE : sum) + 0.5)

function sample(
  pixels: Uint8Array | Uint8ClampedArray,
  source: PreparationPlan['source'],
  row: Taps,
  column: Taps,
  colour: number,
  isCubic: boolean,
): number {
  let sum = 0
  for (let j = 0; j < row.shares.length; j += 1) {
    const y = row.from + j
    if (y < 0 || y >= source.height) continue
    let across = 0
    for (let i = 0; i < column.shares.length; i += 1) {
      const x = column.from + i
      if (x < 0 || x >= source.width) continue
      across += (column.shares[i] ?? 0) * (pixels[(y * source.width + x) * 4 + colour] ?? 0)
    }
    // The cubic filter rounds on the way, too.
    sum += (row.shares[j] ?? 0) * (isCubic ? rounded(across, true) : across)
  }
  return Math.min(255, Math.max(0, rounded(sum, isCubic)))
}
