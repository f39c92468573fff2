import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameNo, refusalOf } from '../document.fixture'
import { cosine } from '../models/vectors'
import { atAngle, unitArbitrary } from '../models/vectors.fixture'
import { retrieveOutputSchema } from './outputs'
import { nearFrames, placeOf, rankFrames } from './retrieval'

const candidates = (degrees: readonly number[]) => degrees.map((angle, at) => ({ frameIndex: frameNo(at * 10), vector: atAngle(angle) }))
const order = (query: number, degrees: readonly number[]) =>
  rankFrames(atAngle(query), candidates(degrees)).map((entry) => entry.frameIndex)

describe('rankFrames', () => {
  it('puts the highest cosine first', () => {
    expect(order(30, [90, 40, 0, 31])).toEqual([30, 10, 20, 0])
  })

  it('takes the earlier of equal ones, also when they differ by a rounding', () => {
    expect(order(0, [50, 20, -20, 20])).toEqual([10, 20, 30, 0])
    const close = [
      { frameIndex: frameNo(1), vector: Float32Array.of(0.6, 0.8) },
      { frameIndex: frameNo(2), vector: Float32Array.of(0.6, 0.80000007) },
    ]
    expect(rankFrames(Float32Array.of(0, 1), close)[0]?.frameIndex).toBe(1)
  })

  it('of nothing is nothing', () => {
    expect(order(0, [])).toEqual([])
  })
})

describe('nearFrames', () => {
  const ranked = (degrees: readonly number[]) => rankFrames(atAngle(0), candidates(degrees))

  it('holds those less than the margin behind', () => {
    // cos 10° = 0.985, cos 14° = 0.970, cos 30° = 0.866
    expect(nearFrames(ranked([30, 14, 10]), 0.02)).toEqual([20, 10])
    expect(nearFrames(ranked([30, 14, 10]), 0.2)).toEqual([20, 10, 0])
  })

  it('holds equal ones even when no margin is asked for', () => {
    expect(nearFrames(ranked([10, 10, 30]), 0)).toEqual([0, 10])
    expect(nearFrames([], 0.1)).toEqual([])
  })
})

describe('placeOf', () => {
  const ranked = rankFrames(atAngle(0), candidates([30, 14, 10]))

  it('gives the score and the lead over the runner-up', () => {
    const margin = Math.cos((10 * Math.PI) / 180) - Math.cos((14 * Math.PI) / 180)
    expect(placeOf(ranked, frameNo(20), 0.02)).toEqual({
      frameIndex: 20,
      score: expect.closeTo(Math.cos((10 * Math.PI) / 180), 6),
      margin: expect.closeTo(margin, 6),
      isLowMargin: true,
    })
    expect(placeOf(ranked, frameNo(20), 0.01).isLowMargin).toBe(false)
  })

  it('gives no lead to a frame that does not lead', () => {
    expect(placeOf(ranked, frameNo(10), 0.02)).toMatchObject({ frameIndex: 10, margin: 0, isLowMargin: true })
  })

  it('has no lead to speak of when there is one candidate', () => {
    expect(placeOf(rankFrames(atAngle(0), candidates([40])), frameNo(0), 0.5)).toMatchObject({ margin: null, isLowMargin: false })
  })

  it('refuses a frame outside the group', () => {
    expect(refusalOf(() => placeOf(ranked, frameNo(77), 0.02))).toMatchObject({ code: 'invalid_input' })
    expect(refusalOf(() => placeOf([], frameNo(0), 0.02)).message).toContain('Frame 0')
  })
})

describe('laws', () => {
  const list = fc.array(unitArbitrary(3), { minLength: 1, maxLength: 12 })

  it('the first is an argmax, and what is stored holds together', () => {
    fc.assert(
      fc.property(unitArbitrary(3), list, fc.double({ min: 0, max: 1, noNaN: true }), (query, vectors, lowMargin) => {
        const given = vectors.map((vector, at) => ({ frameIndex: frameNo(at), vector }))
        const ranked = rankFrames(query, given)
        const first = ranked[0]
        expect(first?.score).toBeCloseTo(Math.max(...vectors.map((vector) => cosine(query, vector))), 5)
        expect(ranked.map((entry) => entry.frameIndex).sort((a, b) => a - b)).toEqual(given.map((entry) => entry.frameIndex))
        const near = nearFrames(ranked, lowMargin)
        expect(near[0]).toBe(first?.frameIndex)
        const places = near.map((frame) => placeOf(ranked, frame, lowMargin))
        expect(retrieveOutputSchema.safeParse({ frames: places }).success).toBe(true)
        // More than one near frame means that whichever is taken, its margin is low (a margin of 0 is never asked for then).
        if (near.length > 1 && lowMargin > 1e-6) expect(places.every((place) => place.isLowMargin)).toBe(true)
      }),
    )
  })
})
