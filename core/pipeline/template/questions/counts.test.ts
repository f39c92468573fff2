import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sighting } from '../../facts'
import { captionAt, sightingAt } from '../template.fixture'
import { knownCaptions, thingsOf } from '../things'
import { countOn, countQuestions, countsAnswer, countsInAnswer } from './counts'

/** So many people in a row, each with its own track. */
const people = (count: number, more: Partial<Sighting> = {}) =>
  Array.from({ length: count }, (_, place) => sightingAt('person', 50 + 90 * place, 150, { track: place, ...more }))
const ask = (captions: Parameters<typeof knownCaptions>[0]) => {
  const known = knownCaptions(captions)
  return countQuestions(thingsOf(known), known, 1)
}

describe('countQuestions', () => {
  it('asks how a number changes that neighbouring frames agree on', () => {
    const [only] = ask([captionAt(0, people(2)), captionAt(1, people(2)), captionAt(2, people(5)), captionAt(3, people(5))])
    expect(only?.pair.answer).toBe('From two to five.')
    expect(only?.pair.support.frames.map(({ frameIndex }) => frameIndex)).toEqual([0, 20])
    expect(only?.pair.support.objects).toHaveLength(1)
    expect(only?.pair.support.objects[0]?.phrase).toBe('people')
    expect(only?.pair.support.objects[0]?.boxes).toHaveLength(7)
    expect(only?.pair.support.distractors).toEqual(['From five to two.', 'From two to six.', 'From three to seven.'])
  })

  it('does not ask when a single frame differs, or nothing changes', () => {
    expect(ask([captionAt(0, people(2)), captionAt(1, people(5)), captionAt(2, people(2))])).toEqual([])
    expect(ask([captionAt(0, people(2)), captionAt(1, people(2))])).toEqual([])
  })

  it('does not ask when a weak box may be one more, or the detector misses many', () => {
    const weak = sightingAt('person', 550, 250, { score: 0.3 })
    expect(
      ask([captionAt(0, people(2)), captionAt(1, people(2)), captionAt(2, [...people(5), weak]), captionAt(3, [...people(5), weak])]),
    ).toEqual([])
    const wrong = sightingAt('dog', 550, 250)
    expect(
      ask([captionAt(0, people(2)), captionAt(1, people(2)), captionAt(2, [...people(5), wrong]), captionAt(3, [...people(5), wrong])]),
    ).toEqual([])
    const loose = people(1, { track: null })
    expect(
      ask([captionAt(0, loose), captionAt(1, people(2)), captionAt(2, people(2)), captionAt(3, people(4)), captionAt(4, people(4))]).length,
    ).toBe(1)
    expect(
      ask([
        captionAt(0, people(3, { track: null })),
        captionAt(1, people(2)),
        captionAt(2, people(2)),
        captionAt(3, people(4)),
        captionAt(4, people(4)),
      ]),
    ).toEqual([])
  })

  it('does not count crowds or what is hardly seen', () => {
    expect(ask([captionAt(0, people(2)), captionAt(1, people(2)), captionAt(2, people(7)), captionAt(3, people(7))])).toEqual([])
    expect(
      ask([
        captionAt(0, people(2, { score: 0.5 })),
        captionAt(1, people(2, { score: 0.5 })),
        captionAt(2, people(5)),
        captionAt(3, people(5)),
      ]),
    ).toEqual([])
  })

  it('gives a box to each thing it counts', () => {
    const count = fc.integer({ min: 1, max: 6 })
    fc.assert(
      fc.property(count, count, (before, after) => {
        const [only] = ask([
          captionAt(0, people(before)),
          captionAt(1, people(before)),
          captionAt(2, people(after)),
          captionAt(3, people(after)),
        ])
        expect(only === undefined).toBe(before === after)
        const boxes = only?.pair.support.objects[0]?.boxes ?? []
        if (only !== undefined) expect(boxes).toHaveLength(before + after)
      }),
    )
  })
})

describe('countOn', () => {
  it('counts from a score on, and gives none where another box may be one more', () => {
    const { facts } = knownCaptions([captionAt(0, [...people(2), sightingAt('person', 500, 150, { score: 0.4 })])])[0] ?? {}
    expect(facts === undefined ? [] : [0.5, 0.3].map((score) => countOn(facts, 'person', score))).toEqual([2, 3])
    const beside = knownCaptions([captionAt(0, [...people(2), sightingAt('dog', 500, 150)])])[0]
    expect(beside === undefined ? 0 : countOn(beside.facts, 'person', 0.5)).toBeNull()
  })
})

describe('words of the answer', () => {
  it('are read back', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), (before, after) => {
        expect(countsInAnswer(countsAnswer(before, after))).toEqual([before, after])
      }),
    )
    expect(countsInAnswer('From left to right.')).toBeNull()
    expect(countsInAnswer('Many.')).toBeNull()
  })
})
