import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../document.fixture'
import { sampleFramesOutputSchema } from './outputs'
import { MAX_CURVE_POINTS, sampleFrames, samplingFor } from './sampling'
import { PRESETS, type SamplingSettings } from './settings'
import { evenTable, plainSignatures, tableOf } from './video.fixture'

const rule: SamplingSettings = PRESETS.embedded.sampling
const still = (count: number, grey = 10) => Array.from({ length: count }, () => grey)
/** Greys that go up and down by `step` a frame, so that motion at 20 fps is 5 steps. */
const moving = (count: number, step: number) =>
  Array.from({ length: count }, (_, index) => {
    const place = index % 20
    return 100 + step * (place < 10 ? place : 20 - place)
  })

const indicesOf = (greys: readonly number[], fps = 20, settings = rule) =>
  sampleFrames(evenTable(greys.length, fps), plainSignatures(greys), settings).frames.map((frame) => frame.index)

describe('rates', () => {
  it('takes one frame a second of a still video', () => {
    expect(indicesOf(still(100))).toEqual([0, 20, 40, 60, 80])
  })

  it('takes two a second of a moving one, four of a fast one', () => {
    expect(indicesOf(moving(60, 1))).toEqual([0, 10, 20, 30, 40, 50])
    expect(indicesOf(moving(40, 5))).toEqual([0, 5, 10, 15, 20, 25, 30, 35])
  })

  it('chooses a rate for each shot and begins anew at its start', () => {
    const greys = [...still(30), ...moving(30, 5)]
    const { shots, frames } = sampleFrames(evenTable(60, 20), plainSignatures(greys), rule)
    expect(shots).toMatchObject([
      { startIndex: 0, endIndex: 29, motion: 0, fps: 1 },
      { startIndex: 30, endIndex: 59, fps: 4 },
    ])
    expect(frames.map((frame) => frame.index)).toEqual([0, 20, 30, 35, 40, 45, 50, 55])
  })

  it('takes the thresholds themselves as dynamic and as fast', () => {
    // One grey a frame apart at 1 fps: motion is 1/255 for every frame.
    const greys = Array.from({ length: 9 }, (_, index) => index)
    const at = (change: Partial<SamplingSettings>) =>
      sampleFrames(evenTable(9, 1), plainSignatures(greys), { ...rule, ...change }).shots[0]?.fps
    expect(at({ dynamicFrom: 1 / 255, fastFrom: 0.5 })).toBe(2)
    expect(at({ dynamicFrom: 0, fastFrom: 1 / 255 })).toBe(4)
    expect(at({ dynamicFrom: 1.01 / 255, fastFrom: 0.5 })).toBe(1)
  })

  it('takes every frame, each once, when the rate is above that of the video', () => {
    expect(indicesOf(still(6), 1, { ...rule, staticFps: 30 })).toEqual([0, 1, 2, 3, 4, 5])
  })
})

describe('exact frames', () => {
  it('takes the frame on screen at each moment of an uneven table', () => {
    // 1 fps: moments 0, 1000, 2000, 3000 ms; nothing begins between 900 and 2500.
    const table = tableOf([0, 400, 900, 2500, 2600, 3100])
    const { frames } = sampleFrames(table, plainSignatures(still(6)), rule)
    expect(frames).toEqual([
      { index: 0, pts: 0, timeSec: 0 },
      { index: 2, pts: 900, timeSec: 0.9 },
      { index: 4, pts: 2600, timeSec: 2.6 },
    ])
  })

  it('counts from the first frame, also below zero', () => {
    const { frames } = sampleFrames(evenTable(60, 20, -500), plainSignatures(still(60)), rule)
    expect(frames.map((frame) => frame.pts)).toEqual([-500, 500, 1500])
  })

  it('is exact where seconds have no short float', () => {
    // 23.976 fps in its own time base, 2 a second: the frame on screen at k/2 s.
    const table = tableOf(
      Array.from({ length: 240 }, (_, index) => index * 1001),
      [1, 24_000],
    )
    const { frames } = sampleFrames(table, plainSignatures(still(240)), { ...rule, staticFps: 2 })
    expect(frames.map((frame) => frame.index)).toEqual(Array.from({ length: frames.length }, (_, k) => Math.floor((k * 12_000) / 1001)))
  })

  it('takes one frame of a video of one frame, and of one where no time passes', () => {
    expect(sampleFrames(tableOf([33]), plainSignatures([5]), rule).frames.map((frame) => frame.index)).toEqual([0])
    const frozen = { ...tableOf([5, 5, 5]), duration: [0, 0, 0] }
    expect(sampleFrames(frozen, plainSignatures([5, 5, 5]), rule).frames).toHaveLength(1)
  })
})

describe('the cap', () => {
  it('thins evenly and keeps both ends', () => {
    expect(indicesOf(still(200), 20, { ...rule, maxFrames: 4 })).toEqual([0, 60, 120, 180])
    expect(indicesOf(still(200), 20, { ...rule, maxFrames: 2 })).toEqual([0, 180])
    expect(indicesOf(still(200), 20, { ...rule, maxFrames: 1 })).toEqual([0])
  })
})

describe('the curve', () => {
  it('has a point a frame while that fits, and the mean of neighbours beyond', () => {
    const short = sampleFrames(evenTable(10, 20), plainSignatures(still(10)), rule).curve
    expect(short).toHaveLength(10)
    const greys = moving(1000, 1)
    const { curve } = sampleFrames(evenTable(1000, 20), plainSignatures(greys), rule)
    expect(curve.length).toBe(250)
    expect(curve[1]?.timeSec).toBe(0.2)
  })
})

describe('laws', () => {
  const anything = fc.record({
    greys: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 120 }),
    gaps: fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 120, maxLength: 120 }),
    staticFps: fc.constantFrom(0.5, 1, 7),
    maxFrames: fc.integer({ min: 1, max: 30 }),
  })

  it('gives frames of the table, in order, each once, at least one, never above the cap', () => {
    fc.assert(
      fc.property(anything, ({ greys, gaps, staticFps, maxFrames }) => {
        let pts = -100
        const table = tableOf(
          greys.map((_, index) => {
            pts += gaps[index] ?? 0
            return pts
          }),
        )
        const output = sampleFrames(table, plainSignatures(greys), { ...rule, staticFps, maxFrames })
        expect(sampleFramesOutputSchema.parse(JSON.parse(JSON.stringify(output)))).toEqual(output)
        const indices = output.frames.map((frame) => frame.index)
        expect(indices.length).toBeGreaterThan(0)
        expect(indices.length).toBeLessThanOrEqual(maxFrames)
        expect(indices.every((index, at) => at === 0 || index > (indices[at - 1] ?? 0))).toBe(true)
        for (const frame of output.frames) expect(frame.pts).toBe(table.pts[frame.index])
        expect(output.curve.length).toBeLessThanOrEqual(MAX_CURVE_POINTS)
        // Shots cover the video without a gap.
        expect(output.shots[0]?.startIndex).toBe(0)
        expect(output.shots.at(-1)?.endIndex).toBe(greys.length - 1)
        for (const [at, shot] of output.shots.entries()) {
          if (at > 0) expect(shot.startIndex).toBe((output.shots[at - 1]?.endIndex ?? 0) + 1)
        }
      }),
    )
  })

  it('takes no two frames of a shot closer than the rate allows, frame spacing aside', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 200 }), fc.constantFrom(5, 10, 25, 50), (count, fps) => {
        const indices = indicesOf(still(count), fps)
        expect(indices).toEqual(Array.from({ length: Math.ceil(count / fps) }, (_, second) => second * fps))
      }),
    )
  })

  it('takes as many frames or more when a shot moves more', () => {
    const counts = [0, 1, 2, 3, 5, 8].map((step) => indicesOf(moving(100, step)).length)
    expect(counts).toEqual([...counts].sort((a, b) => a - b))
  })
})

describe('samplingFor', () => {
  const video = '6f1c3a52-9d0e-4b1a-8d43-0a1b2c3d4e5f'
  const settings = { ...PRESETS.embedded, samplingByVideo: { [video]: { staticFps: 3, maxFrames: 9 } } }

  it('puts what was set for the video over the rule of the project', () => {
    expect(samplingFor(settings, video)).toEqual({ ...rule, staticFps: 3, maxFrames: 9 })
    expect(samplingFor(settings, '00000000-0000-4000-8000-000000000000')).toEqual(rule)
    expect(samplingFor(settings, 'constructor')).toEqual(rule)
  })

  it('takes an unset field for the project’s own', () => {
    expect(samplingFor({ ...settings, samplingByVideo: { [video]: { staticFps: undefined } } }, video)).toEqual(rule)
  })
})

describe('a broken measurement', () => {
  it('is refused', () => {
    expect(refusalOf(() => sampleFrames(evenTable(4, 20), new Uint8Array(7), rule))).toMatchObject({ code: 'corrupt_media' })
  })
})
