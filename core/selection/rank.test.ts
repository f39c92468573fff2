import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { argMax, bestFirst, fillUp } from './rank'
import { areIndices, scoresArbitrary } from './selection.fixture'

describe('bestFirst', () => {
  it('goes from high to low, of equals the earlier first', () => {
    expect(bestFirst([0.1, 0.5, 0.5, 0.9])).toEqual([3, 1, 2, 0])
    expect(bestFirst([])).toEqual([])
  })

  it('names every index once, in falling order', () => {
    fc.assert(
      fc.property(scoresArbitrary(), (scores) => {
        const order = bestFirst(scores)
        expect(order.length).toBe(scores.length)
        expect(areIndices(order, scores.length)).toBe(true)
        for (let at = 1; at < order.length; at += 1) {
          expect(scores[order[at] ?? 0]).toBeLessThanOrEqual(scores[order[at - 1] ?? 0] ?? 0)
        }
      }),
    )
  })
})

describe('argMax', () => {
  it('finds the highest, then the higher tie, then the earlier', () => {
    expect(argMax([1, 3, 2])).toBe(1)
    expect(argMax([3, 3, 3])).toBe(0)
    expect(argMax([3, 3, 3], [0, 2, 1])).toBe(1)
    expect(argMax([3, 1, 3], [0, 9, 0])).toBe(0)
    expect(argMax(Float64Array.of(-2, -1))).toBe(1)
  })

  it('never picks what is closed', () => {
    expect(argMax([Number.NEGATIVE_INFINITY, -5])).toBe(1)
    expect(argMax([Number.NEGATIVE_INFINITY])).toBe(-1)
    expect(argMax([])).toBe(-1)
  })

  it('agrees with Math.max', () => {
    fc.assert(fc.property(scoresArbitrary(), (scores) => scores[argMax(scores)] === Math.max(...scores)))
  })
})

describe('fillUp', () => {
  it('adds the best of the rest', () => {
    expect(fillUp([2], [0.9, 0.1, 0.2, 0.8], 3)).toEqual([2, 0, 3])
  })

  it('counts a repeated frame once', () => {
    expect(fillUp([1, 1, 1], [0.1, 0.9, 0.2], 2)).toEqual([1, 2])
  })

  it('spreads where nothing stands out', () => {
    expect(fillUp([0], new Array(9).fill(0.5), 3)).toEqual([0, 8, 4])
    expect(fillUp([], [0.5, 0.5, 0.5], 2)).toEqual([0, 2])
  })

  it('gives what there is', () => {
    expect(fillUp([], [0.5], 4)).toEqual([0])
    expect(fillUp([], [], 4)).toEqual([])
    expect(fillUp([0, 1, 2], [1, 1, 1], 2)).toEqual([0, 1])
  })

  it('keeps what was picked and always fills to min(k, n)', () => {
    fc.assert(
      fc.property(scoresArbitrary(), fc.integer({ min: 1, max: 50 }), fc.array(fc.nat(39)), (scores, k, wish) => {
        const picked = wish.filter((index) => index < scores.length)
        const filled = fillUp(picked, scores, k)
        expect(filled.length).toBe(Math.min(k, scores.length))
        expect(areIndices(filled, scores.length)).toBe(true)
        const first = [...new Set(picked)].slice(0, k)
        expect(filled.slice(0, first.length)).toEqual(first)
        const worstAdded = Math.min(...filled.slice(first.length).map((index) => scores[index] ?? 0))
        const leftOut = scores.filter((_, index) => !filled.includes(index))
        for (const score of leftOut) if (filled.length > first.length) expect(score).toBeLessThanOrEqual(worstAdded)
      }),
    )
  })
})
