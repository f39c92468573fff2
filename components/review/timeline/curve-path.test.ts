import { describe, expect, it } from 'vitest'
import { curveArea, curveLine } from './curve-path'

const points = [
  { share: 0.25, value: 0 },
  { share: 0.75, value: 1 },
]

describe('a curve', () => {
  it('goes through its points and is held to both ends', () => {
    expect(curveLine(points, 72)).toBe('M0 68L250 68L750 4L1000 4')
  })

  it('has an area down to the ground', () => {
    expect(curveArea(points, 72)).toBe('M0 68L250 68L750 4L1000 4V72H0Z')
  })

  it('of one point is a level line; of none it is nothing', () => {
    expect(curveLine([{ share: 0.5, value: 0.5 }], 40)).toBe('M0 20L500 20L1000 20')
    expect(curveLine([], 40)).toBe('')
    expect(curveArea([], 40)).toBe('')
  })

  it('stays in its picture whatever the values are', () => {
    expect(curveLine([{ share: 2, value: -7 }], 40)).toBe('M0 36L1000 36L1000 36')
  })
})
