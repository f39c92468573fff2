import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { altered, documentArbitrary, draftSample } from '../document.fixture'
import type { FrameTable } from '../frame-table'
import { reviewedFrames } from './reviewed-frames'

/** 25 frames a second. */
function tableOf(frames: number): FrameTable {
  const all = Array.from({ length: frames }, (_, index) => index)
  return {
    timeBase: [1, 25],
    width: 640,
    height: 360,
    codedWidth: 640,
    codedHeight: 360,
    rotation: 0,
    sar: [1, 1],
    pts: all,
    duration: all.map(() => 1),
    key: all.map((index) => index === 0),
  }
}

const TABLE = tableOf(1000)
const BY_SELECTOR = { method: 'selector', confidence: 0.8, by: 'adaptive k in browser' }

describe('reviewedFrames', () => {
  it('takes the times of the frame table', () => {
    // Frames 480, 528 and 600.
    expect(reviewedFrames(draftSample(), TABLE)).toEqual({ timeSec: [19.2, 21.12, 24], adopted: 0 })
  })

  it('leaves out what was rejected and counts what a selector proposed', () => {
    const rejected = altered(draftSample(), 'f2', { verdict: 'rejected' })
    expect(reviewedFrames(altered(rejected, 'f3', { match: BY_SELECTOR }), TABLE)).toEqual({ timeSec: [19.2, 24], adopted: 1 })
  })

  it('counts a frame once, and as adopted when one of its records says so', () => {
    const twice = altered(draftSample(), 'f2', { index: 480, match: BY_SELECTOR })
    expect(reviewedFrames(twice, TABLE)).toEqual({ timeSec: [19.2, 24], adopted: 1 })
  })

  it('has none where a frame is not located or lies outside of the video', () => {
    expect(reviewedFrames(altered(draftSample(), 'f1', { index: null, pts: null }), TABLE)).toBeNull()
    expect(reviewedFrames(draftSample(), tableOf(600))).toBeNull()
    expect(reviewedFrames(draftSample(), tableOf(601))).not.toBeNull()
  })

  it('has none of a sample whose frames are all rejected, located or not', () => {
    const rejected = ['f1', 'f2', 'f3'].reduce((doc, id) => altered(doc, id, { verdict: 'rejected' }), draftSample())
    expect(reviewedFrames(rejected, TABLE)).toBeNull()
    const one = altered(rejected, 'f1', { index: null, pts: null })
    expect(reviewedFrames(altered(one, 'f2', { verdict: 'accepted' }), TABLE)).toEqual({ timeSec: [21.12], adopted: 0 })
  })

  it('gives ascending times within the video for any document', () => {
    fc.assert(
      fc.property(documentArbitrary, (document) => {
        const found = reviewedFrames(document, TABLE)
        if (found === null) return
        expect(found.timeSec.length).toBeGreaterThan(0)
        expect([...found.timeSec].sort((a, b) => a - b)).toEqual(found.timeSec)
        expect(new Set(found.timeSec).size).toBe(found.timeSec.length)
        expect(found.timeSec.every((time) => time >= 0 && time < 40)).toBe(true)
        expect(found.adopted).toBeLessThanOrEqual(found.timeSec.length)
      }),
    )
  })
})
