import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomFrom } from '../pipeline/random'
import { armsOf, coarseFrames, fineFrames, optimisticMean } from './focus-arms'
import { areIndices } from './selection.fixture'

const seconds = (count: number, fps = 1) => Array.from({ length: count }, (_, at) => at / fps)
const nothing = () => false

describe('armsOf', () => {
  it('cuts every 16 seconds from the first frame on', () => {
    expect(armsOf(seconds(40), 16).map((arm) => arm.length)).toEqual([16, 16, 8])
    expect(armsOf([100, 115.9, 116], 16)).toEqual([[0, 1], [2]])
  })

  it('leaves out stretches without a frame', () => {
    expect(armsOf([0, 1, 1000], 16)).toEqual([[0, 1], [2]])
    expect(armsOf([], 16)).toEqual([])
  })

  it('holds every frame once, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { maxLength: 60 }), (steps) => {
        let time = 0
        const timeSec = steps.map((step) => {
          time += step
          return time
        })
        const arms = armsOf(timeSec, 16)
        expect(arms.flat()).toEqual(timeSec.map((_, index) => index))
        expect(arms.every((arm) => arm.length > 0)).toBe(true)
      }),
    )
  })
})

describe('optimisticMean', () => {
  it('is mean plus the two bounds, by hand', () => {
    // μ = .4, σ² = .01, n = 2, N = 6, ln 6 = 1.791759: √(2 · 1.791759 · .01 / 2) = .133857, 3 · 1.791759 / 2 = 2.687639.
    expect(optimisticMean([0.3, 0.5], 6)).toBeCloseTo(0.4 + 0.133857 + 2.687639, 5)
  })

  it('keeps a little doubt about equal samples', () => {
    expect(optimisticMean([0.4, 0.4], 6)).toBeCloseTo(0.4 + Math.sqrt(Math.log(6) * 1e-6) + 2.687639, 5)
  })

  it('hopes for nothing where nothing was seen, and adds nothing to the only sample', () => {
    expect(optimisticMean([], 6)).toBe(Number.NEGATIVE_INFINITY)
    expect(optimisticMean([0.4], 1)).toBe(0.4)
  })

  it('is higher for what was tried less', () => {
    expect(optimisticMean([0.4], 10)).toBeGreaterThan(optimisticMean([0.4, 0.4], 10))
  })
})

describe('coarseFrames', () => {
  const arms = armsOf(seconds(64), 16)

  it('looks at the middles first, then at one other frame of each arm, then at a second', () => {
    const frames = coarseFrames(arms, 2, 100, randomFrom(1))
    expect(frames).toHaveLength(12)
    expect(frames.slice(0, 4)).toEqual([7, 23, 39, 55])
    for (const round of [frames.slice(4, 8), frames.slice(8)]) expect(round.map((index) => Math.floor(index / 16))).toEqual([0, 1, 2, 3])
    expect(areIndices(frames, 64)).toBe(true)
  })

  it('keeps to a budget, down to one frame', () => {
    expect(coarseFrames(arms, 2, 6, randomFrom(1))).toHaveLength(6)
    expect(coarseFrames(arms, 2, 2, randomFrom(1))).toEqual([23, 55])
    expect(coarseFrames(arms, 2, 1, randomFrom(1))).toEqual([39])
  })

  it('looks at no frame twice, however short the arms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 80 }), fc.nat(), (count, budget, seed) => {
        const frames = coarseFrames(armsOf(seconds(count, 0.1), 16), 2, budget, randomFrom(seed))
        expect(areIndices(frames, count)).toBe(true)
        expect(frames.length).toBeLessThanOrEqual(budget)
        expect(frames.length).toBeGreaterThan(0)
      }),
    )
  })
})

describe('fineFrames', () => {
  it('looks at about one frame a second', () => {
    const timeSec = seconds(64, 4)
    const arm = armsOf(timeSec, 16)[0] ?? []
    const frames = fineFrames(arm, timeSec, nothing, 1, randomFrom(1))
    expect(frames).toHaveLength(16)
    // Half of them evenly: every eighth frame.
    expect(frames.slice(0, 8)).toEqual([4, 12, 20, 28, 36, 44, 52, 60])
  })

  it('looks at everything when frames come once a second', () => {
    const timeSec = seconds(16)
    const frames = fineFrames(timeSec.map(Math.floor), timeSec, (index) => index === 7, 1, randomFrom(1))
    expect([...frames].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15])
  })

  it('never names a frame that was seen, nor one twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.array(fc.nat(59)), fc.nat(), (count, seen, seed) => {
        const timeSec = seconds(count, 3)
        const arm = timeSec.map((_, index) => index)
        const frames = fineFrames(arm, timeSec, (index) => seen.includes(index), 1, randomFrom(seed))
        expect(areIndices(frames, count)).toBe(true)
        expect(frames.some((index) => seen.includes(index))).toBe(false)
      }),
    )
  })

  it('takes an arm of one frame', () => {
    expect(fineFrames([3], [0, 1, 2, 3], nothing, 1, randomFrom(1))).toEqual([3])
    expect(fineFrames([3], [0, 1, 2, 3], () => true, 1, randomFrom(1))).toEqual([])
  })
})
