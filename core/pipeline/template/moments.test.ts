import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areDistinct, atTime } from './moments'

const time = fc.double({ min: 0, max: 9999, noNaN: true })

describe('atTime', () => {
  it.each([
    [0, 'at the very beginning'],
    [0.2, 'at the very beginning'],
    [0.5, 'at about 0.5 seconds'],
    [1.1, 'at about 1 second'],
    [7.26, 'at about 7.5 seconds'],
    [12, 'at about 12 seconds'],
  ])('%d s', (seconds, words) => {
    expect(atTime(seconds)).toBe(words)
  })

  it('says two distinct times with different words, and others with the same', () => {
    fc.assert(
      fc.property(time, time, (a, b) => {
        expect(atTime(a) !== atTime(b)).toBe(areDistinct(a, b))
      }),
    )
  })

  it('is never off by more than a quarter of a second', () => {
    fc.assert(
      fc.property(time, (seconds) => {
        const said = Number(/[0-9.]+/.exec(atTime(seconds))?.[0] ?? 0)
        expect(Math.abs(said - seconds)).toBeLessThanOrEqual(0.25 + 1e-9)
      }),
    )
  })
})
