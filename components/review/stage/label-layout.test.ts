import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LABEL_GAP_PX, LABEL_HEIGHT_PX, type LabelRequest, overlap, placeLabels } from './label-layout'

const view = { width: 800, height: 450 }
const request = (id: string, x: number, y: number, w: number, h: number, side: 'top' | 'bottom' = 'top'): LabelRequest => ({
  id,
  box: { x, y, w, h },
  width: 60,
  side,
})
const place = (requests: readonly LabelRequest[]) => new Map(placeLabels(requests, view).map((label) => [label.id, label.rect]))

describe('placeLabels', () => {
  it('puts a label above its box, on the left', () => {
    const label = place([request('a', 100, 100, 200, 100)]).get('a')
    expect(label).toEqual({ x: 100, y: 100 - LABEL_GAP_PX - LABEL_HEIGHT_PX, w: 60, h: LABEL_HEIGHT_PX })
  })

  it('goes below where the top is off the view', () => {
    const label = place([request('a', 100, 5, 200, 100)]).get('a')
    expect(label?.y).toBe(105 + LABEL_GAP_PX)
  })

  it('starts at the lower right corner for a ghost', () => {
    const label = place([request('a', 100, 100, 200, 100, 'bottom')]).get('a')
    expect(label).toEqual({ x: 240, y: 203, w: 60, h: LABEL_HEIGHT_PX })
  })

  it('gives way to a label placed before', () => {
    const labels = place([request('a', 100, 100, 200, 100), request('b', 104, 102, 150, 80)])
    const first = labels.get('a')
    const second = labels.get('b')
    expect(first?.y).toBe(79)
    expect(first && second && overlap(first, second)).toBe(0)
  })

  it('lies inside a box that fills the view, still in view', () => {
    const label = place([request('a', 0, 0, 800, 450)]).get('a')
    expect(label?.x).toBeGreaterThanOrEqual(0)
    expect(label?.y).toBeGreaterThanOrEqual(0)
    expect((label?.y ?? 999) + LABEL_HEIGHT_PX).toBeLessThanOrEqual(450)
  })

  it('covers its own object only when there is no other place', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 500 }),
        fc.integer({ min: 30, max: 300 }),
        fc.integer({ min: 4, max: 250 }),
        fc.integer({ min: 4, max: 100 }),
        (x, y, w, h) => {
          const label = place([request('a', x, y, w, h)]).get('a')
          expect(label && overlap(label, { x, y, w, h })).toBe(0)
        },
      ),
    )
  })

  it('keeps every label of a crowd in the view', () => {
    const crowd = Array.from({ length: 500 }, (_, place_) => request(`b${place_}`, (place_ * 37) % 780, (place_ * 53) % 440, 20, 10))
    const labels = placeLabels(crowd, view)
    expect(labels).toHaveLength(500)
    for (const { rect } of labels) {
      expect(rect.x).toBeGreaterThanOrEqual(0)
      expect(rect.y).toBeGreaterThanOrEqual(0)
      expect(rect.x + rect.w).toBeLessThanOrEqual(view.width)
      expect(rect.y + rect.h).toBeLessThanOrEqual(view.height)
    }
  })
})

describe('overlap', () => {
  it('is the common area and zero for mere touching', () => {
    expect(overlap({ x: 0, y: 0, w: 10, h: 10 }, { x: 5, y: 5, w: 10, h: 10 })).toBe(25)
    expect(overlap({ x: 0, y: 0, w: 10, h: 10 }, { x: 10, y: 0, w: 10, h: 10 })).toBe(0)
  })
})
