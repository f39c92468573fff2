import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atPlace, centreOf, columnOf, isClearlyPlaced, placeOf } from './place'

const VIEW = { width: 300, height: 300 }
const at = (x: number, y: number) => ({ x: x - 5, y: y - 5, w: 10, h: 10 })
const anywhere = fc.record({ x: fc.integer({ min: 0, max: 300 }), y: fc.integer({ min: 0, max: 300 }) })

describe('placeOf', () => {
  it.each([
    [20, 20, 'top left'],
    [150, 20, 'top centre'],
    [280, 20, 'top right'],
    [20, 150, 'left'],
    [150, 150, 'centre'],
    [280, 150, 'right'],
    [20, 280, 'bottom left'],
    [150, 280, 'bottom centre'],
    [280, 280, 'bottom right'],
  ])('(%i, %i) is %s', (x, y, place) => {
    expect(placeOf(at(x, y), VIEW)).toBe(place)
  })

  it('calls a centre outside of the view by the nearest place', () => {
    expect(placeOf(at(-40, 900), VIEW)).toBe('bottom left')
  })

  it('does not change with the size of the picture', () => {
    fc.assert(
      fc.property(anywhere, fc.integer({ min: 1, max: 9 }), ({ x, y }, k) => {
        const large = { x: (x - 5) * k, y: (y - 5) * k, w: 10 * k, h: 10 * k }
        expect(placeOf(large, { width: 300 * k, height: 300 * k })).toBe(placeOf(at(x, y), VIEW))
      }),
    )
  })

  it('mirrors left and right', () => {
    fc.assert(
      fc.property(anywhere, ({ x, y }) => {
        fc.pre(isClearlyPlaced(at(x, y), VIEW))
        const mirrored: Record<string, string> = { left: 'right', centre: 'centre', right: 'left' }
        expect(columnOf(placeOf(at(300 - x, y), VIEW))).toBe(mirrored[columnOf(placeOf(at(x, y), VIEW))])
      }),
    )
  })
})

describe('isClearlyPlaced', () => {
  it('is not so near a line between columns', () => {
    expect(isClearlyPlaced(at(100, 10), VIEW)).toBe(false)
    expect(isClearlyPlaced(at(205, 10), VIEW)).toBe(false)
    expect(isClearlyPlaced(at(150, 10), VIEW)).toBe(true)
    expect(isClearlyPlaced(at(20, 100), VIEW)).toBe(true)
  })
})

describe('words', () => {
  it('have their preposition', () => {
    expect(atPlace('left')).toBe('on the left')
    expect(atPlace('centre')).toBe('in the centre')
    expect(atPlace('top centre')).toBe('at the top centre')
    expect(columnOf('bottom right')).toBe('right')
    expect(columnOf('centre')).toBe('centre')
  })

  it('of the middle of a box', () => {
    expect(centreOf({ x: 10, y: 20, w: 30, h: 40 })).toEqual({ x: 25, y: 40 })
  })
})
