import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { iou } from '../geometry'
import { bestScoreAt, rankAmong, seenFrom, windowsAround } from './second-look'

const PICTURE = { width: 640, height: 360 }

describe('windowsAround', () => {
  it('are squares around the middle of the box, 1.4 times and twice its longer side', () => {
    expect(windowsAround({ x: 200, y: 100, w: 100, h: 50 }, PICTURE)).toEqual([
      { x: 180, y: 55, w: 140, h: 140 },
      { x: 150, y: 25, w: 200, h: 200 },
    ])
  })

  it('may reach beyond the picture', () => {
    const [near, far] = windowsAround({ x: 0, y: 0, w: 640, h: 360 }, PICTURE)
    expect(near).toEqual({ x: -128, y: -268, w: 896, h: 896 })
    expect(far).toEqual({ x: -320, y: -460, w: 1280, h: 1280 })
  })

  it('are never smaller than 48 pixels', () => {
    for (const { w, h } of windowsAround({ x: 10, y: 10, w: 4, h: 4 }, PICTURE)) expect([w, h]).toEqual([48, 48])
  })

  it('go by the part of a box that is inside', () => {
    expect(windowsAround({ x: -100, y: 100, w: 150, h: 50 }, PICTURE)).toEqual(windowsAround({ x: 0, y: 100, w: 50, h: 50 }, PICTURE))
  })

  it.each([
    { x: 700, y: 10, w: 50, h: 50 },
    { x: 10, y: -60, w: 50, h: 50 },
    { x: 10, y: 10, w: 0, h: 50 },
    { x: 10, y: 10, w: 0.5, h: 50 },
    { x: 10, y: 10, w: -50, h: 50 },
    { x: Number.NaN, y: 10, w: 50, h: 50 },
  ])('of %j are none', (rect) => {
    expect(windowsAround(rect, PICTURE)).toEqual([])
  })

  it('are whole pixels, hold the box, and reach into the picture', () => {
    const rect = fc.record({
      x: fc.double({ min: 0, max: 600, noNaN: true }),
      y: fc.double({ min: 0, max: 330, noNaN: true }),
      w: fc.double({ min: 1, max: 40, noNaN: true }),
      h: fc.double({ min: 1, max: 30, noNaN: true }),
    })
    fc.assert(
      fc.property(rect, (box) => {
        const windows = windowsAround(box, PICTURE)
        expect(windows).toHaveLength(2)
        for (const window of windows) {
          expect(Object.values(window).every(Number.isSafeInteger)).toBe(true)
          expect(window.w).toBe(window.h)
          expect(window.x).toBeLessThanOrEqual(box.x)
          expect(window.y).toBeLessThanOrEqual(box.y)
          expect(window.x + window.w).toBeGreaterThanOrEqual(box.x + box.w)
          expect(window.y + window.h).toBeGreaterThanOrEqual(box.y + box.h)
        }
      }),
    )
  })
})

describe('seenFrom', () => {
  const window = { x: 100, y: 50, w: 200, h: 200 }

  it('moves a rectangle into the window', () => {
    expect(seenFrom({ x: 110, y: 60, w: 40, h: 30 }, window, false)).toEqual({ x: 10, y: 10, w: 40, h: 30 })
  })

  it('turns left and right round in a mirror', () => {
    expect(seenFrom({ x: 110, y: 60, w: 40, h: 30 }, window, true)).toEqual({ x: 150, y: 10, w: 40, h: 30 })
  })

  it('seen in a mirror twice is where it was', () => {
    const number = fc.integer({ min: -500, max: 500 })
    const rect = fc.record({ x: number, y: number, w: fc.nat(300), h: fc.nat(300) })
    fc.assert(
      fc.property(rect, (box) => {
        const once = seenFrom(box, window, true)
        expect(seenFrom(once, { ...window, x: 0, y: 0 }, true)).toEqual(seenFrom(box, window, false))
      }),
    )
  })
})

describe('bestScoreAt', () => {
  const rect = { x: 10, y: 10, w: 100, h: 100 }
  const candidate = (label: string, score: number, x = 10) => ({ label, score, rect: { x, y: 10, w: 100, h: 100 } })

  it('is the best score of a wanted label at the same place', () => {
    expect(bestScoreAt(rect, ['car'], [candidate('car', 0.4), candidate('car', 0.7, 20), candidate('truck', 0.9)])).toBe(0.7)
    expect(bestScoreAt(rect, ['car', 'truck'], [candidate('car', 0.4), candidate('truck', 0.9)])).toBe(0.9)
  })

  it('does not count what lies elsewhere', () => {
    // Shifted by 40: 60 of 140 = 0.43.
    expect(bestScoreAt(rect, ['car'], [candidate('car', 0.9, 50)])).toBe(0)
  })

  it('is 0 when nothing was found, or nothing was wanted', () => {
    expect(bestScoreAt(rect, ['car'], [])).toBe(0)
    expect(bestScoreAt(rect, [], [candidate('car', 0.9)])).toBe(0)
  })

  it('is a score of one of the candidates that overlap by half or more, or 0', () => {
    const detection = fc.record({
      score: fc.double({ min: 0.01, max: 1, noNaN: true }),
      x: fc.nat(200),
      label: fc.constantFrom('car', 'bus'),
    })
    fc.assert(
      fc.property(fc.array(detection, { maxLength: 10 }), (all) => {
        const candidates = all.map(({ label, score, x }) => candidate(label, score, x))
        const fitting = candidates.filter((each) => each.label === 'car' && iou(each.rect, rect) >= 0.5).map(({ score }) => score)
        expect(bestScoreAt(rect, ['car'], candidates)).toBe(Math.max(0, ...fitting))
      }),
    )
  })
})

describe('rankAmong', () => {
  it('is 1 when nothing else fits better', () => {
    expect(rankAmong(0.5, [])).toBe(1)
    expect(rankAmong(0.5, [0.1, 0.5])).toBe(1)
  })

  it('counts those that fit better', () => {
    expect(rankAmong(0.5, [0.6, 0.4, 0.9])).toBe(3)
    expect(rankAmong(0, [0.1])).toBe(2)
  })
})
