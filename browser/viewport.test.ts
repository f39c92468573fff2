import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  centred,
  clampPan,
  clampScale,
  FIT_MARGIN_PX,
  fitViewport,
  MAX_SCALE,
  panBy,
  rectToScreen,
  revealRect,
  toImage,
  toScreen,
  wheelFactor,
  zoomAt,
} from './viewport'

const view = { width: 800, height: 450 }
const image = { width: 1280, height: 720 }

describe('fitViewport', () => {
  it('fits the narrower axis with the margin on both sides and centres the other', () => {
    const fitted = fitViewport(view, image)
    expect(fitted.scale).toBeCloseTo((450 - 2 * FIT_MARGIN_PX) / 720, 10)
    expect(fitted.y).toBeCloseTo(FIT_MARGIN_PX, 10)
    expect(fitted.x).toBeCloseTo((800 - 1280 * fitted.scale) / 2, 10)
  })

  it('fits a portrait picture by its height', () => {
    const fitted = fitViewport(view, { width: 720, height: 1280 })
    expect(1280 * fitted.scale).toBeCloseTo(426, 6)
  })

  it('gives scale 1 when there is no area yet', () => {
    expect(fitViewport({ width: 0, height: 0 }, image).scale).toBe(1)
    expect(fitViewport(view, { width: 0, height: 720 }).scale).toBe(1)
  })
})

const sizes = fc.record({ width: fc.integer({ min: 50, max: 4000 }), height: fc.integer({ min: 50, max: 4000 }) })
const points = fc.record({ x: fc.integer({ min: 0, max: 4000 }), y: fc.integer({ min: 0, max: 4000 }) })

describe('screen and image coordinates', () => {
  it('are inverse to each other', () => {
    fc.assert(
      fc.property(sizes, sizes, points, (anyView, anyImage, at) => {
        const viewport = fitViewport(anyView, anyImage)
        const back = toScreen(viewport, toImage(viewport, at))
        expect(back.x).toBeCloseTo(at.x, 6)
        expect(back.y).toBeCloseTo(at.y, 6)
      }),
    )
  })

  it('maps a rectangle as its corners', () => {
    const viewport = { scale: 2, x: 10, y: -4 }
    expect(rectToScreen(viewport, { x: 3, y: 5, w: 7, h: 9 })).toEqual({ x: 16, y: 6, w: 14, h: 18 })
  })
})

describe('zoomAt', () => {
  it('keeps the image point under the pointer while the pan limits allow it', () => {
    const start = centred(view, image, 2)
    const at = { x: 320, y: 200 }
    const before = toImage(start, at)
    const after = toImage(zoomAt(view, image, start, at, 3), at)
    expect(after.x).toBeCloseTo(before.x, 6)
    expect(after.y).toBeCloseTo(before.y, 6)
  })

  it('never passes the largest scale and never gets smaller than half the fit', () => {
    const start = fitViewport(view, image)
    expect(zoomAt(view, image, start, { x: 0, y: 0 }, 1e9).scale).toBe(MAX_SCALE)
    expect(zoomAt(view, image, start, { x: 0, y: 0 }, 1e-9).scale).toBeCloseTo(start.scale / 2, 10)
    expect(clampScale(view, image, Number.NaN)).toBeCloseTo(start.scale, 10)
  })
})

describe('clampPan', () => {
  it('centres a picture smaller than the view', () => {
    const clamped = clampPan(view, { width: 100, height: 100 }, { scale: 1, x: -999, y: 999 })
    expect(clamped).toEqual({ scale: 1, x: 350, y: 175 })
  })

  it('always leaves picture under the middle of the view', () => {
    fc.assert(
      fc.property(sizes, sizes, fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: -1e6, max: 1e6 }), (anyView, anyImage, dx, dy) => {
        const start = centred(anyView, anyImage, clampScale(anyView, anyImage, 3))
        const moved = panBy(anyView, anyImage, start, dx, dy)
        const middle = toImage(moved, { x: anyView.width / 2, y: anyView.height / 2 })
        expect(middle.x).toBeGreaterThanOrEqual(-1e-6)
        expect(middle.x).toBeLessThanOrEqual(anyImage.width + 1e-6)
        expect(middle.y).toBeGreaterThanOrEqual(-1e-6)
        expect(middle.y).toBeLessThanOrEqual(anyImage.height + 1e-6)
      }),
    )
  })
})

describe('revealRect', () => {
  it('leaves the view alone when the rectangle is wholly in it', () => {
    const start = fitViewport(view, image)
    expect(revealRect(view, image, start, { x: 100, y: 100, w: 200, h: 200 })).toBe(start)
  })

  it('brings a far rectangle into view', () => {
    const start = centred(view, image, 4)
    const rect = { x: 20, y: 20, w: 40, h: 30 }
    const shown = rectToScreen(revealRect(view, image, start, rect), rect)
    expect(shown.x).toBeGreaterThanOrEqual(0)
    expect(shown.y).toBeGreaterThanOrEqual(0)
    expect(shown.x + shown.w).toBeLessThanOrEqual(view.width)
    expect(shown.y + shown.h).toBeLessThanOrEqual(view.height)
  })

  it('zooms out for a rectangle larger than the view', () => {
    const start = centred(view, image, 6)
    expect(revealRect(view, image, start, { x: 0, y: 0, w: 1200, h: 700 }).scale).toBeLessThan(1)
  })
})

describe('wheelFactor', () => {
  it('zooms in upwards and out downwards, as inverse of each other', () => {
    expect(wheelFactor(-100, 0, false)).toBeGreaterThan(1)
    expect(wheelFactor(100, 0, false) * wheelFactor(-100, 0, false)).toBeCloseTo(1, 10)
  })

  it('reads lines and pages, and never jumps by more than two', () => {
    expect(wheelFactor(-3, 1, false)).toBeCloseTo(wheelFactor(-48, 0, false), 10)
    expect(wheelFactor(-1e6, 0, true)).toBe(2)
    expect(wheelFactor(1, 2, false)).toBeGreaterThanOrEqual(0.5)
  })
})
