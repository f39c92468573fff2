import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addExtreme, extremeRect, removeExtreme } from './extreme-points'

const image = { width: 640, height: 360 }
const top = { x: 300, y: 40 }
const left = { x: 210, y: 150 }
const bottom = { x: 330, y: 300 }
const right = { x: 420, y: 170 }

function click(points: readonly { x: number; y: number }[]) {
  return points.reduce<ReturnType<typeof addExtreme>>((state, point) => addExtreme(state.points, point, image), { points: [], rect: null })
}

describe('addExtreme', () => {
  it('gives the rectangle with the fourth click and starts over', () => {
    expect(click([top, left, bottom]).rect).toBeNull()
    expect(click([top, left, bottom])).toHaveProperty('points.length', 3)
    expect(click([top, left, bottom, right])).toEqual({ points: [], rect: { x: 210, y: 40, w: 210, h: 260 } })
  })

  it('takes the four in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([top, left, bottom, right], { minLength: 4 }), (order) => {
        expect(click(order).rect).toEqual({ x: 210, y: 40, w: 210, h: 260 })
      }),
    )
  })

  it('clamps clicks beside the picture and never gives an empty rectangle', () => {
    expect(click([{ x: -50, y: -5 }, left, bottom, { x: 9999, y: 100 }]).rect).toEqual({ x: 0, y: 0, w: 640, h: 300 })
    expect(click([top, top, top, top]).rect).toEqual({ x: 300, y: 40, w: 1, h: 1 })
  })
})

describe('removeExtreme', () => {
  it('takes the last click back, down to none', () => {
    expect(removeExtreme([top, left])).toEqual([top])
    expect(removeExtreme([])).toEqual([])
  })
})

describe('extremeRect', () => {
  it('is there from the first click and absent before', () => {
    expect(extremeRect([], image)).toBeNull()
    expect(extremeRect([top, left], image)).toEqual({ x: 210, y: 40, w: 90, h: 110 })
  })
})
