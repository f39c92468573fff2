import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameNo } from '../document.fixture'
import { groupFrames } from './grouping'

const frames = (count: number) => Array.from({ length: count }, (_, at) => frameNo(at * 7))
const sizes = (count: number, size: number) => groupFrames(frames(count), size).map((group) => group.length)

describe('groupFrames', () => {
  it.each([
    [0, 15, []],
    [1, 15, [1]],
    [15, 15, [15]],
    [16, 15, [16]],
    [17, 15, [15, 2]],
    [31, 15, [15, 16]],
    [3, 2, [3]],
    [5, 2, [2, 3]],
  ])('%i frames by %i', (count, size, expected) => {
    expect(sizes(count, size)).toEqual(expected)
  })

  it('keeps every frame once, in order, and leaves no frame alone unless it is the only one', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.integer({ min: 2, max: 20 }), (count, size) => {
        const groups = groupFrames(frames(count), size)
        expect(groups.flat()).toEqual(frames(count))
        for (const group of groups) {
          expect(group.length).toBeLessThanOrEqual(size + 1)
          if (count > 1) expect(group.length).toBeGreaterThan(1)
        }
      }),
    )
  })

  it('does not touch its input', () => {
    const given = frames(5)
    groupFrames(given, 2)
    expect(given).toEqual(frames(5))
  })
})
