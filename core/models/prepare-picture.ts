/**
 * A picture as the numbers that a dual encoder takes, computed here for wasm; the graphics card does the same steps in
 * browser/selector/picture-shader.ts. Both give what Transformers.js gives on the server, nearly always to the byte: the corner stays where it is,
 * nothing is averaged when a picture shrinks, what lies outside is black, and the outcome is rounded to a byte.
 */
import { AppError } from '../errors'
import type { PicturePreparation, PreparationPlan } from './picture-preparation'
import { type ResizeFilter, resizeSteps, resizeTaps, type Taps, WHOLE } from './resize-taps'

/** Taps of every column and every row of the outcome. */
export function planTaps(
  plan: PreparationPlan,
  filter: ResizeFilter,
): { readonly columns: readonly Taps[]; readonly rows: readonly Taps[] } {
  const { source, resized } = plan
  const [across, down] = resizeSteps(source, resized)
  const columns = { source: source.width, resized: resized.width, start: plan.left, count: plan.width }
  const rows = { source: source.height, resized: resized.height, start: plan.top, count: plan.height }
  return { columns: resizeTaps(columns, filter, across, true), rows: resizeTaps(rows, filter, down, false) }
}

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
  const { source, width, height } = plan
  if (pixels.length !== source.width * source.height * 4) {
    throw new AppError('invalid_input', 'A picture has not the number of bytes of its size.', { bytes: pixels.length })
  }
  const { columns, rows } = planTaps(plan, filter)
  const byteAt = filter === 'bilinear' ? bilinear : bicubic
  const planes = new Float32Array(width * height * 3)
  for (const [y, row] of rows.entries()) {
    for (const [x, column] of columns.entries()) {
      if (row.shares.length === 0 || column.shares.length === 0) {
        for (const colour of [0, 1, 2] as const) planes[(colour * height + y) * width + x] = offset[colour]
        continue
      }
      for (const colour of [0, 1, 2] as const) {
        const at = (i: number, j: number) => pixelAt(pixels, source, column.first + i, row.first + j, colour)
        planes[(colour * height + y) * width + x] = byteAt(at, column.shares, row.shares) * scale[colour] + offset[colour]
      }
    }
  }
  return planes
}

function pixelAt(pixels: ArrayLike<number>, { width, height }: PreparationPlan['source'], x: number, y: number, colour: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : (pixels[(y * width + x) * 4 + colour] ?? 0)
}

type At = (column: number, row: number) => number

const rounded = (sum: number) => (sum + WHOLE / 2) >> 12

/** The four shares are rounded down together with each other, so that they are a whole. */
function bilinear(at: At, [, x = 0]: readonly number[], [above = 0, y = 0]: readonly number[]): number {
  const [both, right] = [(x * y) >> 12, (x * above) >> 12]
  return rounded((above - right) * at(0, 0) + right * at(1, 0) + (y - both) * at(0, 1) + both * at(1, 1))
}

/** Rounds on the way, too; only the end is brought back into a byte. */
function bicubic(at: At, columns: readonly number[], rows: readonly number[]): number {
  let sum = 0
  for (let j = 0; j < 4; j += 1) {
    let across = 0
    for (let i = 0; i < 4; i += 1) across += (columns[i] ?? 0) * at(i, j)
    sum += (rows[j] ?? 0) * rounded(across)
  }
  return Math.min(255, Math.max(0, rounded(sum)))
}
