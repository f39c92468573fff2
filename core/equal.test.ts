import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RUNS } from './document.fixture'
import { equalValues } from './equal'

describe('equalValues', () => {
  it.each<[unknown, unknown]>([
    [1, 1],
    [0, -0],
    [Number.NaN, Number.NaN],
    ['a', 'a'],
    [null, null],
    [
      [1, [2]],
      [1, [2]],
    ],
    [{}, {}],
    [
      { a: 1, b: { c: [] } },
      { b: { c: [] }, a: 1 },
    ],
  ])('%j equals %j', (a, b) => {
    expect(equalValues(a, b)).toBe(true)
  })

  it.each<[unknown, unknown]>([
    [1, 2],
    [1, '1'],
    [null, {}],
    [{}, null],
    [null, undefined],
    [[], {}],
    [{}, []],
    [[1], [1, 2]],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ a: undefined }, { b: undefined }],
    [{ constructor: 1 }, { a: 1 }],
  ])('%j does not equal %j', (a, b) => {
    expect(equalValues(a, b)).toBe(false)
  })

  it('agrees with canonical JSON, for every JSON value', () => {
    const canonical = (value: unknown): string =>
      JSON.stringify(value, (_, inner: unknown) =>
        typeof inner === 'object' && inner !== null && !Array.isArray(inner)
          ? Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1))
          : inner,
      )
    const value = fc.jsonValue({ maxDepth: 2 })
    fc.assert(
      fc.property(value, value, (a, b) => {
        const copy: unknown = JSON.parse(JSON.stringify(a))
        expect(equalValues(a, copy)).toBe(true)
        expect(equalValues(a, b)).toBe(equalValues(b, a))
        if (equalValues(a, b)) expect(canonical(JSON.parse(JSON.stringify(a)))).toBe(canonical(JSON.parse(JSON.stringify(b))))
      }),
      RUNS,
    )
  })
})
