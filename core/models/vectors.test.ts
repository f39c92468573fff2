import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../document.fixture'
import { cosine, vectorProblem } from './vectors'
import { unitArbitrary, unitOf } from './vectors.fixture'

describe('cosine', () => {
  it('is 1 for the same, 0 across, −1 against', () => {
    expect(cosine(unitOf([3, 4]), unitOf([3, 4]))).toBeCloseTo(1, 6)
    expect(cosine(unitOf([1, 0]), unitOf([0, 1]))).toBe(0)
    expect(cosine(unitOf([1, 0]), unitOf([-2, 0]))).toBe(-1)
  })

  it('is symmetric and never leaves −1 to 1', () => {
    fc.assert(
      fc.property(unitArbitrary(5), unitArbitrary(5), (a, b) => {
        expect(cosine(a, b)).toBe(cosine(b, a))
        expect(Math.abs(cosine(a, b))).toBeLessThanOrEqual(1)
        expect(cosine(a, a)).toBeCloseTo(1, 5)
      }),
    )
  })

  it('refuses vectors of different lengths', () => {
    expect(refusalOf(() => cosine(unitOf([1, 0]), unitOf([1, 0, 0])))).toMatchObject({ code: 'invalid_input' })
  })
})

describe('vectorProblem', () => {
  const good = [unitOf([1, 2, 3]), unitOf([0, 0, 1])]

  it('finds nothing in unit vectors', () => {
    expect(vectorProblem(good, 2, 3)).toBeNull()
    expect(vectorProblem([], 0, 512)).toBeNull()
    fc.assert(fc.property(fc.array(unitArbitrary(4), { maxLength: 5 }), (all) => vectorProblem(all, all.length, 4) === null))
  })

  it.each([
    ['too few', good.slice(1), 2, 3, '2 texts'],
    ['too many', good, 1, 3, '1 texts'],
    ['another size', good, 2, 4, 'Vector 1 has 3 numbers, not 4.'],
    ['a zero vector', [unitOf([1, 0]), new Float32Array(2)], 2, 2, 'Vector 2 is not of unit length.'],
    ['not a number', [Float32Array.of(Number.NaN, 1)], 1, 2, 'Vector 1 is not of unit length.'],
    ['infinity', [Float32Array.of(Number.POSITIVE_INFINITY, 0)], 1, 2, 'Vector 1 is not of unit length.'],
    ['not normalised', [Float32Array.of(3, 4)], 1, 2, 'Vector 1 is not of unit length.'],
  ])('names %s', (_, vectors, count, dimensions, said) => {
    expect(vectorProblem(vectors, count, dimensions)).toContain(said)
  })
})
