import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aks } from './aks'
import { areIndices, distinctScoresArbitrary, scoresArbitrary } from './selection.fixture'
import { uniform } from './uniform'

const usual = { threshold: 0.8, maxDepth: 5 }
const sorted = (indices: readonly number[]) => [...indices].sort((a, b) => a - b)

describe('aks', () => {
  it('halves to the depth of the budget and takes the best of each part, by hand', () => {
    // k = 2: one halving, one frame a half.
    expect(sorted(aks([0.1, 0.4, 0.2, 0.3, 0.9, 0.8, 0.7, 0.6], 2, usual))).toEqual([1, 4])
    // k = 4: quarters of two frames.
    expect(sorted(aks([0.1, 0.4, 0.2, 0.3, 0.9, 0.8, 0.7, 0.6], 4, usual))).toEqual([1, 3, 4, 6])
  })

  it('does not split where few frames stand out from the rest', () => {
    // mean(top 2) − mean = 1 − 0.2 = 0.8 in ten frames with two peaks; above t1 = 0.7 it is a leaf that gives both.
    const scores = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1]
    expect(sorted(aks(scores, 2, { threshold: 0.7, maxDepth: 5 }))).toEqual([8, 9])
    expect(sorted(aks(scores, 2, { threshold: 0.9, maxDepth: 5 }))).toEqual([0, 8])
  })

  it('fills up what rounding loses', () => {
    // k = 3: one halving, ⌊3 / 2⌋ = 1 frame a half, the third is the best of the rest.
    expect(aks([0.1, 0.4, 0.2, 0.3, 0.9, 0.8, 0.7, 0.6], 3, usual)).toEqual([1, 4, 5])
  })

  it('is not left with nothing by a small budget, as the original is', () => {
    const scores = Array.from({ length: 64 }, (_, at) => Math.sin(at))
    for (const k of [1, 2, 3, 4, 5]) expect(aks(scores, k, usual).length).toBe(k)
    expect(aks(scores, 1, usual)).toEqual([33])
  })

  it('with depth 0 is top-k, without a score to rank by uniform', () => {
    expect(aks([0.1, 0.9, 0.3, 0.8], 2, { threshold: 0.8, maxDepth: 0 })).toEqual([1, 3])
    expect(aks(new Array(9).fill(0.5), 3, usual)).toEqual(uniform(9, 3))
  })

  it('reaches every part of a video without peaks', () => {
    const scores = Array.from({ length: 80 }, (_, at) => 0.5 + 0.4 * Math.sin(at * 2.3))
    const parts = aks(scores, 8, usual).map((index) => Math.floor(index / 10))
    expect(sorted(parts)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  it('gives min(k, n) distinct frames, whatever the scores', () => {
    fc.assert(
      fc.property(scoresArbitrary(), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 12 }), (scores, k, maxDepth) => {
        const indices = aks(scores, k, { threshold: 0.8, maxDepth })
        expect(indices.length).toBe(Math.min(k, scores.length))
        expect(areIndices(indices, scores.length)).toBe(true)
      }),
    )
  })

  it('always has the most relevant frame', () => {
    fc.assert(
      fc.property(distinctScoresArbitrary(), fc.integer({ min: 1, max: 8 }), (scores, k) => {
        const best = Math.max(...scores)
        expect(aks(scores, k, usual).map((index) => scores[index])).toContain(best)
      }),
    )
  })
})
