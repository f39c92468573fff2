import { describe, expect, it } from 'vitest'
import { dashOf, ghostParts, labelAlpha, labelParts } from './paint-box'
import type { StageBox } from './stage-types'

const box: StageBox = {
  id: 'b1',
  objectId: 'o3',
  number: 3,
  colour: 3,
  label: 'dog',
  rect: { x: 772, y: 432, w: 314.25, h: 180 },
  isDimmed: false,
  verdict: 'unseen',
}
const words = (parts: readonly { text: string }[]) => parts.map((part) => part.text).join(' ')

describe('labelParts', () => {
  it('names an idle box and gives a selected one its size', () => {
    expect(words(labelParts(box, false))).toBe('3 dog')
    expect(words(labelParts(box, true))).toBe('3 dog 314.3 × 180')
  })

  it('says what is doubtful in words', () => {
    expect(words(labelParts({ ...box, verdict: 'stale' }, false))).toBe('3 dog stale')
    expect(words(labelParts({ ...box, verdict: 'rejected' }, false))).toBe('3 dog rejected')
    expect(words(labelParts({ ...box, isMissing: true }, false))).toBe('3 dog not found')
  })

  it('cuts a phrase that is longer than a label should be', () => {
    const text = labelParts({ ...box, label: 'the man in the red cap who pulls the rope' }, false)[1]?.text
    expect(text).toBe('the man in the red cap who pull…')
    expect(text).toHaveLength(32)
  })

  it('keeps the words of a ghost as they come', () => {
    expect(words(ghostParts({ ...box, label: 'draft IoU .52' }))).toBe('draft IoU .52')
  })
})

describe('dashOf', () => {
  it('draws solid only what stands', () => {
    expect(dashOf(box)).toEqual([])
    expect(dashOf({ ...box, verdict: 'stale' })).not.toEqual([])
    expect(dashOf({ ...box, verdict: 'rejected' })).not.toEqual(dashOf({ ...box, verdict: 'stale' }))
  })
})

describe('labelAlpha', () => {
  it('dims all but the hovered object', () => {
    expect(labelAlpha(box, null)).toBe(1)
    expect(labelAlpha(box, 'o3')).toBe(1)
    expect(labelAlpha(box, 'o1')).toBe(0.5)
    expect(labelAlpha({ ...box, isDimmed: true }, null)).toBe(0.5)
  })
})
