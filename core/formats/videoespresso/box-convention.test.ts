import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { BOX_CONVENTIONS, type BoxConventionName, detectConvention, fromRect, toRect } from './box-convention'
import type { Four } from './box-list'

const size = fc.record({ width: fc.integer({ min: 16, max: 8192 }), height: fc.integer({ min: 16, max: 8192 }) })
const share = fc.double({ min: 0, max: 1, noNaN: true })

test.each(BOX_CONVENTIONS)('%s: pixels there and back move by less than a tenth of a pixel', (name) => {
  fc.assert(
    fc.property(size, share, share, share, share, (picture, x1, y1, x2, y2) => {
      const rect = {
        x: Math.min(x1, x2) * picture.width,
        y: Math.min(y1, y2) * picture.height,
        w: Math.abs(x1 - x2) * picture.width,
        h: Math.abs(y1 - y2) * picture.height,
      }
      const back = toRect(fromRect(rect, name, picture), name, picture)
      for (const side of ['x', 'y', 'w', 'h'] as const) expect(Math.abs(back[side] - rect[side])).toBeLessThan(0.1)
    }),
  )
})

test.each(['cxcywh1000', 'xyxy1000'] as const)('%s: whole thousandths come back as they were', (name) => {
  const thousandth = fc.integer({ min: 0, max: 1000 })
  fc.assert(
    fc.property(size, fc.tuple(thousandth, thousandth, thousandth, thousandth), (picture, [a, b, c, d]) => {
      const four: Four = name === 'xyxy1000' ? [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)] : [a, b, c, d]
      const back = fromRect(toRect(four, name, picture), name, picture)
      // 1/1000 px of a small picture is at most 1/16 of a thousandth.
      for (const [at, value] of back.entries()) expect(Math.abs(value - (four[at] ?? 0))).toBeLessThan(0.1)
    }),
  )
})

test('the default is the reading of the public loader', () => {
  // (cx − w/2)/1000·W, (cy − h/2)/1000·H, …
  expect(toRect([500, 400, 200, 100], 'cxcywh1000', { width: 1280, height: 720 })).toEqual({ x: 512, y: 252, w: 256, h: 72 })
})

describe('the convention of a file', () => {
  const boxes = (make: (u: number, v: number, w: number, h: number) => Four) =>
    Array.from({ length: 60 }, (_, i) => {
      const [w, h] = [0.1 + (i % 5) * 0.08, 0.1 + (i % 7) * 0.05]
      // Left, top within the picture, often near its right and lower edge.
      return make((((i * 37) % 100) / 100) * (1 - w), (((i * 53) % 100) / 100) * (1 - h), w, h)
    })
  const made: Readonly<Record<BoxConventionName, Four[]>> = {
    cxcywh1000: boxes((x, y, w, h) => [(x + w / 2) * 1000, (y + h / 2) * 1000, w * 1000, h * 1000]),
    xyxy1000: boxes((x, y, w, h) => [x * 1000, y * 1000, (x + w) * 1000, (y + h) * 1000]),
    cxcywh01: boxes((x, y, w, h) => [x + w / 2, y + h / 2, w, h]),
    xyxy01: boxes((x, y, w, h) => [x, y, x + w, y + h]),
    xyxypx: boxes((x, y, w, h) => [x * 1920, y * 1080, (x + w) * 1920, (y + h) * 1080]),
    xywhpx: boxes((x, y, w, h) => [x * 1920, y * 1080, w * 1920, h * 1080]),
  }

  it.each(BOX_CONVENTIONS)('is found: %s', (name) => {
    const { convention, impossible } = detectConvention(made[name], null)
    expect(convention).toEqual({ name, how: 'detected' })
    expect(impossible[name]).toBe(0)
  })

  it('is the default with few boxes, and what was declared in any case', () => {
    expect(detectConvention([], null).convention).toEqual({ name: 'cxcywh1000', how: 'default' })
    expect(detectConvention(made.xyxy1000.slice(0, 5), null).convention).toEqual({ name: 'cxcywh1000', how: 'default' })
    expect(detectConvention(made.xyxy1000, 'xywhpx').convention).toEqual({ name: 'xywhpx', how: 'declared' })
  })

  it('survives a few wrong boxes', () => {
    expect(detectConvention([...made.cxcywh1000, [5000, 1, 1, 1]], null).convention.name).toBe('cxcywh1000')
  })
})
