import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RUNS } from './document.fixture'
import { contentWords, jaccard, samePhraseKey, wordsOf } from './words'

describe('wordsOf', () => {
  it.each([
    ['The man, who RUNS.', ['the', 'man', 'who', 'runs']],
    ['', []],
    ['… — !', []],
    ['frame 480.jpg', ['frame', '480', 'jpg']],
    ['Über Straße', ['über', 'straße']],
    ['ｆｕｌｌ width', ['full', 'width']],
    ['猫 跑', ['猫', '跑']],
  ])('of %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })
})

describe('contentWords', () => {
  it('leaves out what carries no content, and repeats', () => {
    expect([...contentWords('The man and the man are in the lake with a dog')]).toEqual(['man', 'lake', 'dog'])
  })
})

describe('jaccard', () => {
  const set = (text: string) => new Set(wordsOf(text))

  it.each([
    ['a b c', 'a b c', 1],
    ['a b', 'b c', 1 / 3],
    ['a', 'b', 0],
    ['', 'a', 0],
    ['', '', 0],
  ])('of %j and %j', (a, b, expected) => {
    expect(jaccard(set(a), set(b))).toBe(expected)
  })

  it('is symmetric and lies within 0 and 1', () => {
    const words = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e')).map((list) => new Set(list))
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(jaccard(a, b)).toBe(jaccard(b, a))
        expect(jaccard(a, b)).toBeGreaterThanOrEqual(0)
        expect(jaccard(a, b)).toBeLessThanOrEqual(1)
        if (a.size > 0) expect(jaccard(a, a)).toBe(1)
      }),
      RUNS,
    )
  })
})

describe('samePhraseKey', () => {
  it('does not mind case, spaces and punctuation', () => {
    expect(samePhraseKey('  Red  CAR!')).toBe(samePhraseKey('red car'))
    expect(samePhraseKey('red car')).not.toBe(samePhraseKey('car red'))
  })
})
