import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rulerTicks } from './ruler-ticks'

describe('rulerTicks', () => {
  it('stand at round times', () => {
    expect(rulerTicks({ startSec: 0, lengthSec: 10 }, 12).map(({ text }) => text)).toEqual(
      Array.from({ length: 10 }, (_, sec) => `0:0${sec}`),
    )
    expect(rulerTicks({ startSec: 0, lengthSec: 4000 }, 5).map(({ text }) => text)).toEqual(['0:00', '15:00', '30:00', '45:00', '1:00:00'])
  })

  it('name tenths only where they are closer than a second', () => {
    expect(rulerTicks({ startSec: 0, lengthSec: 1 }, 5).map(({ text }) => text)).toEqual(['0:00.0', '0:00.2', '0:00.4', '0:00.6', '0:00.8'])
  })

  it('count from where the video begins', () => {
    expect(rulerTicks({ startSec: 1.5, lengthSec: 4 }, 4)).toEqual([
      { share: 0.125, text: '0:02' },
      { share: 0.375, text: '0:03' },
      { share: 0.625, text: '0:04' },
      { share: 0.875, text: '0:05' },
    ])
    expect(rulerTicks({ startSec: -0.2, lengthSec: 2 }, 4)[0]).toEqual({ share: expect.closeTo(0.1, 6), text: '0:00.0' })
  })

  it('are none where there is no time', () => {
    expect(rulerTicks({ startSec: 0, lengthSec: 0 })).toEqual([])
    expect(rulerTicks({ startSec: 0, lengthSec: Number.NaN })).toEqual([])
  })

  it('are few, in order and on the bar, however long the video', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 200_000, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (lengthSec, startSec) => {
          const shares = rulerTicks({ startSec, lengthSec }, 10).map(({ share }) => share)
          expect(shares.length).toBeLessThanOrEqual(11)
          for (const [at, share] of shares.entries()) {
            expect(share).toBeGreaterThanOrEqual(0)
            expect(share).toBeLessThan(1)
            expect(share).toBeGreaterThan(shares[at - 1] ?? -1)
          }
        },
      ),
    )
  })
})
