/** Test material: scenes of a question and frames. */
import fc from 'fast-check'
import type { SelectionInput } from './selection-input'
import { dot, type Vector } from './similarity'

/** The direction of these numbers, which must not all be 0, as plain numbers. */
export function unit(numbers: readonly number[]): number[] {
  const length = Math.hypot(...numbers)
  return numbers.map((value) => value / length)
}

/** Unit vectors in the plane; the cosine of two is that of the angle between. */
export const angle = (degrees: number): number[] => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]

/** Whether indices are whole, distinct and inside `count` frames. */
export const areIndices = (indices: readonly number[], count: number): boolean =>
  new Set(indices).size === indices.length && indices.every((index) => Number.isInteger(index) && index >= 0 && index < count)

/** Scores as cosines come, few of them equal. */
export const scoresArbitrary = (maxLength = 40): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength })

/** Scores of which no two are close: for what holds only without ties. */
export const distinctScoresArbitrary = (maxLength = 40): fc.Arbitrary<number[]> =>
  fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength }).map((all) => all.map((value) => value / 1000))

/** Unit vectors of whole numbers, so that equal ones and right angles come up. */
const vectorArbitrary = (dimensions: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.integer({ min: -3, max: 3 }), { minLength: dimensions, maxLength: dimensions })
    .filter((numbers) => numbers.some((value) => value !== 0))
    .map(unit)

export type Scene = SelectionInput & {
  readonly frames: readonly Vector[]
  readonly captions: readonly Vector[]
  readonly timeSec: number[]
}

/** A question, 1 to `maxFrames` frames with captions, and times with steps of 0 to 9 s. */
export const sceneArbitrary = (maxFrames = 24, dimensions = 4): fc.Arbitrary<Scene> =>
  fc
    .record({
      query: vectorArbitrary(dimensions),
      rows: fc.array(fc.tuple(vectorArbitrary(dimensions), vectorArbitrary(dimensions), fc.nat(9)), { minLength: 1, maxLength: maxFrames }),
    })
    .map(({ query, rows }) => {
      let time = 0
      const timeSec = rows.map(([, , step]) => {
        time += step
        return time
      })
      return { query, frames: rows.map(([frame]) => frame), captions: rows.map(([, caption]) => caption), timeSec }
    })

/** Relevance of each frame. */
export const relevanceOf = (scene: Scene): number[] => scene.frames.map((frame) => dot(frame, scene.query))

/** det of a square matrix by Gauss with pivots: the slow way, to check the quick one. */
export function determinant(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row])
  let result = 1
  for (let at = 0; at < rows.length; at += 1) {
    const size = (row: number[] | undefined) => Math.abs(row?.[at] ?? 0)
    let pivot = at
    for (let row = at; row < rows.length; row += 1) if (size(rows[row]) > size(rows[pivot])) pivot = row
    const [upper = [], lower = []] = [rows[pivot], rows[at]]
    if (size(upper) === 0) return 0
    if (pivot !== at) result = -result
    rows[pivot] = lower
    rows[at] = upper
    result *= upper[at] ?? 0
    for (const row of rows.slice(at + 1)) {
      const factor = (row[at] ?? 0) / (upper[at] ?? 1)
      for (let column = at; column < row.length; column += 1) row[column] = (row[column] ?? 0) - factor * (upper[column] ?? 0)
    }
  }
  return result
}
