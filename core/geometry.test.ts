import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RUNS } from './document.fixture'
import { areaShare, clampRect, containsPoint, iou, rectFromCorners, rectFromExtremes, roundRect } from './geometry'

const PICTURE = { width: 640, height: 360 }
const coordinate = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 4)
const side = fc.integer({ min: 1, max: 2000 }).map((n) => n / 4)
const rect = fc.record({ x: coordinate, y: coordinate, w: side, h: side })
const point = fc.record({ x: coordinate, y: coordinate })

describe('rectFromCorners', () => {
  it('does not mind which corners are given', () => {
    const expected = { x: 10, y: 20, w: 30, h: 40 }
    expect(rectFromCorners({ x: 10, y: 20 }, { x: 40, y: 60 })).toEqual(expected)
    expect(rectFromCorners({ x: 40, y: 60 }, { x: 10, y: 20 })).toEqual(expected)
    expect(rectFromCorners({ x: 10, y: 60 }, { x: 40, y: 20 })).toEqual(expected)
  })

  it('of one point is empty', () => {
    expect(rectFromCorners({ x: 1, y: 2 }, { x: 1, y: 2 })).toEqual({ x: 1, y: 2, w: 0, h: 0 })
  })
})

describe('rectFromExtremes', () => {
  it('holds four extreme points, in any order', () => {
    const [top, left, bottom, right] = [
      { x: 50, y: 10 },
      { x: 5, y: 60 },
      { x: 40, y: 90 },
      { x: 80, y: 30 },
    ] as const
    const expected = { x: 5, y: 10, w: 75, h: 80 }
    expect(rectFromExtremes([top, left, bottom, right])).toEqual(expected)
    expect(rectFromExtremes([right, bottom, top, left])).toEqual(expected)
  })

  it('of no points is empty', () => {
    expect(rectFromExtremes([])).toEqual({ x: 0, y: 0, w: 0, h: 0 })
  })

  it('touches an extreme point on each side', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 4 }), (points) => {
        const { x, y, w, h } = rectFromExtremes(points)
        expect(points.some((p) => p.x === x)).toBe(true)
        expect(points.some((p) => p.y === y)).toBe(true)
        expect(points.some((p) => p.x === x + w)).toBe(true)
        expect(points.some((p) => p.y === y + h)).toBe(true)
      }),
      RUNS,
    )
  })
})

describe('iou', () => {
  it.each([
    ['the same', { x: 0, y: 0, w: 10, h: 10 }, 1],
    ['half of it', { x: 0, y: 0, w: 10, h: 5 }, 0.5],
    ['shifted by half', { x: 5, y: 0, w: 10, h: 10 }, 50 / 150],
    ['a corner', { x: 9, y: 9, w: 10, h: 10 }, 1 / 199],
    ['touching', { x: 10, y: 0, w: 10, h: 10 }, 0],
    ['apart', { x: 30, y: 30, w: 10, h: 10 }, 0],
    ['apart in one direction only', { x: 2, y: 30, w: 5, h: 10 }, 0],
    ['empty', { x: 5, y: 5, w: 0, h: 0 }, 0],
  ])('with %s', (_, other, expected) => {
    expect(iou({ x: 0, y: 0, w: 10, h: 10 }, other)).toBeCloseTo(expected, 12)
  })

  it('of two empty rectangles is 0', () => {
    expect(iou({ x: 1, y: 1, w: 0, h: 0 }, { x: 1, y: 1, w: 0, h: 0 })).toBe(0)
  })

  it('lies within 0 and 1, is symmetric, is 1 with itself and does not mind moving both', () => {
    fc.assert(
      fc.property(rect, rect, point, (a, b, by) => {
        const value = iou(a, b)
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1)
        expect(iou(b, a)).toBe(value)
        expect(iou(a, a)).toBe(1)
        const shift = (r: typeof a) => ({ ...r, x: r.x + by.x, y: r.y + by.y })
        expect(iou(shift(a), shift(b))).toBeCloseTo(value, 9)
      }),
      RUNS,
    )
  })
})

describe('clampRect', () => {
  it('leaves what is inside as it is', () => {
    expect(clampRect({ x: 10, y: 20, w: 30, h: 40 }, PICTURE)).toEqual({ x: 10, y: 20, w: 30, h: 40 })
  })

  it.each([
    [
      { x: -10, y: -20, w: 30, h: 40 },
      { x: 0, y: 0, w: 20, h: 20 },
    ],
    [
      { x: 630, y: 350, w: 30, h: 40 },
      { x: 630, y: 350, w: 10, h: 10 },
    ],
    [
      { x: -10, y: -10, w: 2000, h: 2000 },
      { x: 0, y: 0, w: 640, h: 360 },
    ],
    [
      { x: 700, y: 10, w: 30, h: 40 },
      { x: 640, y: 10, w: 0, h: 40 },
    ],
    [
      { x: 10, y: -90, w: 30, h: 40 },
      { x: 10, y: 0, w: 30, h: 0 },
    ],
  ])('%o becomes %o', (given, expected) => {
    expect(clampRect(given, PICTURE)).toEqual(expected)
  })

  it('always lies inside, and clamping again changes nothing', () => {
    fc.assert(
      fc.property(rect, (r) => {
        const clamped = clampRect(r, PICTURE)
        expect(clamped.x).toBeGreaterThanOrEqual(0)
        expect(clamped.y).toBeGreaterThanOrEqual(0)
        expect(clamped.w).toBeGreaterThanOrEqual(0)
        expect(clamped.h).toBeGreaterThanOrEqual(0)
        expect(clamped.x + clamped.w).toBeLessThanOrEqual(PICTURE.width)
        expect(clamped.y + clamped.h).toBeLessThanOrEqual(PICTURE.height)
        expect(clampRect(clamped, PICTURE)).toEqual(clamped)
      }),
      RUNS,
    )
  })
})

describe('areaShare', () => {
  it('is the part of the picture, not clipped', () => {
    expect(areaShare({ x: 0, y: 0, w: 320, h: 180 }, PICTURE)).toBe(0.25)
    expect(areaShare({ x: 0, y: 0, w: 1280, h: 360 }, PICTURE)).toBe(2)
  })

  it('is 0 in a picture without area', () => {
    expect(areaShare({ x: 0, y: 0, w: 1, h: 1 }, { width: 0, height: 360 })).toBe(0)
  })
})

describe('containsPoint', () => {
  const box = { x: 10, y: 20, w: 30, h: 40 }

  it.each([
    [{ x: 10, y: 20 }, true],
    [{ x: 25, y: 40 }, true],
    [{ x: 39.9, y: 59.9 }, true],
    [{ x: 40, y: 40 }, false],
    [{ x: 25, y: 60 }, false],
    [{ x: 9.9, y: 40 }, false],
    [{ x: 25, y: 19.9 }, false],
  ])('%o: %s', (at, expected) => {
    expect(containsPoint(box, at)).toBe(expected)
  })
})

describe('roundRect', () => {
  it('rounds to hundredths of a pixel, or as told', () => {
    expect(roundRect({ x: 1.005_1, y: 2.344, w: 3.346, h: 4 })).toEqual({ x: 1.01, y: 2.34, w: 3.35, h: 4 })
    expect(roundRect({ x: 1.5, y: 2.4, w: 3.6, h: 4.5 }, 0)).toEqual({ x: 2, y: 2, w: 4, h: 5 })
  })

  it('gives no negative zero, which JSON would not keep', () => {
    expect(Object.is(roundRect({ x: -0.001, y: 0, w: 1, h: 1 }).x, 0)).toBe(true)
  })

  it('moves nothing by more than half a step, and rounding again changes nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: -4000, max: 4000, noNaN: true }), (x) => {
        const once = roundRect({ x, y: 0, w: 1, h: 1 })
        expect(Math.abs(once.x - x)).toBeLessThanOrEqual(0.005 + 1e-9)
        expect(roundRect(once)).toEqual(once)
      }),
      RUNS,
    )
  })
})
