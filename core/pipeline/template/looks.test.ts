import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Detection } from '../../models/detections'
import { type Look, looksAt, mergeLooks, showsAny } from './looks'

const VIEW = { width: 600, height: 300 }
const WHOLE: Look = { kind: 'whole', rect: { x: 0, y: 0, w: 600, h: 300 } }
const WIDE: Look = { kind: 'wide', rect: { x: -150, y: -75, w: 900, h: 450 } }
const TILE: Look = { kind: 'tile', rect: { x: 100, y: 0, w: 300, h: 300 } }
const one = (label: string, score: number, x: number, y: number, w = 60, h = 30): Detection => ({ label, score, rect: { x, y, w, h } })
const side = fc.integer({ min: 1, max: 4000 })

describe('looksAt', () => {
  it('begins with the whole picture and one from further back', () => {
    const [whole, wide] = looksAt(VIEW)
    expect(whole).toEqual(WHOLE)
    expect(wide).toEqual(WIDE)
  })

  it('covers every point of the picture by tiles of whole pixels inside it, in a bounded number', () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (width, height, px, py) => {
          fc.pre(Math.max(width, height) <= 4 * Math.min(width, height))
          const tiles = looksAt({ width, height }).filter(({ kind }) => kind === 'tile')
          for (const { rect } of tiles) {
            expect([rect.x, rect.y, rect.w, rect.h].every(Number.isInteger)).toBe(true)
            expect(rect.x >= 0 && rect.y >= 0 && rect.w > 0 && rect.x + rect.w <= width && rect.y + rect.h <= height).toBe(true)
          }
          const [x, y] = [px * width, py * height]
          const isCovered = tiles.some(({ rect }) => x >= rect.x && y >= rect.y && x <= rect.x + rect.w && y <= rect.y + rect.h)
          expect(isCovered || tiles.length === 0).toBe(true)
          expect(tiles.length).toBeLessThanOrEqual(60)
        },
      ),
    )
  })

  it('does not look twice at the whole of a square picture', () => {
    const looks = looksAt({ width: 200, height: 200 })
    expect(looks.filter(({ rect }) => rect.w === 200 && rect.h === 200)).toHaveLength(1)
  })
})

describe('showsAny', () => {
  it('asks whether a centre lies in a tile', () => {
    expect(showsAny(TILE, [{ x: 90, y: 0, w: 30, h: 30 }])).toBe(true)
    expect(showsAny(TILE, [{ x: 50, y: 0, w: 60, h: 30 }])).toBe(false)
    expect(showsAny(TILE, [])).toBe(false)
    expect(showsAny(WIDE, [])).toBe(true)
  })
})

describe('mergeLooks', () => {
  it('puts detections in place and keeps the better of two of the same thing', () => {
    const merged = mergeLooks(
      [
        { look: WHOLE, detections: [one('car', 0.5, 200, 100)] },
        { look: TILE, detections: [one('car', 0.9, 101, 100)] },
      ],
      VIEW,
    )
    expect(merged).toEqual([one('car', 0.9, 201, 100)])
  })

  it('leaves out what a border inside the picture cuts, and keeps what the edge of the picture cuts', () => {
    expect(mergeLooks([{ look: TILE, detections: [one('car', 0.9, 0, 100), one('car', 0.9, 240, 200)] }], VIEW)).toEqual([])
    expect(mergeLooks([{ look: WHOLE, detections: [one('car', 0.9, 0, 100)] }], VIEW)).toHaveLength(1)
  })

  it('believes in a box over half of the picture only when it is seen from further back too', () => {
    const boat = one('boat', 0.87, 200, 0, 400, 290)
    expect(
      mergeLooks(
        [
          { look: WHOLE, detections: [boat] },
          { look: WIDE, detections: [] },
        ],
        VIEW,
      ),
    ).toEqual([])
    const again = { ...boat, score: 0.5, rect: { x: 360, y: 85, w: 380, h: 280 } }
    const merged = mergeLooks(
      [
        { look: WHOLE, detections: [boat] },
        { look: WIDE, detections: [again] },
      ],
      VIEW,
    )
    expect(merged).toEqual([{ label: 'boat', score: 0.5, rect: { x: 210, y: 10, w: 380, h: 280 } }])
    expect(
      mergeLooks(
        [
          { look: WHOLE, detections: [boat] },
          { look: WIDE, detections: [{ ...again, label: 'train' }] },
        ],
        VIEW,
      ),
    ).toEqual([])
  })

  it('never takes a thing from the wide look alone', () => {
    expect(mergeLooks([{ look: WIDE, detections: [one('car', 0.9, 300, 200)] }], VIEW)).toEqual([])
  })

  it('prefers two things to one box around both, and a whole thing to its part', () => {
    const both = [one('car', 0.93, 100, 100, 70, 70), one('car', 0.5, 102, 101, 60, 30), one('car', 0.4, 102, 138, 60, 30)]
    expect(mergeLooks([{ look: WHOLE, detections: both }], VIEW).map(({ score }) => score)).toEqual([0.5, 0.4])
    const part = [one('car', 0.93, 100, 100, 70, 70), one('car', 0.5, 102, 101, 60, 30)]
    expect(mergeLooks([{ look: WHOLE, detections: part }], VIEW).map(({ score }) => score)).toEqual([0.93])
  })

  it('drops boxes outside of the picture and gives the best first', () => {
    const detections = [one('car', 0.3, 10, 10), one('dog', 0.7, 200, 200), one('car', 0.9, 700, 10)]
    expect(mergeLooks([{ look: WHOLE, detections }], VIEW).map(({ score }) => score)).toEqual([0.7, 0.3])
  })
})
