import { describe, expect, it } from 'vitest'
import { boxesAt, handleAt, isOnEdge, pickBox } from './hit-test'

const large = { id: 'large', rect: { x: 100, y: 100, w: 400, h: 300 } }
const small = { id: 'small', rect: { x: 200, y: 200, w: 60, h: 50 } }
const beside = { id: 'beside', rect: { x: 450, y: 150, w: 200, h: 100 } }
const boxes = [large, small, beside]

describe('handleAt', () => {
  it('finds the eight handles within their 16 px squares', () => {
    expect(handleAt(large.rect, { x: 107, y: 93 })).toBe('nw')
    expect(handleAt(large.rect, { x: 300, y: 95 })).toBe('n')
    expect(handleAt(large.rect, { x: 500, y: 250 })).toBe('e')
    expect(handleAt(large.rect, { x: 500, y: 400 })).toBe('se')
    expect(handleAt(large.rect, { x: 109, y: 100 })).toBeNull()
    expect(handleAt(large.rect, { x: 300, y: 250 })).toBeNull()
  })

  it('prefers the corner on a tiny box', () => {
    expect(handleAt({ x: 10, y: 10, w: 8, h: 8 }, { x: 18, y: 18 })).toBe('se')
    expect(handleAt({ x: 10, y: 10, w: 8, h: 8 }, { x: 9, y: 9 })).toBe('nw')
  })
})

describe('isOnEdge', () => {
  it('is true within five pixels of the stroke, on both sides', () => {
    expect(isOnEdge(large.rect, { x: 96, y: 250 })).toBe(true)
    expect(isOnEdge(large.rect, { x: 104, y: 250 })).toBe(true)
    expect(isOnEdge(large.rect, { x: 94, y: 250 })).toBe(false)
    expect(isOnEdge(large.rect, { x: 106, y: 250 })).toBe(false)
  })

  it('takes the whole of a box too small to have an inside', () => {
    expect(isOnEdge({ x: 0, y: 0, w: 6, h: 6 }, { x: 3, y: 3 })).toBe(true)
  })
})

describe('boxesAt', () => {
  it('lists the smaller box first, so that a nested one can be reached', () => {
    expect(boxesAt(boxes, { x: 230, y: 225 })).toEqual(['small', 'large'])
  })

  it('lists a hit stroke before a covering box, even a smaller one', () => {
    expect(boxesAt(boxes, { x: 498, y: 200 })).toEqual(['large', 'beside'])
  })

  it('is empty on bare ground', () => {
    expect(boxesAt(boxes, { x: 20, y: 20 })).toEqual([])
  })
})

describe('pickBox', () => {
  const at = { x: 230, y: 225 }

  it('picks the smallest, whatever is selected', () => {
    expect(pickBox(boxes, at, null, false)).toBe('small')
    expect(pickBox(boxes, at, 'large', false)).toBe('small')
    expect(pickBox(boxes, { x: 20, y: 20 }, 'large', false)).toBeNull()
  })

  it('goes round the pile when cycling', () => {
    expect(pickBox(boxes, at, 'small', true)).toBe('large')
    expect(pickBox(boxes, at, 'large', true)).toBe('small')
    expect(pickBox(boxes, at, 'beside', true)).toBe('small')
  })
})
