import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RUNS, refusalOf } from './document.fixture'
import { AppError } from './errors'
import {
  averageFps,
  type FrameTable,
  frameAt,
  frameCount,
  frameTableSchema,
  indexAtTime,
  indexOfPts,
  isVfr,
  rationalSchema,
} from './frame-table'

function table(pts: readonly number[], timeBase: FrameTable['timeBase'] = [1, 1000]): FrameTable {
  return {
    timeBase,
    width: 640,
    height: 360,
    codedWidth: 640,
    codedHeight: 368,
    rotation: 0,
    sar: [1, 1],
    pts: [...pts],
    duration: pts.map((value, index) => (pts[index + 1] ?? value + 40) - value),
    key: pts.map((_, index) => index % 12 === 0),
  }
}

/** `count` frames of an even rate, each pts rounded to the ticks of the time base. */
function even(count: number, fps: number, ticksPerSec: number): FrameTable {
  return table(
    Array.from({ length: count }, (_, n) => Math.round((n * ticksPerSec) / fps)),
    [1, ticksPerSec],
  )
}

const film = table([-80, -40, 0, 40, 80, 120])

describe('frameTableSchema', () => {
  it('takes a table through JSON', () => {
    expect(frameTableSchema.parse(JSON.parse(JSON.stringify(film)))).toEqual(film)
  })

  it.each([
    ['a rotation between quarters', { rotation: 45 }],
    ['a fractional pts', { pts: [0.5] }],
    ['no width', { width: 0 }],
    ['a time base of zero', { timeBase: [1, 0] }],
    ['an unknown column', { hash: [] }],
  ])('refuses %s', (_, change) => {
    expect(frameTableSchema.safeParse({ ...film, ...change }).success).toBe(false)
  })

  it('takes positive rationals only', () => {
    expect(rationalSchema.safeParse([1001, 30_000]).success).toBe(true)
    expect(rationalSchema.safeParse([-1, 2]).success).toBe(false)
    expect(rationalSchema.safeParse([1.5, 2]).success).toBe(false)
  })
})

describe('frameAt', () => {
  it('names a frame by index, pts and time', () => {
    expect(frameAt(film, 0)).toEqual({ index: 0, pts: -80, timeSec: -0.08, durationSec: 0.04, key: true })
    expect(frameAt(film, 5)).toEqual({ index: 5, pts: 120, timeSec: 0.12, durationSec: 0.04, key: false })
  })

  it.each([-1, 6, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses index %s', (index) => {
    expect(refusalOf(() => frameAt(film, index))).toEqual({
      code: 'frame_out_of_range',
      message: `There is no frame ${index}. The video has frames 0 to 5.`,
    })
  })

  it('says how many frames there are', () => {
    try {
      frameAt(film, 99)
      expect.unreachable()
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(AppError)
      expect(thrown).toMatchObject({ details: { index: 99, count: 6 } })
    }
    expect(refusalOf(() => frameAt(table([]), 0)).message).toBe('There is no frame 0. The video has no frames.')
  })

  it('refuses a table whose columns end early', () => {
    expect(refusalOf(() => frameAt({ ...film, duration: [40] }, 1)).code).toBe('frame_out_of_range')
    expect(refusalOf(() => frameAt({ ...film, key: [] }, 0)).code).toBe('frame_out_of_range')
  })
})

describe('indexAtTime', () => {
  it.each([
    [-10, 0],
    [-0.08, 0],
    [-0.0401, 0],
    [-0.04, 1],
    [0, 2],
    [0.039, 2],
    [0.04, 3],
    [0.119_999, 4],
    [0.12, 5],
    [99, 5],
  ])('at %f s shows frame %i', (sec, index) => {
    expect(indexAtTime(film, sec)).toBe(index)
  })

  it('gives each frame for its own time, whatever the spacing and the time base', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 200 })
    const timeBase = fc.constantFrom<FrameTable['timeBase']>([1, 1000], [1, 90_000], [1001, 30_000], [1001, 24_000], [1, 12_800], [1, 3])
    fc.assert(
      fc.property(steps, fc.integer({ min: -100_000, max: 2 ** 40 }), timeBase, (gaps, start, base) => {
        const pts = gaps.reduce<number[]>((sofar, gap) => {
          sofar.push((sofar.at(-1) ?? start) + gap)
          return sofar
        }, [])
        const any = table(pts, base)
        for (let index = 0; index < pts.length; index += 1) {
          expect(indexAtTime(any, frameAt(any, index).timeSec)).toBe(index)
          expect(indexOfPts(any, frameAt(any, index).pts)).toBe(index)
        }
      }),
      RUNS,
    )
  })

  it('refuses a video without frames', () => {
    expect(refusalOf(() => indexAtTime(table([]), 0)).code).toBe('frame_out_of_range')
  })
})

describe('indexOfPts', () => {
  it('finds exact pts only', () => {
    expect(indexOfPts(film, -80)).toBe(0)
    expect(indexOfPts(film, 120)).toBe(5)
    expect(indexOfPts(film, 41)).toBeNull()
    expect(indexOfPts(film, -81)).toBeNull()
    expect(indexOfPts(film, 121)).toBeNull()
    expect(indexOfPts(table([]), 0)).toBeNull()
  })
})

describe('averageFps', () => {
  it.each([
    [even(100, 25, 12_800), 25],
    [even(1000, 24_000 / 1001, 90_000), 23.976],
    [even(1000, 60_000 / 1001, 1000), 59.94],
    [table([0, 10, 50, 100], [1, 100]), 3],
  ])('is intervals over time', (of, fps) => {
    expect(averageFps(of)).toBeCloseTo(fps, 2)
  })

  it('is 0 where no time passes', () => {
    expect(averageFps(table([]))).toBe(0)
    expect(averageFps(table([5]))).toBe(0)
    expect(averageFps(table([5, 5]))).toBe(0)
  })
})

describe('isVfr', () => {
  it.each([
    ['25 fps in exact ticks', even(250, 25, 12_800)],
    ['23.976 fps rounded to milliseconds', even(2000, 24_000 / 1001, 1000)],
    ['59.94 fps rounded to milliseconds', even(2000, 60_000 / 1001, 1000)],
    ['30 fps in frames', even(90, 30, 30)],
    ['one frame', table([7])],
    ['no frame', table([])],
  ])('is false for %s', (_, of) => {
    expect(isVfr(of)).toBe(false)
  })

  it.each([
    ['a dropped frame', table([0, 40, 80, 160, 200])],
    ['a slideshow', table([0, 1000, 1500, 9000])],
    ['alternating one and two frames', table([0, 1, 3, 4, 6, 7], [1, 30])],
    [
      'a rate that changes half way',
      table([...Array.from({ length: 50 }, (_, n) => n * 40), ...Array.from({ length: 50 }, (_, n) => 2000 + n * 20)]),
    ],
  ])('is true for %s', (_, of) => {
    expect(isVfr(of)).toBe(true)
  })

  it('does not mind where the video starts', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), fc.constantFrom(24, 25, 30, 50, 60), (start, fps) => {
        const at0 = even(300, fps, 1000)
        expect(isVfr({ ...at0, pts: at0.pts.map((pts) => pts + start) })).toBe(false)
      }),
      RUNS,
    )
  })
})

describe('frameCount', () => {
  it('counts frames', () => {
    expect(frameCount(film)).toBe(6)
    expect(frameCount(table([]))).toBe(0)
  })
})
