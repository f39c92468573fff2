import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { BOX_CONVENTIONS, type BoxConventionName, detectConvention, fromRect, impossibleShare, toRect } from './box-convention'
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

  it.each<[string, Four[], BoxConventionName]>([
    ['a few strays beyond a thousand', [...made.xyxy1000, [900, 900, 1100, 1100]], 'xyxy1000'],
    ['whole numbers of 0 and 1 only', made.xyxy01.map(() => [0, 0, 1, 1] as const), 'xyxy01'],
    ['one number over one among shares', [...made.cxcywh01, [500, 500, 100, 100]], 'cxcywh1000'],
    [
      'pixels of two sizes of picture',
      [...made.xyxypx, ...made.xyxypx.map(([a, b, c, d]): Four => [a / 3, b / 3, c / 3, d / 3])],
      'xyxypx',
    ],
    [
      'two readings in one file: the one that most boxes allow',
      [...made.xyxy1000, ...made.xyxy1000, ...made.cxcywh1000.slice(0, 6)],
      'xyxy1000',
    ],
  ])('of a mixed file: %s', (_name, mixed, name) => {
    expect(detectConvention(mixed, null).convention.name).toBe(name)
  })

  it('does not depend on the order of the boxes', () => {
    const mixed = [...made.xyxy1000, ...made.cxcywh1000.slice(0, 9)]
    const boxesIn = fc.shuffledSubarray(mixed, { minLength: mixed.length, maxLength: mixed.length })
    fc.assert(
      fc.property(boxesIn, (shuffled) => {
        expect(detectConvention(shuffled, null)).toEqual(detectConvention(mixed, null))
      }),
    )
  })

  it('is the default, and called so, where both readings are possible for every box', () => {
    const full = Array.from({ length: 40 }, (): Four => [500, 500, 1000, 1000])
    const { convention, impossible } = detectConvention(full, null)
    expect(convention).toEqual({ name: 'cxcywh1000', how: 'default' })
    // As corners such a box would begin in the middle, and still have an area.
    expect(impossible).toEqual({ cxcywh1000: 0, xyxy1000: 0 })
  })
})

describe('impossible boxes', () => {
  it.each<[string, Four, BoxConventionName, boolean]>([
    ['crossed corners', [600, 100, 500, 200], 'xyxy1000', true],
    ['no width', [500, 100, 500, 200], 'xyxy1000', true],
    ['no size', [500, 500, 0, 0], 'cxcywh1000', true],
    ['left of the picture', [40, 500, 200, 100], 'cxcywh1000', true],
    ['a hair beyond the edge, as rounding leaves it', [500, 500, 1010, 1000], 'cxcywh1000', false],
    ['below the picture', [0, 0, 100, 1020], 'xyxy1000', true],
    ['beyond any known edge, in pixels', [0, 0, 100_000, 50], 'xyxypx', false],
    ['a negative place, in pixels', [-1, 0, 10, 10], 'xywhpx', true],
    ['all of the picture', [0, 0, 1, 1], 'xyxy01', false],
  ])('%s', (_name, four, name, isImpossible) => {
    expect(impossibleShare([four], name)).toBe(isImpossible ? 1 : 0)
  })

  it('are a share of all boxes, none of none', () => {
    expect(impossibleShare([], 'xyxy1000')).toBe(0)
    expect(
      impossibleShare(
        [
          [1, 1, 0, 0],
          [0, 0, 1, 1],
        ],
        'xyxy1000',
      ),
    ).toBe(0.5)
  })
})

describe('crossed corners', () => {
  it('are put in order, so that a box never has a negative side', () => {
    expect(toRect([300, 200, 100, 50], 'xyxypx', { width: 640, height: 360 })).toEqual({ x: 100, y: 50, w: 200, h: 150 })
  })

  it('of a box written in any convention stay within the picture they came from', () => {
    const rect = { x: 0, y: 0, w: 1920, h: 1080 }
    const whole: Readonly<Record<BoxConventionName, Four>> = {
      cxcywh1000: [500, 500, 1000, 1000],
      xyxy1000: [0, 0, 1000, 1000],
      cxcywh01: [0.5, 0.5, 1, 1],
      xyxy01: [0, 0, 1, 1],
      xyxypx: [0, 0, 1920, 1080],
      xywhpx: [0, 0, 1920, 1080],
    }
    for (const name of BOX_CONVENTIONS) expect(fromRect(rect, name, { width: 1920, height: 1080 }), name).toEqual(whole[name])
  })
})
