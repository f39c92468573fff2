import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FrameTable, frameCount } from '../frame-table'
import { MAX_CANDIDATES } from './candidate-frames'
import { framesAtRate, thinnedCandidates } from './candidate-rule'

/** Frames that last so many ticks of a millisecond each. */
function tableOf(durations: readonly number[], startPts = 0): FrameTable {
  let pts = startPts
  const starts = durations.map((duration) => {
    const start = pts
    pts += duration
    return start
  })
  return {
    timeBase: [1, 1000],
    width: 16,
    height: 16,
    codedWidth: 16,
    codedHeight: 16,
    rotation: 0,
    sar: [1, 1],
    pts: starts,
    duration: [...durations],
    key: durations.map((_, at) => at === 0),
  }
}
const indicesOf = (table: FrameTable, fps: number) => framesAtRate(table, fps).map(({ index }) => Number(index))

describe('framesAtRate', () => {
  it('takes the frame on screen at each multiple', () => {
    const even = tableOf(new Array(100).fill(40))
    expect(indicesOf(even, 1)).toEqual([0, 25, 50, 75])
    expect(indicesOf(even, 2)).toEqual([0, 12, 25, 37, 50, 62, 75, 87])
    expect(framesAtRate(even, 1)[1]).toEqual({ index: 25, pts: 1000, timeSec: 1 })
  })

  it('goes by the times of the table: uneven spacing, a start elsewhere than 0', () => {
    // On screen from 0, 100, 1900, 2000 ms on; the last for 1.5 s.
    expect(indicesOf(tableOf([100, 1800, 100, 1500]), 1)).toEqual([0, 1, 3])
    const shifted = framesAtRate(tableOf([500, 500, 500, 500], -700), 1)
    expect(shifted.map(({ timeSec }) => timeSec)).toEqual([-0.7, 0.3])
  })

  it('takes every frame of a slower video, each once, and one of a single frame', () => {
    expect(indicesOf(tableOf(new Array(7).fill(1000)), 60)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(indicesOf(tableOf([40]), 2)).toEqual([0])
  })

  it('thins what is too much, evenly, from first to last', () => {
    const long = tableOf(new Array(4000).fill(100))
    const chosen = indicesOf(long, 10)
    expect(chosen).toHaveLength(MAX_CANDIDATES)
    expect([chosen[0], chosen.at(-1)]).toEqual([0, 3999])
    const gaps = chosen.slice(1).map((index, at) => index - (chosen[at] ?? 0))
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1)
  })

  it('refuses a table without frames', () => {
    expect(() => framesAtRate(tableOf([]), 2)).toThrow(expect.objectContaining({ code: 'frame_out_of_range' }))
  })

  it('gives frames of the table in time order, each once, the first among them, and never leaves more than two gaps out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 80 }),
        fc.double({ min: 0.1, max: 30, noNaN: true }),
        (durations, fps) => {
          const table = tableOf(durations)
          const frames = framesAtRate(table, fps)
          expect(frames[0]?.index).toBe(0)
          for (const [at, { index, pts, timeSec }] of frames.entries()) {
            expect(index).toBeLessThan(frameCount(table))
            expect(index).toBeGreaterThan(frames[at - 1]?.index ?? -1)
            expect(pts).toBe(table.pts[index])
            expect(timeSec).toBeCloseTo(pts / 1000, 9)
          }
          // One frame for each multiple at most.
          const seconds = durations.reduce((sum, each) => sum + each, 0) / 1000
          expect(frames.length).toBeLessThanOrEqual(Math.floor(seconds * fps) + 1)
        },
      ),
    )
  })
})

describe('thinnedCandidates', () => {
  it('leaves up to 256 alone and keeps the ends of more', () => {
    const few = Array.from({ length: MAX_CANDIDATES }, (_, at) => at)
    expect(thinnedCandidates(few)).toEqual(few)
    const many = thinnedCandidates(Array.from({ length: 1000 }, (_, at) => ({ at })))
    expect(many).toHaveLength(MAX_CANDIDATES)
    expect([many[0]?.at, many.at(-1)?.at]).toEqual([0, 999])
    expect(new Set(many).size).toBe(MAX_CANDIDATES)
    expect(thinnedCandidates([])).toEqual([])
  })
})
