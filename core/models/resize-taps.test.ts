import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ResizeFilter, resizeSteps, resizeTaps, WHOLE } from './resize-taps'

/** Of a whole side. */
const tapsOf = (source: number, resized: number, filter: ResizeFilter, isSummed = true) =>
  resizeTaps({ source, resized, start: 0, count: resized }, filter, source / resized, isSummed)
const side = fc.integer({ min: 1, max: 2000 })
const filters = fc.constantFrom<ResizeFilter>('bilinear', 'bicubic')

describe('taps', () => {
  it('take each pixel for itself where nothing is resized', () => {
    expect(tapsOf(3, 3, 'bilinear')).toEqual([0, 1, 2].map((first) => ({ first, shares: [WHOLE, 0] })))
    expect(tapsOf(3, 3, 'bicubic').map(({ first, shares }) => [first + 1, ...shares.map((share) => share + 0)])).toEqual(
      [0, 1, 2].map((pixel) => [pixel, 0, WHOLE, 0, 0]),
    )
  })

  it('take every second pixel of a side twice as long, and nothing of its neighbour', () => {
    expect(tapsOf(6, 3, 'bilinear').map(({ first, shares }) => [first, ...shares])).toEqual([0, 2, 4].map((first) => [first, WHOLE, 0]))
  })

  it('lie halfway in a side half as long', () => {
    expect(tapsOf(2, 4, 'bilinear')[1]).toEqual({ first: 0, shares: [WHOLE / 2, WHOLE / 2] })
    // Catmull-Rom halfway: −1/16, 9/16, 9/16, −1/16.
    expect(tapsOf(2, 4, 'bicubic')[1]).toEqual({ first: -1, shares: [-256, 2304, 2304, -256] })
  })

  it('are a part of the side, and nothing beside it', () => {
    const all = tapsOf(10, 20, 'bilinear')
    expect(resizeTaps({ source: 10, resized: 20, start: 5, count: 4 }, 'bilinear', 0.5, true)).toEqual(all.slice(5, 9))
    const beyond = resizeTaps({ source: 10, resized: 20, start: -2, count: 24 }, 'bilinear', 0.5, true)
    expect(
      beyond
        .slice(0, 2)
        .concat(beyond.slice(-2))
        .map(({ shares }) => shares),
    ).toEqual([[], [], [], []])
    expect(beyond.slice(2, -2)).toEqual(all)
  })

  it('begin inside of the picture, go forward, and their shares are a whole', () => {
    fc.assert(
      fc.property(side, side, filters, fc.boolean(), (source, resized, filter, isSummed) => {
        const before = filter === 'bicubic' ? 1 : 0
        let last = -before
        for (const { first, shares } of tapsOf(source, resized, filter, isSummed)) {
          expect(first).toBeGreaterThanOrEqual(last)
          expect(first + before).toBeLessThan(source)
          // Rounded towards zero, each of four may lack one.
          expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - WHOLE)).toBeLessThanOrEqual(3)
          last = first
        }
      }),
    )
  })

  it('are the same but for a last digit, summed up or multiplied out', () => {
    fc.assert(
      fc.property(side, side, (source, resized) => {
        const places = (isSummed: boolean) =>
          tapsOf(source, resized, 'bilinear', isSummed).map(({ first, shares }) => first + (shares[1] ?? 0) / WHOLE)
        const [one, other] = [places(true), places(false)]
        for (const [at, place] of one.entries()) expect(Math.abs(place - (other[at] ?? Number.NaN))).toBeLessThanOrEqual(1 / WHOLE)
      }),
    )
  })
})

it('steps are pixels of the source for each new one', () => {
  const [across, down] = resizeSteps({ width: 300, height: 120 }, { width: 32, height: 240 })
  expect(across).toBeCloseTo(9.375, 9)
  expect(down).toBeCloseTo(0.5, 9)
})
