import fc from 'fast-check'
import { expect, it } from 'vitest'
import { areIndices } from './selection.fixture'
import { uniform } from './uniform'

it('takes the middle of equal stretches', () => {
  expect(uniform(40, 4)).toEqual([5, 15, 25, 35])
  expect(uniform(10, 1)).toEqual([5])
  expect(uniform(10, 3)).toEqual([1, 5, 8])
  expect(uniform(1, 1)).toEqual([0])
})

it('takes all frames when there are no more', () => {
  expect(uniform(3, 3)).toEqual([0, 1, 2])
  expect(uniform(3, 8)).toEqual([0, 1, 2])
  expect(uniform(0, 2)).toEqual([])
})

it('gives k distinct frames in time order whose gaps differ by one at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), (count, k) => {
      const indices = uniform(count, k)
      expect(indices.length).toBe(Math.min(count, k))
      expect(areIndices(indices, count)).toBe(true)
      const gaps = indices.slice(1).map((index, at) => index - (indices[at] ?? 0))
      if (gaps.length > 0) {
        expect(Math.min(...gaps)).toBeGreaterThan(0)
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1)
      }
    }),
  )
})

it('leaves about as much before the first as after the last', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 20 }), (count, k) => {
      const indices = uniform(count, k)
      const [before, after] = [indices[0] ?? 0, count - 1 - (indices[indices.length - 1] ?? 0)]
      expect(Math.abs(before - after)).toBeLessThanOrEqual(1)
    }),
  )
})
