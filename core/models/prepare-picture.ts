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
        planes[(colour * height + y) * width + x] = byteAt({ pixels, source, colour }, column, row) * scale[colour] + offset[colour]
      }
    }
  }
  return planes
}

type Colour = { readonly pixels: Uint8Array | Uint8ClampedArray; readonly source: PreparationPlan['source']; readonly colour: number }

function pixelAt({ pixels, source, colour }: Colour, x: number, y: number): number {
  const { width, height } = source
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : (pixels[(y * width + x) * 4 + colour] ?? 0)
}

const rounded = (sum: number) => (sum + WHOLE / 2) >> 12

/** The four shares are rounded down together with each other, so that they are a whole. */
function bilinear(of: Colour, column: Taps, row: Taps): number {
  const { first: left, shares: columns } = column
  const { first: top, shares: rows } = row
  const [x, y, above] = [columns[1] ?? 0, rows[1] ?? 0, rows[0] ?? 0]
  const [both, right] = [(x * y) >> 12, (x * above) >> 12]
  const upper = (above - right) * pixelAt(of, left, top) + right * pixelAt(of, left + 1, top)
  return rounded(upper + (y - both) * pixelAt(of, left, top + 1) + both * pixelAt(of, left + 1, top + 1))
}

/** Rounds on the way, too; only the end is brought back into a byte. */
function bicubic(of: Colour, column: Taps, row: Taps): number {
  let sum = 0
  for (let j = 0; j < 4; j += 1) {
    let across = 0
    for (let i = 0; i < 4; i += 1) across += (column.shares[i] ?? 0) * pixelAt(of, column.first + i, row.first + j)
    sum += (row.shares[j] ?? 0) * rounded(across)
  }
  return Math.min(255, Math.max(0, rounded(sum)))
}
