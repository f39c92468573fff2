import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factSimilarity, factsOf } from './sentence-facts'
import { atAngle, unitArbitrary } from './vectors.fixture'

describe('factsOf', () => {
  it.each([
    ['Two people stand at the left. A red car is at the right.', ['Two people stand at the left.', 'A red car is at the right.']],
    ['One fact without an end', ['One fact without an end']],
    ['Is it? It is! Good; yes', ['Is it?', 'It is!', 'Good;', 'yes']],
    ['It is 2.5 m long. Dr. Who sees it.', ['It is 2.5 m long.', 'Dr. Who sees it.']],
    ['Tools, e.g. a saw.', ['Tools, e.g. a saw.']],
    ['Line one\nLine two', ['Line one', 'Line two']],
    [' . … ', []],
    ['', []],
  ])('splits “%s”', (text, facts) => {
    expect(factsOf(text)).toEqual(facts)
  })

  it('loses no letter and makes no fact without one', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const letters = (of: string) => of.replace(/[^\p{L}\p{N}]/gu, '')
        const facts = factsOf(text)
        expect(letters(facts.join(''))).toBe(letters(text))
        for (const fact of facts) expect(letters(fact)).not.toBe('')
      }),
    )
  })
})

describe('factSimilarity', () => {
  it('takes the best match of each fact and the mean over them', () => {
    const seen = [atAngle(0), atAngle(90)]
    expect(factSimilarity([atAngle(0)], seen)).toBeCloseTo(1, 6)
    expect(factSimilarity([atAngle(0), atAngle(60)], seen)).toBeCloseTo((1 + Math.cos(Math.PI / 6)) / 2, 6)
  })

  it('is the lowest when there is nothing to compare', () => {
    expect(factSimilarity([], [atAngle(0)])).toBe(-1)
    expect(factSimilarity([atAngle(0)], [])).toBe(-1)
  })

  it('never falls when more was seen, and ignores the order', () => {
    const some = fc.array(unitArbitrary(3), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(some, some, some, (said, seen, more) => {
        const base = factSimilarity(said, seen)
        expect(factSimilarity(said, [...seen, ...more])).toBeGreaterThanOrEqual(base)
        expect(factSimilarity([...said].reverse(), [...seen].reverse())).toBeCloseTo(base, 9)
        expect(factSimilarity(said, said)).toBeCloseTo(1, 5)
      }),
    )
  })
})
