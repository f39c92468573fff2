import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { directionAt, directionOfOffset, edgesOf, MAX_TRACKLET_SEC, type TrackPoint } from './directions'
import { boxAt, VIEW } from './template.fixture'

const path = (places: readonly (readonly [number, number])[], stepSec = 0.5): TrackPoint[] =>
  places.map(([x, y], place) => ({ timeSec: place * stepSec, rect: boxAt(x, y), velocity: null }))
const growing = (sizes: readonly number[], x = 300): TrackPoint[] =>
  sizes.map((size, place) => ({ timeSec: place * 0.5, rect: boxAt(x, 150, size, size), velocity: null }))

describe('directionOfOffset', () => {
  it('needs one axis to lead', () => {
    expect(directionOfOffset({ x: 10, y: 1 })).toBe('right')
    expect(directionOfOffset({ x: -10, y: 1 })).toBe('left')
    expect(directionOfOffset({ x: 1, y: 10 })).toBe('down')
    expect(directionOfOffset({ x: 0, y: -10 })).toBe('up')
    expect(directionOfOffset({ x: 10, y: 9 })).toBeNull()
    expect(directionOfOffset({ x: 0, y: 0 })).toBeNull()
  })

  it('turns round with the offset', () => {
    const back = { left: 'right', right: 'left', up: 'down', down: 'up', 'towards the camera': '', 'away from the camera': '' }
    fc.assert(
      fc.property(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }), (x, y) => {
        const direction = directionOfOffset({ x, y })
        expect(directionOfOffset({ x: -x, y: -y })).toBe(direction === null ? null : back[direction])
      }),
    )
  })
})

describe('directionAt', () => {
  it('names a steady way across the view', () => {
    expect(
      directionAt(
        path([
          [100, 150],
          [180, 152],
          [260, 151],
        ]),
        0.5,
        VIEW,
      ),
    ).toBe('right')
    expect(
      directionAt(
        path([
          [260, 150],
          [180, 152],
          [100, 151],
        ]),
        0.5,
        VIEW,
      ),
    ).toBe('left')
    expect(
      directionAt(
        path([
          [300, 50],
          [300, 90],
          [300, 130],
        ]),
        0.5,
        VIEW,
      ),
    ).toBe('down')
  })

  it('says nothing of a way that is short, turns, or is measured another way', () => {
    expect(
      directionAt(
        path([
          [100, 150],
          [112, 150],
          [124, 150],
        ]),
        0.5,
        VIEW,
      ),
    ).toBeNull()
    expect(
      directionAt(
        path([
          [100, 150],
          [200, 150],
          [180, 150],
        ]),
        0.5,
        VIEW,
      ),
    ).toBeNull()
    const odd = path([
      [100, 150],
      [180, 150],
      [260, 150],
    ]).map((point, place) => (place === 1 ? { ...point, velocity: { x: -90, y: 0 } } : point))
    expect(directionAt(odd, 0.5, VIEW)).toBeNull()
  })

  it('says nothing of one sighting, or of none near the moment', () => {
    expect(directionAt(path([[100, 150]]), 0, VIEW)).toBeNull()
    expect(directionAt([], 0, VIEW)).toBeNull()
    expect(
      directionAt(
        path([
          [100, 150],
          [200, 150],
        ]),
        99,
        VIEW,
      ),
    ).toBeNull()
  })

  it('rests on no more than three seconds around the moment', () => {
    const turn = path(
      [
        [100, 150],
        [200, 150],
        [300, 150],
        [300, 150],
        [300, 150],
        [300, 150],
        [200, 150],
        [100, 150],
      ],
      1,
    )
    expect(directionAt(turn, 1, VIEW)).toBe('right')
    expect(directionAt(turn, 6, VIEW)).toBe('left')
    expect(directionAt(turn, 4, VIEW)).toBeNull()
    expect(MAX_TRACKLET_SEC).toBeLessThanOrEqual(3)
  })

  it('tells coming closer from going away, if no side cuts the box', () => {
    expect(directionAt(growing([60, 80, 100]), 0.5, VIEW)).toBe('towards the camera')
    expect(directionAt(growing([100, 80, 60]), 0.5, VIEW)).toBe('away from the camera')
    expect(directionAt(growing([60, 62, 64]), 0.5, VIEW)).toBeNull()
    expect(directionAt(growing([60, 110, 100]), 0.5, VIEW)).toBeNull()
    expect(directionAt(growing([60, 80, 100], 30), 0.5, VIEW)).toBeNull()
  })

  it('mirrors with the view', () => {
    const xs = fc.array(fc.integer({ min: 40, max: 560 }), { minLength: 2, maxLength: 5 })
    const mirror: Record<string, string> = { left: 'right', right: 'left' }
    fc.assert(
      fc.property(xs, (places) => {
        const straight = directionAt(path(places.map((x) => [x, 150] as const)), 0.5, VIEW)
        const mirrored = directionAt(path(places.map((x) => [600 - x, 150] as const)), 0.5, VIEW)
        expect(mirrored).toBe(straight === null ? null : (mirror[straight] ?? straight))
      }),
    )
  })
})

describe('edgesOf', () => {
  it('names the edges that cut a box', () => {
    expect(edgesOf(boxAt(300, 150), VIEW)).toBe('')
    expect(edgesOf({ x: 0, y: 0, w: 600, h: 300 }, VIEW)).toBe('left right top bottom')
    expect(edgesOf({ x: 100, y: 200, w: 60, h: 99 }, VIEW)).toBe('bottom')
  })
})
