import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisOf, bestTrades, columnsOf, spreadLabels, ticksOf } from './plot-layout'

describe('spreadLabels', () => {
  it('moves only what would meet', () => {
    expect(spreadLabels([10, 50, 52], 12, 0, 100)).toEqual([10, 45, 57])
    expect(spreadLabels([52, 50, 10], 12, 0, 100)).toEqual([57, 45, 10])
    expect(spreadLabels([98, 99], 12, 0, 100)).toEqual([88, 100])
    expect(spreadLabels([], 12, 0, 100)).toEqual([])
  })

  it('keeps all apart and inside, in the order of their dots', () => {
    const heights = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 11 })
    fc.assert(
      fc.property(heights, (given) => {
        const placed = spreadLabels(given, 12, 0, 200)
        const sorted = [...placed].sort((a, b) => a - b)
        for (const [at, height] of sorted.entries()) if (at > 0) expect(height - (sorted[at - 1] ?? 0)).toBeGreaterThanOrEqual(12 - 1e-9)
        expect(Math.min(...placed)).toBeGreaterThanOrEqual(-1e-9)
        expect(Math.max(...placed)).toBeLessThanOrEqual(200 + 1e-9)
        for (const [a, first] of given.entries())
          for (const [b, second] of given.entries()) if (first < second) expect(placed[a]).toBeLessThan(placed[b] ?? 0)
      }),
    )
  })
})

describe('columnsOf', () => {
  it('puts near dots together', () => {
    const dots = [300, 305, 100, 340].map((x) => ({ x, y: 0 }))
    expect(columnsOf(dots, 30)).toEqual([[2], [0, 1], [3]])
    expect(columnsOf([], 30)).toEqual([])
  })
})

describe('bestTrades', () => {
  it('names what no other beats', () => {
    const methods = [
      { frames: 3, f1: 0.4 },
      { frames: 2, f1: 0.4 },
      { frames: 4, f1: 0.6 },
      { frames: 4, f1: 0.5 },
      { frames: 2, f1: 0.4 },
    ]
    expect([...bestTrades(methods)]).toEqual([1, 2, 4])
  })

  it('always names the one with the highest F1, and at least one', () => {
    const method = fc.record({ frames: fc.integer({ min: 1, max: 6 }), f1: fc.integer({ min: 0, max: 10 }) })
    fc.assert(
      fc.property(fc.array(method, { minLength: 1, maxLength: 11 }), (methods) => {
        const best = bestTrades(methods)
        const top = Math.max(...methods.map(({ f1 }) => f1))
        expect([...best].some((at) => methods[at]?.f1 === top)).toBe(true)
      }),
    )
  })
})

describe('axisOf', () => {
  it.each([
    [0.43, 0.5, 0.1],
    [1, 1, 0.2],
    [3.2, 4, 1],
    [6, 6, 2],
    [0, 1, 0.2],
    [Number.NaN, 1, 0.2],
  ])('holds %d', (value, top, step) => {
    const axis = axisOf(value)
    expect([axis.top, axis.step]).toEqual([expect.closeTo(top, 9), expect.closeTo(step, 9)])
  })

  it('has three to seven ticks, the last not below the value', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (value) => {
        const axis = axisOf(value)
        expect(axis.top).toBeGreaterThanOrEqual(value * (1 - 1e-8))
        const ticks = ticksOf(axis)
        expect(ticks.length >= 3 && ticks.length <= 7).toBe(true)
        expect(ticks[0]).toBe(0)
      }),
    )
  })
})
