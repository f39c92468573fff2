import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoresArbitrary } from '../selection.fixture'
import { meanOfSignals, SIGNALS, type Signal, stretchSignals } from './blend'

const text = (scores: number[], weight = 1): Signal => ({ name: 'text', scores, weight })
const objects = (scores: number[], weight = 1): Signal => ({ name: 'objects', scores, weight })
const blendSignals = (signals: readonly Signal[]) => meanOfSignals(stretchSignals(signals))

describe('stretchSignals', () => {
  it('gives shares of 0 to 1 and parts of the whole, in one order, without those of no weight', () => {
    const vision: Signal = { name: 'vision', scores: [0.2, 0.21], weight: 0 }
    const [first, second, ...rest] = stretchSignals([objects([3, 1], 1), vision, text([0, 0.05], 3)])
    expect(rest).toEqual([])
    expect(first).toEqual({ name: 'text', shares: [0, expect.closeTo(0.5, 12)], weight: 0.75 })
    expect(second).toEqual({ name: 'objects', shares: [1, 0], weight: 0.25 })
  })

  it('gives the very same numbers whatever the order', () => {
    fc.assert(
      fc.property(signalsArbitrary, ([a, b]) => {
        expect(stretchSignals([b, a])).toEqual(stretchSignals([a, b]))
        expect(blendSignals([b, a])).toEqual(blendSignals([a, b]))
      }),
    )
  })
})

describe('meanOfSignals', () => {
  it('stretches each signal to 0 to 1 and takes the weighted mean', () => {
    expect(blendSignals([text([0.2, 0.4, 0.6])])).toEqual([0, expect.closeTo(0.5, 12), 1])
    const both = blendSignals([text([0.2, 0.4, 0.6], 3), objects([1, 0, 0])])
    expect(both).toEqual([expect.closeTo(0.25, 12), expect.closeTo(0.375, 12), expect.closeTo(0.75, 12)])
  })

  it('does not stretch noise, and is flat where all is equal', () => {
    expect(blendSignals([text([0.5, 0.51])])).toEqual([0, expect.closeTo(0.1, 12)])
    expect(blendSignals([{ name: 'vision', scores: [0.25, 0.27], weight: 1 }])[1]).toBeCloseTo(1, 12)
    expect(blendSignals([text([0.5, 0.5]), objects([0, 0])])).toEqual([0, 0])
  })

  it('leaves out what has no weight', () => {
    expect(blendSignals([text([0, 1]), objects([1, 0], 0)])).toEqual([0, 1])
  })

  it.each([
    ['no signal', [], /No signal/],
    ['no weight', [text([1, 2], 0)], /No signal/],
    ['a negative weight', [text([1, 2], -1)], /weight of text/],
    ['a weight that is no number', [text([1, 2], Number.NaN)], /weight of text/],
    ['an infinite weight', [text([1, 2], Number.POSITIVE_INFINITY)], /weight of text/],
    ['other frames', [text([1, 2]), objects([1])], /objects has 1 scores, not 2/],
    ['NaN', [text([1, Number.NaN])], /frame 1 by text/],
    ['infinity', [text([Number.POSITIVE_INFINITY, 0])], /frame 0 by text/],
  ])('refuses %s', (_, signals, message) => {
    expect(() => blendSignals(signals)).toThrow(expect.objectContaining({ code: 'invalid_input', message: expect.stringMatching(message) }))
  })

  it('takes very long lists', () => {
    expect(blendSignals([text(Array.from({ length: 300_000 }, (_, at) => at))])).toHaveLength(300_000)
  })
})

const weight = fc.double({ min: 0.01, max: 10, noNaN: true })
const signalsArbitrary = fc
  .tuple(
    fc.array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })), { minLength: 1 }),
    weight,
    weight,
  )
  .map(([rows, first, second]): [Signal, Signal] => [
    text(
      rows.map(([a]) => a),
      first,
    ),
    objects(
      rows.map(([, b]) => b),
      second,
    ),
  ])

describe('properties', () => {
  it('lies between 0 and 1', () => {
    fc.assert(
      fc.property(signalsArbitrary, (signals) => {
        expect(blendSignals(signals).every((score) => score >= 0 && score <= 1)).toBe(true)
      }),
    )
  })

  it('does not hang on the order of signals, nor on the unit of weights', () => {
    fc.assert(
      fc.property(signalsArbitrary, weight, ([a, b], factor) => {
        const plain = blendSignals([a, b])
        const other = blendSignals([
          { ...b, weight: b.weight * factor },
          { ...a, weight: a.weight * factor },
        ])
        for (const [at, score] of other.entries()) expect(score).toBeCloseTo(plain[at] ?? 0, 9)
      }),
    )
  })

  it('keeps the order of a single signal, wherever it begins', () => {
    fc.assert(
      fc.property(scoresArbitrary(), fc.constantFrom(...SIGNALS), fc.integer({ min: -3, max: 3 }), (scores, name, shift) => {
        const blended = blendSignals([{ name, scores: scores.map((score) => score + shift), weight: 1 }])
        const pairs = scores.slice(1).map((score, at) => [score - (scores[at] ?? 0), (blended[at + 1] ?? 0) - (blended[at] ?? 0)] as const)
        expect(pairs.every(([before, after]) => Math.abs(before) < 1e-9 || Math.sign(before) === Math.sign(after))).toBe(true)
      }),
    )
  })
})
