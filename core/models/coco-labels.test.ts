import { describe, expect, it } from 'vitest'
import { COCO_LABELS, cocoLabel } from './coco-labels'

describe('COCO_LABELS', () => {
  it('has 80 names, each once', () => {
    expect(COCO_LABELS).toHaveLength(80)
    expect(new Set(COCO_LABELS).size).toBe(80)
  })

  it('has them in small letters without stray blanks', () => {
    for (const label of COCO_LABELS) expect(label).toMatch(/^[a-z]+(?: [a-z]+)*$/)
  })
})

describe('cocoLabel', () => {
  it.each([
    [1, 'person'],
    [3, 'car'],
    [10, 'traffic light'],
    [13, 'stop sign'],
    [28, 'umbrella'],
    [44, 'bottle'],
    [65, 'bed'],
    [72, 'tv'],
    [77, 'cell phone'],
    [84, 'book'],
    [90, 'toothbrush'],
  ])('%i is %s, as in the annotations of COCO 2017', (category, label) => {
    // 28 is where a list that had forgotten one of the unused numbers would be off.
    expect(cocoLabel(category)).toBe(label)
  })

  it.each([12, 26, 29, 30, 45, 66, 68, 69, 71, 83])('%i was left unused', (category) => {
    expect(cocoLabel(category)).toBeNull()
  })

  it.each([0, -1, 91, 1000, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is no category', (category) => {
    expect(cocoLabel(category)).toBeNull()
  })

  it('reaches every name', () => {
    const reached = Array.from({ length: 90 }, (_, index) => cocoLabel(index + 1)).filter((label) => label !== null)
    expect(reached).toEqual(COCO_LABELS)
  })
})
