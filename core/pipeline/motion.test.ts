import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../document.fixture'
import { CUT_FACTOR, MOTION_WINDOW_SEC, measureMotion, SIGNATURE_BYTES } from './motion'
import { evenTable, plainSignatures, tableOf } from './video.fixture'

const measured = (greys: readonly number[], fps = 20, cutFrom = 0.18) =>
  measureMotion(evenTable(greys.length, fps), plainSignatures(greys), cutFrom)

describe('cuts', () => {
  it('begins a shot where the picture jumps', () => {
    expect(measured([10, 10, 10, 200, 200, 201, 60, 60]).starts).toEqual([0, 3, 6])
  })

  it('needs the full difference', () => {
    // 46 of 255 is 0.1804, 45 is 0.1765.
    expect(measured([0, 0, 46, 46]).starts).toEqual([0, 2])
    expect(measured([0, 0, 45, 45]).starts).toEqual([0])
  })

  it('takes a flash for a flash', () => {
    expect(measured([10, 10, 250, 10, 10]).starts).toEqual([0])
  })

  it('takes a fast pan, where every step is large, for motion', () => {
    expect(measured([0, 50, 100, 150, 200, 250]).starts).toEqual([0])
  })

  it('finds a cut inside motion when it stands out', () => {
    const step = 20
    expect(measured([0, step, 2 * step, 2 * step + CUT_FACTOR * step + 10, 2 * step + CUT_FACTOR * step + 30]).starts).toEqual([0, 3])
  })

  it('cuts nothing out of a still video, even with a threshold of 0', () => {
    expect(measured([7, 7, 7, 7], 20, 0).starts).toEqual([0])
  })
})

describe('motion', () => {
  it('compares with the frame a quarter of a second before', () => {
    // 20 fps: 5 frames are 0.25 s. One grey more each frame.
    const { motion } = measured([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(motion.map((value) => Math.round(value * 255))).toEqual([0, 1, 2, 3, 4, 5, 5, 5, 5])
  })

  it('is the same speed at another rate of frames', () => {
    const slow = measured(
      Array.from({ length: 20 }, (_, index) => index * 2),
      10,
    )
    const fast = measured(
      Array.from({ length: 40 }, (_, index) => index),
      20,
    )
    expect(slow.motion.at(-1)).toBeCloseTo((fast.motion.at(-1) ?? 0) * 1.2, 9)
  })

  it('looks at the frame before where frames are further apart than the window', () => {
    expect(MOTION_WINDOW_SEC).toBeLessThan(1)
    expect(measured([0, 10, 20, 40], 1).motion.map((value) => Math.round(value * 255))).toEqual([0, 10, 10, 20])
  })

  it('never looks across a cut', () => {
    const { starts, motion } = measured([0, 0, 0, 200, 200, 200])
    expect(starts).toEqual([0, 3])
    expect(motion).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('follows the times of an uneven table', () => {
    const table = tableOf([0, 10, 20, 30, 300, 310])
    const { motion } = measureMotion(table, plainSignatures([0, 1, 2, 3, 4, 5]), 1)
    // 300 ms looks at 30 ms: that was on screen at 50 ms.
    expect(motion.map((value) => Math.round(value * 255))).toEqual([0, 1, 2, 3, 1, 2])
  })

  it('stays in 0 to 1 for any picture, and shots begin in order', () => {
    const greys = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(greys, fc.constantFrom(1, 5, 20, 50), fc.double({ min: 0, max: 1, noNaN: true }), (values, fps, cutFrom) => {
        const { starts, motion } = measured(values, fps, cutFrom)
        expect(motion).toHaveLength(values.length)
        expect(motion.every((value) => value >= 0 && value <= 1)).toBe(true)
        expect(starts[0]).toBe(0)
        expect(starts.every((start, at) => at === 0 || start > (starts[at - 1] ?? 0))).toBe(true)
        for (const start of starts) expect(motion[start]).toBe(0)
      }),
    )
  })
})

describe('signatures that do not fit', () => {
  it('are refused with both numbers', () => {
    const refusal = refusalOf(() => measureMotion(evenTable(3, 20), plainSignatures([1, 2]), 0.2))
    expect(refusal).toMatchObject({ code: 'corrupt_media', message: expect.stringContaining('3 frames, but 2') })
    expect(refusalOf(() => measureMotion(evenTable(1, 20), new Uint8Array(SIGNATURE_BYTES - 1), 0.2)).code).toBe('corrupt_media')
  })

  it('and a video without frames is refused', () => {
    expect(refusalOf(() => measureMotion(tableOf([]), new Uint8Array(), 0.2))).toMatchObject({ code: 'corrupt_media' })
  })
})
