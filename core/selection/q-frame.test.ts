import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomFrom } from '../pipeline/random'
import { gumbel } from './gumbel'
import { qFrame } from './q-frame'
import { areIndices, scoresArbitrary } from './selection.fixture'

describe('gumbel', () => {
  it('has the mean and spread of the distribution', () => {
    const random = randomFrom(3)
    const values = Array.from({ length: 20_000 }, () => gumbel(random))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    // Euler's constant and π²/6.
    expect(mean).toBeCloseTo(0.577, 1)
    expect(variance).toBeCloseTo(1.645, 0)
  })

  it('is finite at both ends of the generator', () => {
    expect(Number.isFinite(gumbel(() => 0))).toBe(true)
    expect(Number.isFinite(gumbel(() => 1 - 2 ** -32))).toBe(true)
  })
})

describe('qFrame', () => {
  it('draws the first frame by softmax(s / τ)', () => {
    // s = ln 3 · τ against 0: three to one.
    const tau = 0.8
    const scores = [Math.log(3) * tau, 0]
    let first = 0
    for (let seed = 0; seed < 4000; seed += 1) first += qFrame(scores, 1, tau, seed)[0] === 0 ? 1 : 0
    expect(first / 4000).toBeGreaterThan(0.72)
    expect(first / 4000).toBeLessThan(0.78)
  })

  it('is top-k when it is cold', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(qFrame([0.1, 0.9, 0.5, 0.7], 3, 1e-3, seed)).toEqual([1, 3, 2])
      }),
    )
  })

  it('depends on the seed and on nothing else', () => {
    const scores = Array.from({ length: 50 }, (_, at) => Math.sin(at))
    expect(qFrame(scores, 8, 0.8, 5)).toEqual(qFrame(scores, 8, 0.8, 5))
    expect(qFrame(scores, 8, 0.8, 5)).not.toEqual(qFrame(scores, 8, 0.8, 6))
  })

  it('takes any frame when all are equal', () => {
    const seen = new Set<number>()
    for (let seed = 0; seed < 200; seed += 1) seen.add(qFrame([1, 1, 1, 1], 1, 0.8, seed)[0] ?? -1)
    expect(seen.size).toBe(4)
  })

  it('gives min(k, n) distinct frames, and the first k of more', () => {
    fc.assert(
      fc.property(scoresArbitrary(), fc.integer({ min: 1, max: 50 }), fc.nat(), (scores, k, seed) => {
        const indices = qFrame(scores, k, 0.8, seed)
        expect(indices.length).toBe(Math.min(k, scores.length))
        expect(areIndices(indices, scores.length)).toBe(true)
        expect(qFrame(scores, k + 1, 0.8, seed).slice(0, indices.length)).toEqual(indices)
      }),
    )
  })
})
