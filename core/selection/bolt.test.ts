import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bolt } from './bolt'
import { areIndices, scoresArbitrary } from './selection.fixture'
import { uniform } from './uniform'

describe('bolt', () => {
  it('inverts the cumulative relevance, by hand', () => {
    // ŝ = 0 ¼ ½ ¾ 1 and α = 1: p = 0 .1 .2 .3 .4, cdf = 0 .1 .3 .6 1; k = 4: u = .25 .4167 .5833 .75 → frames 2 3 3 4.
    // Frame 3 counts once; the best of the rest is frame 1.
    expect(bolt([0, 1, 2, 3, 4], 4, 1)).toEqual([2, 3, 4, 1])
    // α = 2: p ∝ 0 1 4 9 16, cdf = 0 .033 .167 .467 1; u = ⅓ ½ ⅔ → 3 4 4; the best of the rest is 2.
    expect(bolt([0, 1, 2, 3, 4], 3, 2)).toEqual([3, 4, 2])
  })

  it('does not repeat a frame where the original does', () => {
    const scores = [0, 0, 1, 0, 0.1, 0]
    // All levels fall on frame 2; frame 4 is next best, then the frame farthest from both.
    expect(bolt(scores, 3, 3)).toEqual([2, 4, 0])
  })

  it('takes the median for one frame and starts from it for two', () => {
    const scores = [0, 1, 1, 1, 1, 1, 0]
    expect(bolt(scores, 1, 1)).toEqual([3])
    expect(bolt(scores, 2, 1)[0]).toBe(3)
  })

  it('is uniform when all scores are equal', () => {
    expect(bolt(new Array(12).fill(-0.2), 4, 3)).toEqual(uniform(12, 4))
  })

  it('spreads over the video with α = 0 and keeps to the peak with a large α', () => {
    const scores = Array.from({ length: 21 }, (_, at) => 1 - Math.abs(at - 10) / 10)
    const width = (indices: readonly number[]) => Math.max(...indices) - Math.min(...indices)
    expect(width(bolt(scores, 4, 0))).toBeGreaterThan(width(bolt(scores, 4, 3)))
    expect(bolt(scores, 4, 50)).toContain(10)
  })

  it('gives min(k, n) distinct frames, whatever the scores', () => {
    fc.assert(
      fc.property(scoresArbitrary(), fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 20, noNaN: true }), (scores, k, alpha) => {
        const indices = bolt(scores, k, alpha)
        expect(indices.length).toBe(Math.min(k, scores.length))
        expect(areIndices(indices, scores.length)).toBe(true)
      }),
    )
  })

  it('does not care about shift and scale of the scores', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 8 }),
        (scores, k) => {
          // Powers of two keep the arithmetic exact.
          const moved = scores.map((score) => score / 16 - 0.25)
          expect(bolt(moved, k, 2)).toEqual(bolt(scores, k, 2))
        },
      ),
    )
  })
})
