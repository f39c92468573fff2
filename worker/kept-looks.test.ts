import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepLooks } from './kept-looks'
import { frameNo } from './models/models-for-tests'

const CAR = { label: 'car', score: 0.9, rect: { x: 0, y: 0, w: 2, h: 2 }, colour: null } as const
/** 100 numbers: 400 bytes and 160 for the entry. */
const look = (mark: number, things = 0) => ({ seen: Array.from({ length: things }, () => CAR), feature: new Float32Array(100).fill(mark) })

describe('kept looks', () => {
  it('are told apart by video, model and frame', () => {
    const kept = keepLooks()
    const places = [
      ['a', 'm', 1],
      ['a', 'm', 11],
      ['a', 'n', 1],
      ['b', 'm', 1],
    ] as const
    for (const [at, [video, model, frame]] of places.entries()) kept.put(video, model, frameNo(frame), look(at))
    expect(places.map(([video, model, frame]) => kept.get(video, model, frameNo(frame))?.feature[0])).toEqual([0, 1, 2, 3])
    expect(kept.get('b', 'n', frameNo(1))).toBeUndefined()
  })

  it('go when there are too many bytes, the longest unused first', () => {
    const kept = keepLooks(3 * 560)
    for (const frame of [0, 1, 2]) kept.put('v', 'm', frameNo(frame), look(frame))
    kept.get('v', 'm', frameNo(0))
    kept.put('v', 'm', frameNo(3), look(3))
    expect([0, 1, 2, 3].map((frame) => kept.get('v', 'm', frameNo(frame))?.feature[0])).toEqual([0, undefined, 2, 3])
    // Three things more need the place of another.
    kept.put('v', 'm', frameNo(4), look(4, 3))
    expect([0, 2, 3, 4].filter((frame) => kept.get('v', 'm', frameNo(frame)) !== undefined)).toEqual([3, 4])
  })

  it('are not driven out by one that does not fit at all, and are no older than the last', () => {
    const kept = keepLooks(600)
    kept.put('v', 'm', frameNo(0), look(1))
    kept.put('v', 'm', frameNo(1), look(2, 9))
    expect(kept.get('v', 'm', frameNo(0))?.feature[0]).toBe(1)
    kept.put('v', 'm', frameNo(0), look(3))
    expect([kept.get('v', 'm', frameNo(0))?.feature[0], kept.bytes]).toEqual([3, 560])
    kept.put('v', 'm', frameNo(0), look(4, 9))
    expect([kept.get('v', 'm', frameNo(0)), kept.bytes]).toEqual([undefined, 0])
  })

  it('never take more than they may, whatever comes', () => {
    const step = fc.record({ frame: fc.nat(6), things: fc.nat(4), isPut: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(4000), (steps, budget) => {
        const kept = keepLooks(budget)
        for (const { frame, things, isPut } of steps) {
          if (isPut) kept.put('v', 'm', frameNo(frame), look(frame, things))
          else expect(kept.get('v', 'm', frameNo(frame))?.feature[0] ?? frame).toBe(frame)
          expect(kept.bytes).toBeLessThanOrEqual(budget)
        }
        const left = Array.from({ length: 7 }, (_, frame) => kept.get('v', 'm', frameNo(frame))).filter((one) => one !== undefined)
        expect(kept.bytes).toBe(left.reduce((sum, { seen }) => sum + 560 + 160 * seen.length, 0))
      }),
    )
  })
})
