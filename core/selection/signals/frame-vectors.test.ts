import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { angle } from '../selection.fixture'
import { dot } from '../similarity'
import { frameVectors } from './frame-vectors'

const near = (degrees: number) => angle(45 + degrees)

describe('frameVectors', () => {
  it('tells frames of one camera apart that have almost the same features', () => {
    const features = [near(-7), near(-7), near(7), near(7)]
    expect(dot(features[0] ?? [], features[2] ?? [])).toBeGreaterThan(0.97)
    const [a = [], b = [], c = []] = frameVectors(features)
    expect(dot(a, b)).toBeCloseTo(1, 6)
    expect(dot(a, c)).toBeLessThan(0)
  })

  it('keeps frames that differ by noise alone near-duplicates', () => {
    const vectors = frameVectors([near(0), near(0.1), near(-0.1), near(0.05)])
    for (const one of vectors) for (const other of vectors) expect(dot(one, other)).toBeGreaterThan(0.98)
  })

  it('takes a single frame, no frame, and features of any length', () => {
    const [only = []] = frameVectors([[3, 4]])
    expect([...only]).toEqual([0, 0, 1])
    expect(frameVectors([])).toEqual([])
    const [plain = [], long = []] = [
      frameVectors([angle(10), angle(80)])[0],
      frameVectors([angle(10).map((value) => value * 50), angle(80)])[0],
    ]
    expect(dot(plain, long)).toBeCloseTo(1, 6)
  })

  it.each([
    ['another length', [[1, 0], [1]], 1],
    ['nothing but zeros', [[0, 0]], 0],
    [
      'NaN',
      [
        [1, 0],
        [1, 0],
        [Number.NaN, 1],
      ],
      2,
    ],
    ['infinity', [[Number.POSITIVE_INFINITY, 0]], 0],
    ['no numbers', [[]], 0],
  ])('refuses %s and names the row', (_, features, row) => {
    expect(() => frameVectors(features)).toThrow(expect.objectContaining({ code: 'invalid_input', details: { row } }))
  })
})

const featureArbitrary = fc
  .array(fc.integer({ min: 0, max: 6 }), { minLength: 5, maxLength: 5 })
  .filter((feature) => feature.some((value) => value > 0))
const featuresArbitrary = fc.array(featureArbitrary, { minLength: 1, maxLength: 12 })

describe('properties', () => {
  it('has unit length, one a frame, a number longer than the features', () => {
    fc.assert(
      fc.property(featuresArbitrary, (features) => {
        const vectors = frameVectors(features)
        expect(vectors).toHaveLength(features.length)
        for (const vector of vectors) {
          expect(vector).toHaveLength(6)
          expect(Math.sqrt(dot(vector, vector))).toBeCloseTo(1, 5)
        }
      }),
    )
  })

  it('goes with its frame, whatever the order', () => {
    fc.assert(
      fc.property(featuresArbitrary, (features) => {
        const turned = frameVectors([...features].reverse()).reverse()
        for (const [at, vector] of frameVectors(features).entries()) expect(dot(vector, turned[at] ?? [])).toBeCloseTo(1, 4)
      }),
    )
  })

  it('is equal for equal features, and never the other way round for any', () => {
    fc.assert(
      fc.property(featuresArbitrary, featureArbitrary, (features, twin) => {
        const [a = [], b = []] = frameVectors([twin, twin.map((value) => value * 3), ...features])
        expect(dot(a, b)).toBeCloseTo(1, 5)
      }),
    )
  })
})
