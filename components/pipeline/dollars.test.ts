import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dollarsText, parseDollars } from './dollars'

describe('parseDollars', () => {
  it.each([
    ['', null],
    ['   ', null],
    ['40', 40_000_000],
    ['$ 12.50', 12_500_000],
    ['1,000', 1_000_000_000],
    ['0', 0],
    ['0.000001', 1],
    ['5.', 5_000_000],
  ])('%j', (text, micro) => expect(parseDollars(text)).toBe(micro))

  it.each(['x', '-1', '1e9', '1.2.3', '12 50', '€5', '99999999', '2000000', 'NaN', '.5'])('%j is no amount', (text) => {
    expect(parseDollars(text)).toBeUndefined()
  })

  it('reads what it wrote', () => {
    expect(dollarsText(null)).toBe('')
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 1_000_000_000_000 }), (micro) => {
        expect(parseDollars(dollarsText(micro))).toBe(micro)
      }),
    )
  })
})
