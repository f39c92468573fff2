import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryDelayMs, triesAllowed } from './retry'

const unit = fc.double({ min: 0, max: 0.999_999, noNaN: true })

describe('retryDelayMs', () => {
  it('doubles from two seconds, with a quarter of jitter to both sides', () => {
    expect([0, 1, 2].map((tries) => retryDelayMs(tries, null, 0.5))).toEqual([2000, 4000, 8000])
    expect(retryDelayMs(0, null, 0)).toBe(1500)
  })

  it('never exceeds two and a half minutes by itself', () => {
    fc.assert(fc.property(fc.nat(60), unit, (tries, random) => retryDelayMs(tries, null, random) <= 150_000))
  })

  it('is never shorter than what the server asked for, up to a quarter of an hour', () => {
    fc.assert(
      fc.property(fc.nat(8), fc.nat(900_000), unit, (tries, asked, random) => {
        expect(retryDelayMs(tries, asked, random)).toBeGreaterThanOrEqual(asked)
      }),
    )
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -5])('takes an absurd wish of %s for none', (asked) => {
    expect(retryDelayMs(0, asked, 0.5)).toBe(2000)
  })

  it('is cut at a quarter of an hour and its jitter, whatever was asked', () => {
    expect(retryDelayMs(0, 86_400_000, 0.999)).toBeLessThanOrEqual(990_000)
  })
})

describe('triesAllowed', () => {
  it('gives what may go away by itself five tries, a bad answer three, the rest one', () => {
    expect(triesAllowed('model_unavailable')).toBe(5)
    expect(triesAllowed('storage_full')).toBe(5)
    expect(triesAllowed('model_bad_answer')).toBe(3)
    expect(triesAllowed('internal')).toBe(3)
    expect(triesAllowed('model_refused')).toBe(1)
    expect(triesAllowed('missing_file')).toBe(1)
  })
})
