import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { motionPreviewSchema, nearestTau, PREVIEW_TAUS, resample, spriteSchema, tauPreviewSchema } from './previews'
import { PRESETS } from './settings'

const ID = '0190a5d0-0000-7000-8000-000000000001'

describe('the thresholds of the slider', () => {
  it('go from .70 to 1 by hundredths, without the dust of floats', () => {
    expect(PREVIEW_TAUS[0]).toBe(0.7)
    expect(PREVIEW_TAUS.at(-1)).toBe(1)
    expect(PREVIEW_TAUS).toContain(0.94)
    expect(PREVIEW_TAUS).toHaveLength(31)
  })

  it('find their own place again', () => {
    for (const [place, tau] of PREVIEW_TAUS.entries()) expect(nearestTau(tau)).toBe(place)
  })

  it('hold every other threshold within their range', () => {
    expect([nearestTau(0), nearestTau(0.5), nearestTau(2), nearestTau(-1)]).toEqual([0, 0, 30, 0])
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (tau) => {
        const near = PREVIEW_TAUS[nearestTau(tau)] ?? -1
        expect(Math.abs(near - Math.max(0.7, tau))).toBeLessThanOrEqual(0.0051)
      }),
    )
  })
})

describe('previews', () => {
  const kept = PREVIEW_TAUS.map(() => [0])
  const tau = {
    videoId: ID,
    videoName: 'a.mp4',
    sprite: null,
    frames: [{ frameIndex: 0, caption: 'A cup.' }],
    kept,
    meanKept: kept.map(() => 1),
    videosCounted: 1,
  }

  it('have an answer for every threshold, or are none', () => {
    expect(tauPreviewSchema.safeParse(tau).success).toBe(true)
    expect(tauPreviewSchema.safeParse({ ...tau, kept: kept.slice(1) }).success).toBe(false)
    expect(tauPreviewSchema.safeParse({ ...tau, videosCounted: 0 }).success).toBe(false)
  })

  it('of motion hold times, not indices', () => {
    const motion = { videoId: ID, videoName: 'a', durationSec: 3, curve: [{ timeSec: 0, motion: 0.1 }], shots: [], framesSec: [0, 1] }
    expect(motionPreviewSchema.safeParse(motion).success).toBe(true)
    expect(motionPreviewSchema.safeParse({ ...motion, durationSec: -1 }).success).toBe(false)
  })

  it('refuse a sheet without tiles of a size', () => {
    const sheet = { columns: 2, rows: 1, tileWidth: 160, tileHeight: 90, indices: [0, 30] }
    expect(spriteSchema.safeParse(sheet).success).toBe(true)
    expect(spriteSchema.safeParse({ ...sheet, tileWidth: 0 }).success).toBe(false)
  })
})

describe('resample', () => {
  const rule = PRESETS.embedded.sampling
  const shot = (startSec: number, endSec: number, motion: number) => ({ startSec, endSec, motion, fps: 1 })

  it('takes static shots slowly and fast ones fast, each from its own start', () => {
    const { rates, framesSec } = resample([shot(0, 2, 0), shot(2, 3, 1)], rule)
    expect(rates).toEqual([rule.staticFps, rule.maxFps])
    expect(framesSec).toEqual([0, 1, 2, 2.25, 2.5, 2.75])
  })

  it('takes one frame of a shot that lasts no time, and none of no shots', () => {
    expect(resample([shot(4, 4, 0)], rule).framesSec).toEqual([4])
    expect(resample([], rule)).toEqual({ rates: [], framesSec: [] })
  })

  it('thins evenly what is more than allowed, first and last stay', () => {
    const { framesSec } = resample([shot(0, 10, 0)], { ...rule, maxFrames: 4 })
    expect(framesSec).toEqual([0, 3, 6, 9])
    expect(resample([shot(0, 10, 0)], { ...rule, maxFrames: 1 }).framesSec).toEqual([0])
  })

  it('never takes more than allowed, nor a moment outside of its shots', () => {
    const anyShot = fc.record({ length: fc.double({ min: 0, max: 50, noNaN: true }), motion: fc.double({ min: 0, max: 1, noNaN: true }) })
    fc.assert(
      fc.property(fc.array(anyShot, { maxLength: 6 }), fc.integer({ min: 1, max: 60 }), (given, maxFrames) => {
        let at = 0
        const shots = given.map(({ length, motion }) => {
          const startSec = at
          at += length
          return shot(startSec, at, motion)
        })
        const { rates, framesSec } = resample(shots, { ...rule, maxFrames })
        expect(rates).toHaveLength(shots.length)
        expect(framesSec.length).toBeLessThanOrEqual(maxFrames)
        for (const moment of framesSec) expect(moment >= 0 && moment <= at).toBe(true)
        expect(framesSec).toEqual([...framesSec].sort((a, b) => a - b))
      }),
    )
  })
})
