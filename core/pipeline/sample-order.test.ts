import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PAIRS_PER_VIDEO, pairPlace, sampleOrdinal, videoPlace } from './sample-order'

const key = fc.record({ run: fc.integer({ min: 1, max: 4_000_000 }), video: fc.nat(250_000), pair: fc.nat(4095) })
const ordinal = ({ run, video, pair }: { run: number; video: number; pair: number }) =>
  sampleOrdinal(run, pairPlace(videoPlace(video), pair))

describe('sampleOrdinal', () => {
  it('orders by run, then video, then pair', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        const wanted = Math.sign(a.run - b.run || a.video - b.video || a.pair - b.pair)
        const found = ordinal(a) < ordinal(b) ? -1 : ordinal(a) > ordinal(b) ? 1 : 0
        expect(found).toBe(wanted)
      }),
    )
  })

  it('is exact as a number, and above all imported samples', () => {
    fc.assert(
      fc.property(key, (one) => {
        expect(BigInt(Number(ordinal(one)))).toBe(ordinal(one))
        expect(ordinal(one)).toBeGreaterThan(1_000_000_000_000n)
      }),
    )
  })

  it('keeps the pairs of a video together, up to the last one there is room for', () => {
    expect(pairPlace(videoPlace(3), PAIRS_PER_VIDEO - 1)).toBeLessThan(videoPlace(4))
  })
})
