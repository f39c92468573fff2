import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawnRect, HANDLES, handlePoint, MIN_SIDE, moveRect, resizeRect, snap } from './edit-rect'

const image = { width: 1280, height: 720 }
const rect = { x: 200, y: 100, w: 300, h: 150 }

const anyPoint = fc.record({ x: fc.integer({ min: -500, max: 2000 }), y: fc.integer({ min: -500, max: 1500 }) })
const anyRect = fc
  .record({
    x: fc.integer({ min: 0, max: 1200 }),
    y: fc.integer({ min: 0, max: 640 }),
    w: fc.integer({ min: 1, max: 1280 }),
    h: fc.integer({ min: 1, max: 720 }),
  })
  .filter((candidate) => candidate.x + candidate.w <= image.width && candidate.y + candidate.h <= image.height)

function expectInPicture(result: { x: number; y: number; w: number; h: number }) {
  expect(result.x).toBeGreaterThanOrEqual(-1e-9)
  expect(result.y).toBeGreaterThanOrEqual(-1e-9)
  expect(result.x + result.w).toBeLessThanOrEqual(image.width + 1e-9)
  expect(result.y + result.h).toBeLessThanOrEqual(image.height + 1e-9)
}

describe('moveRect', () => {
  it('moves by the given step and keeps the size', () => {
    expect(moveRect(rect, 10, -20, image)).toEqual({ x: 210, y: 80, w: 300, h: 150 })
  })

  it('stops at the borders and keeps fractions of the draft', () => {
    expect(moveRect({ x: 1.25, y: 2.5, w: 10.75, h: 20.5 }, 9999, 9999, image)).toEqual({ x: 1269.25, y: 699.5, w: 10.75, h: 20.5 })
    expect(moveRect(rect, -9999, -9999, image)).toEqual({ x: 0, y: 0, w: 300, h: 150 })
  })

  it('puts a box wider than the picture at its left border', () => {
    expect(moveRect({ x: 5, y: 5, w: 2000, h: 10 }, 50, 0, image).x).toBe(0)
  })
})

describe('resizeRect', () => {
  it('moves the corner and leaves the opposite one', () => {
    expect(resizeRect(rect, 'nw', { x: 180, y: 90 }, image, false)).toEqual({ x: 180, y: 90, w: 320, h: 160 })
    expect(resizeRect(rect, 'se', { x: 600, y: 300 }, image, false)).toEqual({ x: 200, y: 100, w: 400, h: 200 })
  })

  it('changes one axis only with an edge handle', () => {
    expect(resizeRect(rect, 'e', { x: 700, y: 5 }, image, false)).toEqual({ x: 200, y: 100, w: 500, h: 150 })
    expect(resizeRect(rect, 'n', { x: 5, y: 50 }, image, false)).toEqual({ x: 200, y: 50, w: 300, h: 200 })
  })

  it('turns over when dragged past the opposite edge', () => {
    expect(resizeRect(rect, 'w', { x: 560, y: 0 }, image, false)).toEqual({ x: 500, y: 100, w: 60, h: 150 })
  })

  it('keeps the aspect with a corner and grows about the middle with an edge', () => {
    expect(resizeRect(rect, 'se', { x: 800, y: 110 }, image, true)).toEqual({ x: 200, y: 100, w: 600, h: 300 })
    const wide = resizeRect(rect, 'e', { x: 560, y: 0 }, image, true)
    expect(wide.w / wide.h).toBeCloseTo(2, 10)
    expect(wide.y + wide.h / 2).toBeCloseTo(175, 10)
  })

  it('stays in the picture, is at least one pixel and keeps the aspect where asked, whatever the pointer does', () => {
    fc.assert(
      fc.property(anyRect, fc.constantFrom(...HANDLES), anyPoint, fc.boolean(), (start, handle, to, isAspectKept) => {
        const result = resizeRect(start, handle, to, image, isAspectKept)
        expectInPicture(result)
        if (isAspectKept) {
          expect(result.w / result.h / (start.w / start.h)).toBeCloseTo(1, 6)
        } else {
          expect(result.w).toBeGreaterThanOrEqual(MIN_SIDE)
          expect(result.h).toBeGreaterThanOrEqual(MIN_SIDE)
        }
      }),
    )
  })

  it('leaves the rectangle as it is when the handle does not move', () => {
    for (const handle of HANDLES) expect(resizeRect(rect, handle, handlePoint(rect, handle), image, false)).toEqual(rect)
  })
})

describe('drawnRect', () => {
  it('takes the corners in any order', () => {
    const expected = { x: 10, y: 20, w: 90, h: 30 }
    expect(drawnRect({ x: 10, y: 20 }, { x: 100, y: 50 }, image, false)).toEqual(expected)
    expect(drawnRect({ x: 100, y: 50 }, { x: 10, y: 20 }, image, false)).toEqual(expected)
  })

  it('is square with shift, as far as the picture goes', () => {
    expect(drawnRect({ x: 10, y: 20 }, { x: 100, y: 50 }, image, true)).toEqual({ x: 10, y: 20, w: 90, h: 90 })
    expect(drawnRect({ x: 10, y: 700 }, { x: 100, y: 710 }, image, true)).toEqual({ x: 10, y: 700, w: 20, h: 20 })
  })

  it('lies in the picture and is at least one pixel', () => {
    fc.assert(
      fc.property(anyPoint, anyPoint, fc.boolean(), (from, to, isSquare) => {
        const result = drawnRect(from, to, image, isSquare)
        expectInPicture(result)
        expect(result.w).toBeGreaterThanOrEqual(MIN_SIDE)
        expect(result.h).toBeGreaterThanOrEqual(MIN_SIDE)
      }),
    )
  })
})

describe('snap', () => {
  it('gives whole pixels, and tenths once a pixel is wide enough to aim into', () => {
    expect(snap(10.46, 0.6)).toBe(10)
    expect(snap(10.46, 8)).toBe(10.5)
  })
})
