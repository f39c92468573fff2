import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { angle, scoresArbitrary, unit } from './selection.fixture'
import { deviationOf, dot, meanOf, normalised } from './similarity'

describe('dot', () => {
  it('is the cosine of unit vectors', () => {
    expect(dot(angle(0), angle(60))).toBeCloseTo(0.5, 12)
    expect(dot(angle(0), angle(90))).toBeCloseTo(0, 12)
    expect(dot(unit([1, 2]), unit([-1, -2]))).toBeCloseTo(-1, 12)
  })

  it('leaves no number out, however many there are', () => {
    for (let length = 0; length < 14; length += 1) {
      const [a, b] = [1, 3].map((factor) => Array.from({ length }, (_, at) => factor + at))
      const wanted = (a ?? []).reduce((sum, value, at) => sum + value * (b?.[at] ?? 0), 0)
      expect(dot(a ?? [], b ?? [])).toBe(wanted)
    }
  })

  it('takes lists and typed arrays', () => {
    expect(dot(Float32Array.of(0.6, 0.8), [0.6, 0.8])).toBeCloseTo(1, 6)
  })
})

describe('normalised', () => {
  it('maps the lowest to 0 and the highest to 1', () => {
    expect(normalised([0.2, 0.4, 0.3])).toEqual([0, 1, expect.closeTo(0.5, 12)])
    expect(normalised([-1, 1, 0])).toEqual([0, 1, 0.5])
  })

  it.each([[[]], [[0.3]], [[0.3, 0.3, 0.3]], [[0.3, 0.3 + 1e-9]]])('finds nothing to rank by in %j', (scores) => {
    expect(normalised(scores)).toBeNull()
  })

  it('keeps the order and stays within 0 to 1', () => {
    fc.assert(
      fc.property(scoresArbitrary(), (scores) => {
        const relative = normalised(scores)
        if (relative === null) return
        expect(Math.min(...relative)).toBe(0)
        expect(Math.max(...relative)).toBe(1)
        for (const [at, score] of scores.entries()) {
          if (score < (scores[0] ?? 0)) expect(relative[at]).toBeLessThanOrEqual(relative[0] ?? 0)
        }
      }),
    )
  })

  it('does not care about shift and scale', () => {
    fc.assert(
      fc.property(scoresArbitrary(), (scores) => {
        const [plain, moved] = [normalised(scores), normalised(scores.map((score) => 3 * score + 7))]
        if (plain === null || moved === null) return
        for (const [at, value] of plain.entries()) expect(moved[at]).toBeCloseTo(value, 6)
      }),
    )
  })

  it('takes a very long list', () => {
    const long = Array.from({ length: 300_000 }, (_, at) => at)
    expect(normalised(long)?.[150_000]).toBeCloseTo(0.5, 5)
  })
})

describe('meanOf and deviationOf', () => {
  it('are those of the whole population', () => {
    expect(meanOf([1, 2, 3, 6])).toBe(3)
    expect(deviationOf([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2)
    expect(deviationOf([5])).toBe(0)
    expect([meanOf([]), deviationOf([])]).toEqual([0, 0])
  })
})
