import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moved, sizeRatio } from './raw-frame'

const length = fc.integer({ min: 1, max: 500 })
const rect = fc.record({ x: length, y: length, w: length, h: length })

describe('moved', () => {
  it('goes and comes back', () => {
    fc.assert(
      fc.property(rect, fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), (box, x, y) => {
        expect(moved(moved(box, { x, y }, 2), { x, y }, -2)).toEqual(box)
        expect(moved(box, null, 5)).toEqual(box)
      }),
    )
  })
})

describe('sizeRatio', () => {
  it('is 1 for equal areas, the same both ways, and infinite for none', () => {
    expect(sizeRatio({ x: 0, y: 0, w: 2, h: 8 }, { x: 9, y: 9, w: 4, h: 4 })).toBe(1)
    expect(sizeRatio({ x: 0, y: 0, w: 0, h: 8 }, { x: 9, y: 9, w: 4, h: 4 })).toBe(Number.POSITIVE_INFINITY)
    fc.assert(
      fc.property(rect, rect, (a, b) => {
        expect(sizeRatio(a, b)).toBe(sizeRatio(b, a))
        expect(sizeRatio(a, b)).toBeGreaterThanOrEqual(1)
      }),
    )
  })
})
