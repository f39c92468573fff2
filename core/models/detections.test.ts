import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { iou } from '../geometry'
import { COCO_LABELS } from './coco-labels'
import { candidatesOf, type Detection, type RawDetections, suppressed } from './detections'

const PICTURE = { width: 200, height: 100 }
type Anchor = { score: number; category: number; box: [top: number, left: number, bottom: number, right: number] }

/** Anchors as the model lays them out. */
function raw(anchors: readonly Anchor[]): RawDetections {
  return {
    score: Float32Array.from(anchors, ({ score }) => score),
    classes: BigInt64Array.from(anchors, ({ category }) => BigInt(category - 1)),
    boxes: Float32Array.from([0, 1, 2, 3].flatMap((side) => anchors.map(({ box }) => box[side] ?? 0))),
  }
}

const CAR = 3
const car = (score: number, box: Anchor['box']): Anchor => ({ score, category: CAR, box })

describe('candidatesOf', () => {
  it('turns shares into pixels: top, left, bottom, right of the box into left, top, width, height', () => {
    const [found] = candidatesOf(raw([car(0.5, [0.25, 0.5, 0.75, 1])]), PICTURE, 0.2)
    expect(found).toEqual({ label: 'car', score: 0.5, rect: { x: 100, y: 25, w: 100, h: 50 } })
  })

  it('names what the numbers mean and leaves out what has no name', () => {
    const box: Anchor['box'] = [0, 0, 1, 1]
    const anchors = [1, 12, 90, 91, 0].map((category, place) => ({ score: 0.9 - place / 10, category, box }))
    expect(candidatesOf(raw(anchors), PICTURE, 0.2).map(({ label }) => label)).toEqual(['person', 'toothbrush'])
  })

  it('takes scores from the least on, best first', () => {
    const box: Anchor['box'] = [0, 0, 1, 1]
    const found = candidatesOf(raw([car(0.25, box), car(0.1875, box), car(0.75, box), car(0.5, box)]), PICTURE, 0.25)
    expect(found.map(({ score }) => score)).toEqual([0.75, 0.5, 0.25])
  })

  it('keeps boxes inside the picture, and drops those that have nothing in it', () => {
    const found = candidatesOf(
      raw([car(0.5, [-0.5, -0.5, 0.5, 0.5]), car(0.4, [1.1, 0, 1.5, 1]), car(0.3, [0.5, 0.5, 0.2, 0.2])]),
      PICTURE,
      0.2,
    )
    expect(found.map(({ rect }) => rect)).toEqual([{ x: 0, y: 0, w: 100, h: 50 }])
  })

  it('does not believe numbers that are none', () => {
    const anchors = [car(Number.NaN, [0, 0, 1, 1]), car(0.9, [Number.NaN, 0, 1, 1]), car(Number.POSITIVE_INFINITY, [0, 0, 1, 1])]
    expect(candidatesOf(raw(anchors), PICTURE, 0.2)).toEqual([{ label: 'car', score: 1, rect: { x: 0, y: 0, w: 200, h: 100 } }])
  })

  it('survives lists that do not fit each other', () => {
    expect(candidatesOf({ score: [0.9], classes: [], boxes: [] }, PICTURE, 0.2)).toEqual([])
    expect(candidatesOf({ score: [0.9], classes: [2], boxes: [0, 0] }, PICTURE, 0.2)).toEqual([])
    expect(candidatesOf({ score: [], classes: [2], boxes: [0, 0, 1, 1] }, PICTURE, 0.2)).toEqual([])
  })

  it('gives sorted scores, known names and boxes inside, whatever comes', () => {
    const number = fc.double({ min: -2, max: 2 })
    const anchor = fc.record({ score: number, category: fc.integer({ min: -5, max: 120 }), box: fc.tuple(number, number, number, number) })
    fc.assert(
      fc.property(fc.array(anchor, { maxLength: 30 }), (anchors) => {
        const found = candidatesOf(raw(anchors), PICTURE, 0.2)
        found.forEach(({ label, score, rect }, place) => {
          expect(COCO_LABELS).toContain(label)
          expect(score).toBeGreaterThanOrEqual(0.2)
          expect(score).toBeLessThanOrEqual(found[place - 1]?.score ?? 1)
          expect(Math.min(rect.x, rect.y)).toBeGreaterThanOrEqual(0)
          expect(Math.min(rect.w, rect.h)).toBeGreaterThanOrEqual(1)
          expect(rect.x + rect.w).toBeLessThanOrEqual(PICTURE.width + 1e-6)
          expect(rect.y + rect.h).toBeLessThanOrEqual(PICTURE.height + 1e-6)
        })
      }),
    )
  })
})

describe('suppressed', () => {
  const seen = (label: string, score: number, x: number): Detection => ({ label, score, rect: { x, y: 0, w: 100, h: 100 } })

  it('keeps the best of boxes that mean one thing', () => {
    // 100 wide, shifted by 30: overlap 70 of 130 = 0.54.
    expect(suppressed([seen('car', 0.9, 0), seen('car', 0.8, 30)])).toEqual([seen('car', 0.9, 0)])
  })

  it('keeps two things of one kind that stand beside each other', () => {
    // Shifted by 40: 60 of 140 = 0.43.
    expect(suppressed([seen('car', 0.9, 0), seen('car', 0.8, 40)])).toHaveLength(2)
  })

  it('takes a van that is found as car and as truck once, but lets a person on a motorcycle be', () => {
    // Shifted by 20: 80 of 120 = 0.67. Shifted by 30: 0.54.
    expect(suppressed([seen('car', 0.9, 0), seen('truck', 0.8, 20)])).toEqual([seen('car', 0.9, 0)])
    expect(suppressed([seen('person', 0.9, 0), seen('motorcycle', 0.8, 30)])).toHaveLength(2)
  })

  it('compares with what was kept, not with what was dropped', () => {
    const found = suppressed([seen('car', 0.9, 0), seen('car', 0.8, 30), seen('car', 0.7, 60)])
    expect(found.map(({ rect }) => rect.x)).toEqual([0, 60])
  })

  it('of nothing is nothing', () => {
    expect(suppressed([])).toEqual([])
  })

  it('never leaves two boxes of one label on each other, loses no best box, and changes nothing the second time', () => {
    const detection = fc.record({
      label: fc.constantFrom('car', 'truck', 'person'),
      score: fc.double({ min: 0.2, max: 1, noNaN: true }),
      rect: fc.record({ x: fc.nat(100), y: fc.nat(100), w: fc.integer({ min: 1, max: 80 }), h: fc.integer({ min: 1, max: 80 }) }),
    })
    fc.assert(
      fc.property(fc.array(detection, { maxLength: 20 }), (all) => {
        const sorted = [...all].sort((a, b) => b.score - a.score)
        const kept = suppressed(sorted)
        expect(kept[0]).toEqual(sorted[0])
        for (const [place, each] of kept.entries())
          for (const other of kept.slice(0, place)) expect(iou(each.rect, other.rect)).toBeLessThan(other.label === each.label ? 0.5 : 0.6)
        expect(suppressed(kept)).toEqual(kept)
      }),
    )
  })
})
