import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FrameTable } from '@/core/frame-table'
import { timesOf } from './frame-times'

function tableOf(pts: readonly number[], timeBase: [number, number]): FrameTable {
  return {
    ...{ timeBase, width: 8, height: 8, codedWidth: 8, codedHeight: 8, rotation: 0, sar: [1, 1] },
    pts: [...pts],
    duration: pts.map((own, at) => Math.max(1, (pts[at + 1] ?? own + 1) - own)),
    key: pts.map((_, at) => at === 0),
  }
}

describe('timesOf', () => {
  it('takes the clock of the table where the file keeps it', () => {
    const times = timesOf(tableOf([35, 36, 38], [1, 25]), 1.4)
    expect(times?.middleOf(0)).toBeCloseTo(1.42, 9)
    expect(times?.middleOf(1)).toBeCloseTo(1.46, 9)
    expect(times?.isFrame(2, 1.52)).toBe(true)
    expect(times?.isFrame(1, 1.52)).toBe(false)
  })

  it('counts from the first frame where the file does', () => {
    const times = timesOf(tableOf([-7, -6, -5], [1, 25]), 0)
    expect(times?.isFrame(0, 0)).toBe(true)
    expect(times?.isFrame(2, 0.08)).toBe(true)
    expect(times?.middleOf(2)).toBeCloseTo(0.1, 9)
  })

  it('names nothing by another clock', () => {
    expect(timesOf(tableOf([35, 36], [1, 25]), 0.7)).toBeNull()
    expect(timesOf(tableOf([0, 1], [1, 25]), 0.02)).toBeNull()
    expect(timesOf(tableOf([0, 1], [1, 25]), Number.NaN)).toBeNull()
  })

  it('forgives what rounding does, and no more', () => {
    const fine = timesOf(tableOf([0, 3003, 6006], [1, 90000]), 0)
    expect(fine?.isFrame(1, 0.033367)).toBe(true)
    expect(fine?.isFrame(1, 0.0334)).toBe(false)
    const milliseconds = timesOf(tableOf([0, 42, 83], [1, 1000]), 0)
    expect(milliseconds?.isFrame(1, 0.041708)).toBe(true)
    expect(milliseconds?.isFrame(1, 0.0405)).toBe(false)
  })

  it('knows a single frame', () => {
    const times = timesOf(tableOf([10], [1, 10]), 1)
    expect(times?.middleOf(0)).toBeCloseTo(1.05, 9)
    expect(times?.isFrame(0, 1)).toBe(true)
  })

  it('never takes one frame for another, and asks for each while it is on screen', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 40 })
    const base = fc.constantFrom<[number, number]>([1, 25], [1, 1000], [1, 90000], [1001, 24000])
    fc.assert(
      fc.property(steps, fc.integer({ min: -500, max: 500 }), base, fc.boolean(), (all, start, timeBase, isFromZero) => {
        const pts = [start]
        for (const step of all) pts.push((pts.at(-1) ?? start) + step)
        const table = tableOf(pts, timeBase)
        const secOf = (at: number) => (((pts[at] ?? 0) - (isFromZero ? start : 0)) * timeBase[0]) / timeBase[1]
        const times = timesOf(table, secOf(0))
        if (times === null) return expect.unreachable()
        for (let at = 0; at < pts.length; at += 1) {
          const named = pts.flatMap((_, index) => (times.isFrame(index, Math.round(secOf(at) * 1e6) / 1e6) ? [index] : []))
          expect(named).toEqual([at])
          const middle = times.middleOf(at)
          expect(middle).toBeGreaterThan(secOf(at))
          if (at + 1 < pts.length) expect(middle).toBeLessThan(secOf(at + 1))
        }
      }),
    )
  })
})
