import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../document.fixture'
import { frameCounts, matchFrames, reductionOf, temporalProximity } from './metrics'

/** Times with one decimal, so that equal ones and exact distances come up. */
const times = (maxLength = 6) => fc.array(fc.nat(80), { maxLength }).map((all) => all.map((value) => value / 10))

/** Greatest matching by trying everything. */
function mostPairs(selected: readonly number[], reference: readonly number[], delta: number): number {
  const [first, ...rest] = selected
  if (first === undefined) return 0
  let best = mostPairs(rest, reference, delta)
  for (const [at, time] of reference.entries()) {
    if (Math.abs(first - time) > delta + 1e-9) continue
    best = Math.max(best, 1 + mostPairs(rest, [...reference.slice(0, at), ...reference.slice(at + 1)], delta))
  }
  return best
}

describe('matchFrames', () => {
  it('counts pairs within ±δ, by hand', () => {
    // 4 matches 4.5, 9 matches 10, 20 has nobody; 30 is missed.
    expect(matchFrames([4, 9, 20], [4.5, 10, 30], 1)).toEqual({
      matched: 2,
      precision: expect.closeTo(2 / 3, 12),
      recall: expect.closeTo(2 / 3, 12),
      f1: expect.closeTo(2 / 3, 12),
    })
    // P = 1/1, R = 1/3, F1 = 2 · 1 / (1 + 3).
    expect(matchFrames([4], [4, 8, 12], 1)).toEqual({ matched: 1, precision: 1, recall: expect.closeTo(1 / 3, 12), f1: 0.5 })
  })

  it('uses no frame twice', () => {
    expect(matchFrames([5, 5.1, 5.2], [5], 1)).toMatchObject({ matched: 1, recall: 1 })
    expect(matchFrames([5], [4.5, 5.5], 1).matched).toBe(1)
  })

  it('is not caught by the nearest pair', () => {
    // 2.4 is nearest to 2.5; paired so, 1.6 would be too far from 3.3.
    expect(matchFrames([1.6, 2.4], [2.5, 3.3], 1).matched).toBe(2)
  })

  it('counts exactly δ, whatever the rounding', () => {
    expect(matchFrames([1.1], [0.1], 1).matched).toBe(1)
    expect(matchFrames([1.1001], [0.1], 1).matched).toBe(0)
  })

  it('is 0 where there is nothing', () => {
    for (const [selected, reference] of [
      [[], [1]],
      [[1], []],
      [[], []],
    ]) {
      expect(matchFrames(selected ?? [], reference ?? [], 1)).toEqual({ matched: 0, precision: 0, recall: 0, f1: 0 })
    }
  })

  it('finds the greatest matching there is', () => {
    fc.assert(
      fc.property(times(), times(), fc.constantFrom(0, 0.5, 1, 2), (selected, reference, delta) => {
        expect(matchFrames(selected, reference, delta).matched).toBe(mostPairs(selected, reference, delta))
      }),
    )
  })

  it('does not care about order, and turns precision and recall round with the sides', () => {
    fc.assert(
      fc.property(times(), times(), (selected, reference) => {
        const match = matchFrames(selected, reference, 1)
        expect(matchFrames([...selected].reverse(), reference, 1)).toEqual(match)
        const turned = matchFrames(reference, selected, 1)
        expect([turned.precision, turned.recall, turned.f1]).toEqual([match.recall, match.precision, match.f1])
      }),
    )
  })

  it('is perfect for the same frames and never falls with a wider δ', () => {
    fc.assert(
      fc.property(times(), times(), (selected, reference) => {
        if (selected.length > 0) expect(matchFrames(selected, selected, 0).f1).toBe(1)
        expect(matchFrames(selected, reference, 2).matched).toBeGreaterThanOrEqual(matchFrames(selected, reference, 1).matched)
      }),
    )
  })

  it('keeps F1 the harmonic mean of precision and recall', () => {
    fc.assert(
      fc.property(times(), times(), (selected, reference) => {
        const { precision, recall, f1 } = matchFrames(selected, reference, 1)
        const mean = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
        expect(f1).toBeCloseTo(mean, 12)
      }),
    )
  })
})

describe('temporalProximity', () => {
  it('is the mean of exp(−Δ²/2σ²) to the nearest, by hand', () => {
    // Δ = 0 and 2: (1 + e^−2) / 2.
    expect(temporalProximity([5, 12], [5, 10])).toBeCloseTo((1 + Math.exp(-2)) / 2, 12)
    expect(temporalProximity([12], [10], 2)).toBeCloseTo(Math.exp(-0.5), 12)
  })

  it('is 0 for nothing and stays within 0 to 1', () => {
    expect(temporalProximity([], [1])).toBe(0)
    expect(temporalProximity([1], [])).toBe(0)
    fc.assert(
      fc.property(times(), times(), (selected, reference) => {
        const proximity = temporalProximity(selected, reference)
        expect(proximity >= 0 && proximity <= 1).toBe(true)
        if (selected.length > 0) expect(temporalProximity(selected, selected)).toBe(1)
      }),
    )
  })

  it.each([0, -1, Number.NaN])('refuses σ = %j', (sigma) => {
    expect(refusalOf(() => temporalProximity([1], [1], sigma)).code).toBe('invalid_input')
  })
})

describe('reductionOf', () => {
  it('is the share that need not be shown', () => {
    expect(reductionOf(2, 16)).toBe(0.875)
    expect(reductionOf(16, 16)).toBe(0)
    expect(reductionOf(0, 4)).toBe(1)
  })

  it.each([
    [1, 0],
    [3, 2],
    [0, Number.NaN],
  ])('refuses %j of %j', (selected, candidates) => {
    expect(refusalOf(() => reductionOf(selected, candidates)).code).toBe('invalid_input')
  })
})

describe('frameCounts', () => {
  it('gives mean, median and histogram', () => {
    expect(frameCounts([2, 3, 2, 6])).toEqual({
      mean: 3.25,
      median: 2.5,
      histogram: [
        { frames: 2, samples: 2 },
        { frames: 3, samples: 1 },
        { frames: 6, samples: 1 },
      ],
    })
    expect(frameCounts([1, 5, 3]).median).toBe(3)
    expect(frameCounts([])).toEqual({ mean: 0, median: 0, histogram: [] })
  })

  it('counts every sample once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1 }), (sizes) => {
        const { mean, median, histogram } = frameCounts(sizes)
        expect(histogram.reduce((sum, { samples }) => sum + samples, 0)).toBe(sizes.length)
        expect(histogram.reduce((sum, { frames, samples }) => sum + frames * samples, 0) / sizes.length).toBeCloseTo(mean, 12)
        expect(median >= Math.min(...sizes) && median <= Math.max(...sizes)).toBe(true)
        expect(histogram.map(({ frames }) => frames)).toEqual([...new Set(sizes)].sort((a, b) => a - b))
      }),
    )
  })
})
