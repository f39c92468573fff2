import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RUNS } from './document.fixture'
import { compareTimes, formatTimecode, frameSpanContains, ptsToSeconds, secondsToPts, type TimeBase } from './time'

/** Time bases met in files: MP4 tracks, MPEG-TS, Matroska, audio-like, NTSC frames. */
const TIME_BASES: readonly TimeBase[] = [
  [1, 90_000],
  [1, 12_800],
  [1, 15_360],
  [1, 1000],
  [1, 24],
  [1, 30_000],
  [1001, 24_000],
  [1001, 30_000],
  [1, 1_000_000],
  [1, 1_000_000_000],
  [1, 1],
]
const timeBase = fc.constantFrom(...TIME_BASES)

describe('ptsToSeconds', () => {
  it.each<[number, TimeBase, number]>([
    [0, [1, 90_000], 0],
    [90_000, [1, 90_000], 1],
    [-45_000, [1, 90_000], -0.5],
    [24, [1001, 24_000], 1.001],
    [9576, [1, 1000], 9.576],
    [1, [1, 3], 1 / 3],
  ])('%i ticks of %j are %f s', (pts, base, sec) => {
    expect(ptsToSeconds(pts, base)).toBe(sec)
  })

  it('stays exact where the product leaves the safe integers', () => {
    // 2^53 - 1 ticks of 1001/30000 s: the product needs 63 bits.
    const pts = Number.MAX_SAFE_INTEGER
    const exact = Number((BigInt(pts) * 1001n) / 30_000n)
    expect(Math.abs(ptsToSeconds(pts, [1001, 30_000]) - exact)).toBeLessThanOrEqual(1)
    expect(ptsToSeconds(-pts, [1001, 30_000])).toBe(-ptsToSeconds(pts, [1001, 30_000]))
  })

  it('never falls when pts rises', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(1_000_000), timeBase, (pts, more, base) => {
        const later = Math.min(pts + more, Number.MAX_SAFE_INTEGER)
        expect(ptsToSeconds(later, base)).toBeGreaterThanOrEqual(ptsToSeconds(pts, base))
      }),
      RUNS,
    )
  })
})

describe('secondsToPts', () => {
  it('is the inverse of ptsToSeconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 50) + 1, max: 2 ** 50 - 1 }), timeBase, (pts, base) => {
        expect(secondsToPts(ptsToSeconds(pts, base), base)).toBe(pts)
      }),
      { numRuns: 2000 },
    )
  })

  it('takes the nearest tick', () => {
    expect(secondsToPts(0.0104, [1, 100])).toBe(1)
    expect(secondsToPts(0.0151, [1, 100])).toBe(2)
    expect(secondsToPts(0.015, [1, 1000])).toBe(15)
  })

  it('gives zero without a sign', () => {
    expect(Object.is(secondsToPts(-0.0001, [1, 100]), 0)).toBe(true)
  })
})

describe('compareTimes', () => {
  it('knows equal instants in different time bases', () => {
    expect(compareTimes({ pts: 1000, timeBase: [1, 1000] }, { pts: 90_000, timeBase: [1, 90_000] })).toBe(0)
    expect(compareTimes({ pts: 24, timeBase: [1001, 24_000] }, { pts: 30, timeBase: [1001, 30_000] })).toBe(0)
  })

  it('sees a difference too small for floats', () => {
    const a = { pts: 9_007_199_254_740_990, timeBase: [1, 1_000_000_000] as const }
    const b = { pts: 9_007_199_254_740_991, timeBase: [1, 1_000_000_000] as const }
    expect(compareTimes(a, b)).toBe(-1)
    expect(compareTimes(b, a)).toBe(1)
  })

  it('orders like the seconds wherever those differ', () => {
    const moment = fc.record({ pts: fc.integer(), timeBase })
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const difference = ptsToSeconds(a.pts, a.timeBase) - ptsToSeconds(b.pts, b.timeBase)
        if (Math.abs(difference) > 1e-6) expect(compareTimes(a, b)).toBe(Math.sign(difference))
        expect(compareTimes(a, b) + compareTimes(b, a)).toBe(0)
      }),
      RUNS,
    )
  })
})

describe('frameSpanContains', () => {
  const span = { startPts: -5, endPts: 10 }

  it.each([
    [-6, false],
    [-5, true],
    [0, true],
    [10, true],
    [11, false],
  ])('pts %i: %s', (pts, expected) => {
    expect(frameSpanContains(span, pts)).toBe(expected)
  })
})

describe('formatTimecode', () => {
  it.each([
    [0, '0:00.000'],
    [9.576, '0:09.576'],
    [59.9994, '0:59.999'],
    [59.9996, '1:00.000'],
    [61.5, '1:01.500'],
    [600, '10:00.000'],
    [3599.9999, '1:00:00.000'],
    [3723.004, '1:02:03.004'],
    [36_000, '10:00:00.000'],
    [-1, '-0:01.000'],
    [-0.0001, '0:00.000'],
    [-3661.25, '-1:01:01.250'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('%f is %s', (sec, text) => {
    expect(formatTimecode(sec)).toBe(text)
  })

  it('reads back within half a millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400_000_000 }), (ms) => {
        const parts = formatTimecode(ms / 1000)
          .split(':')
          .map(Number)
        const sec = parts.reduce((total, part) => total * 60 + part, 0)
        expect(Math.round(sec * 1000)).toBe(ms)
      }),
      RUNS,
    )
  })
})
