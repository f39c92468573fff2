import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FrameTable } from '@/core/frame-table'
import { calibrate, frameOfCurrentTime, frameOfMediaTime, frameOfShare, seekTimeOf, shareOfFrame, TABLE_CLOCK } from './frame-clock'

function table(pts: number[], timeBase: [number, number], duration?: number[]): FrameTable {
  return {
    timeBase,
    width: 1280,
    height: 720,
    codedWidth: 1280,
    codedHeight: 720,
    rotation: 0,
    sar: [1, 1],
    pts,
    duration: duration ?? pts.map((at, index) => (pts[index + 1] ?? at + 1) - at),
    key: pts.map((_, index) => index % 12 === 0),
  }
}

const ntsc = table(
  Array.from({ length: 300 }, (_, index) => index * 1001),
  [1, 30000],
)
/** 30, then 10, then 60 frames a second, starting at 1.4 s, as a phone or a transport stream does. */
const vfr = table([126000, 129000, 132000, 141000, 150000, 159000, 160500, 162000, 163500], [1, 90000])
const tables = { ntsc, vfr }

describe.each(Object.entries(tables))('a frame of the %s table', (_name, frames) => {
  it.each([0, 1.25, -(frames.pts[0] ?? 0) / frames.timeBase[1]])(
    'is found again from its seek and media time, offset %d s',
    (offsetSec) => {
      const clock = { offsetSec }
      frames.pts.forEach((pts, index) => {
        const mediaTime = (pts * frames.timeBase[0]) / frames.timeBase[1] + offsetSec
        // Browsers give microseconds.
        expect(frameOfMediaTime(frames, clock, Math.round(mediaTime * 1e6) / 1e6)).toBe(index)
        expect(frameOfCurrentTime(frames, clock, seekTimeOf(frames, clock, index))).toBe(index)
      })
    },
  )

  it('keeps its place on the bar', () => {
    frames.pts.forEach((_, index) => {
      expect(frameOfShare(frames, shareOfFrame(frames, index))).toBe(index)
    })
    expect(frameOfShare(frames, -1)).toBe(0)
    expect(frameOfShare(frames, 2)).toBe(frames.pts.length - 1)
  })
})

describe('seekTimeOf', () => {
  it('aims at the middle between a frame and the next, whatever duration is stated', () => {
    const lying = table([0, 100, 400], [1, 100], [500, 1, 1])
    expect(seekTimeOf(lying, TABLE_CLOCK, 0)).toBeCloseTo(0.5, 10)
    expect(seekTimeOf(lying, TABLE_CLOCK, 1)).toBeCloseTo(2.5, 10)
  })

  it('uses the stated duration of the last frame, else the one before', () => {
    expect(seekTimeOf(table([0, 100], [1, 100], [100, 50]), TABLE_CLOCK, 1)).toBeCloseTo(1.25, 10)
    expect(seekTimeOf(table([0, 100], [1, 100], [100, 0]), TABLE_CLOCK, 1)).toBeCloseTo(1.5, 10)
  })

  it('refuses a frame that is not there', () => {
    expect(() => seekTimeOf(vfr, TABLE_CLOCK, 9)).toThrow('There is no frame 9')
  })
})

describe('frameOfMediaTime', () => {
  it('takes the nearest frame and stays in the table', () => {
    expect(frameOfMediaTime(vfr, TABLE_CLOCK, 0)).toBe(0)
    expect(frameOfMediaTime(vfr, TABLE_CLOCK, 99)).toBe(8)
    expect(frameOfMediaTime(vfr, TABLE_CLOCK, 1.4 + 0.01)).toBe(0)
    expect(frameOfMediaTime(vfr, TABLE_CLOCK, 1.4 + 0.03)).toBe(1)
  })

  it('is as good as looking at every frame', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -5000, max: 5000 }), { minLength: 1, maxLength: 40 }),
        fc.double({ min: -60, max: 60, noNaN: true }),
        (stamps, sec) => {
          const frames = table(
            stamps.sort((a, b) => a - b),
            [1, 100],
          )
          const found = frameOfMediaTime(frames, TABLE_CLOCK, sec)
          const distance = (index: number) => Math.abs((frames.pts[index] ?? 0) / 100 - sec)
          const least = Math.min(...frames.pts.map((_, index) => distance(index)))
          expect(distance(found)).toBeCloseTo(least, 9)
        },
      ),
    )
  })
})

describe('calibrate', () => {
  it('sees a source that keeps its stamps and one that starts at zero', () => {
    expect(calibrate(vfr, 1.4).offsetSec).toBe(0)
    expect(calibrate(vfr, 0).offsetSec).toBeCloseTo(-1.4, 10)
    expect(calibrate(vfr, 0.000_9).offsetSec).toBeCloseTo(-1.4, 10)
  })

  it('takes an unknown start as measured and ignores nonsense', () => {
    expect(calibrate(vfr, 2).offsetSec).toBeCloseTo(0.6, 10)
    expect(calibrate(vfr, Number.NaN)).toEqual(TABLE_CLOCK)
    expect(calibrate(table([], [1, 100]), 1)).toEqual(TABLE_CLOCK)
  })
})
