import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counted, inColour, isPluralOnly, numberOf, numberWord, pluralOf, sentence, verbFor, withArticle } from './english'

const word = fc.stringMatching(/^[a-z]{1,10}$/)

describe('pluralOf', () => {
  it.each([
    ['car', 'cars'],
    ['bus', 'buses'],
    ['person', 'people'],
    ['mouse', 'mice'],
    ['sheep', 'sheep'],
    ['knife', 'knives'],
    ['goose', 'geese'],
    ['calf', 'calves'],
    ['horse thief', 'horse thieves'],
    ['wife', 'wives'],
    ['skis', 'skis'],
    ['scissors', 'scissors'],
    ['couch', 'couches'],
    ['toothbrush', 'toothbrushes'],
    ['sandwich', 'sandwiches'],
    ['wine glass', 'wine glasses'],
    ['traffic light', 'traffic lights'],
    ['berry', 'berries'],
    ['toy', 'toys'],
    ['cell phone', 'cell phones'],
  ])('%s → %s', (one, many) => {
    expect(pluralOf(one)).toBe(many)
  })

  it('ends in a way that English has, and keeps what stands before the last word', () => {
    fc.assert(
      fc.property(word, word, (first, last) => {
        const plural = pluralOf(`${first} ${last}`)
        expect(plural.startsWith(`${first} `)).toBe(true)
        expect(plural).not.toMatch(/ss$/)
        expect(plural).toBe(`${first} ${pluralOf(last)}`)
      }),
    )
  })

  it('takes words that every object has for what they are', () => {
    expect(pluralOf('constructor')).toBe('constructors')
  })
})

describe('withArticle', () => {
  it.each([
    ['car', 'a car'],
    ['orange car', 'an orange car'],
    ['umbrella', 'an umbrella'],
    ['unicycle', 'a unicycle'],
    ['elephant', 'an elephant'],
    ['hour', 'an hour'],
    ['hot dog', 'a hot dog'],
    ['skis', 'skis'],
    ['red scissors', 'red scissors'],
    ['broccoli', 'broccoli'],
    ['european bus', 'a european bus'],
  ])('%s → %s', (phrase, expected) => {
    expect(withArticle(phrase)).toBe(expected)
  })
})

describe('numbers', () => {
  it('are words up to twelve', () => {
    expect([0, 1, 2, 12, 13].map(numberWord)).toEqual(['no', 'one', 'two', 'twelve', '13'])
  })

  it('are read again as they were written', () => {
    fc.assert(
      fc.property(fc.nat(99_999), (count) => {
        expect(numberOf(numberWord(count))).toBe(count)
      }),
    )
  })

  it.each(['', 'none', 'many', '-1', '1.5', 'constructor', '12345678'])('“%s” is none', (text) => {
    expect(numberOf(text)).toBeNull()
  })

  it('go with the right form of noun and verb', () => {
    expect(counted(1, 'person')).toBe('one person')
    expect(counted(3, 'person')).toBe('three people')
    expect(counted(0, 'bus')).toBe('no buses')
    expect(verbFor(1, 'car')).toBe('is')
    expect(verbFor(2, 'car')).toBe('are')
    expect(verbFor(1, 'skis')).toBe('are')
    expect(isPluralOnly('red skis')).toBe(true)
    expect(isPluralOnly('glass')).toBe(false)
  })
})

describe('inColour', () => {
  it('speaks of the clothes of a person, never of a coloured person', () => {
    expect(inColour('car', 'blue')).toBe('blue car')
    expect(inColour('person', 'black')).toBe('person in black')
    expect(inColour('person', null)).toBe('person')
  })
})

describe('sentence', () => {
  it('begins large and ends with one mark', () => {
    expect(sentence(' two cars are seen ')).toBe('Two cars are seen.')
    expect(sentence('Which way?')).toBe('Which way?')
    fc.assert(
      fc.property(word, (text) => {
        expect(sentence(sentence(text))).toBe(sentence(text))
        expect(sentence(text)).toMatch(/^[A-Z].*\.$/)
      }),
    )
  })
})
