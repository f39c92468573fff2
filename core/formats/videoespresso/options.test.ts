import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { letterOf, readCorrectIndex, readOptions, writeCorrect, writeOptions } from './options'

const options = fc.array(fc.string({ maxLength: 30 }), { minLength: 1, maxLength: 26 })

describe('laws of options', () => {
  test('written options are read as they were, but for space in front of a text', () => {
    fc.assert(
      fc.property(options, (texts) => {
        expect(readOptions(writeOptions(texts))).toEqual(texts.map((text) => text.trimStart()))
      }),
    )
  })

  test('a written letter leads back to its option', () => {
    fc.assert(
      fc.property(options, fc.nat(), (texts, number) => {
        const index = number % texts.length
        expect(readCorrectIndex(writeCorrect(index), texts)).toBe(index)
        expect(readCorrectIndex(writeOptions(texts)[index] ?? '', texts)).toBe(index)
      }),
    )
  })

  test('what is read always names an option that is there', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 6 }), fc.array(fc.string({ maxLength: 3 }), { maxLength: 4 }), (word, texts) => {
        const index = readCorrectIndex(word, texts)
        if (index !== null) expect(texts[index]).toBeDefined()
      }),
    )
  })
})

it('letters run from A to Z', () => {
  expect([0, 1, 25].map(letterOf)).toEqual(['A', 'B', 'Z'])
})

describe('labels', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['of the benchmark', ['(A): the dog', '(B): the man'], ['the dog', 'the man']],
    ['with a dot', ['A. the dog', 'B. the man'], ['the dog', 'the man']],
    ['with one bracket', ['A) the dog', 'B) the man'], ['the dog', 'the man']],
    ['with two brackets only', ['(A) the dog', '(B) the man'], ['the dog', 'the man']],
    ['with a colon and space around', [' A : the dog', 'B: the man'], ['the dog', 'the man']],
    ['before nothing', ['(A):', '(B): the man'], ['', 'the man']],
    ['of which only the first goes', ['(A): (A): the dog', '(B): B. A. Baracus'], ['(A): the dog', 'B. A. Baracus']],
  ])('%s are taken off', (_name, source, texts) => {
    expect(readOptions(source)).toEqual(texts)
  })

  it.each<[string, readonly string[]]>([
    ['on some only', ['(A): the dog', 'the man']],
    ['out of order', ['(B): the dog', '(A): the man']],
    ['that skip a letter', ['(A): the dog', '(C): the man']],
    ['that start later', ['(B): the dog', '(C): the man']],
    ['in small letters', ['a. the dog', 'b. the man']],
    ['that are numbers', ['1. the dog', '2. the man']],
    ['that are words', ['A dog', 'B movie']],
    ['that are none', []],
  ])('%s belong to the text', (_name, source) => {
    expect(readOptions(source)).toEqual(source)
  })
})

describe('the right answer', () => {
  const texts = ['the dog', 'the man', 'B-movie', 'nobody']

  it.each<[string, number]>([
    ['(B)', 1],
    ['B', 1],
    ['b', 1],
    [' B. ', 1],
    ['(B', 1],
    ['B)', 1],
    ['(B): something else entirely', 1],
    ['D: nobody\nat all', 3],
    ['the man', 1],
    ['  the man ', 1],
    ['B-movie', 2],
  ])('%j is option %i', (word, index) => {
    expect(readCorrectIndex(word, texts)).toBe(index)
  })

  it.each([
    '',
    ' ',
    '(E)',
    'E',
    'Z',
    '2',
    'AB',
    'The man',
    'the',
    '(B)(C)',
    '(A), (C)',
    '(A) and (C)',
    'A. or B.',
    'B: C',
    'Ａ',
    'é',
    '()',
    'both',
  ])('%j is none of them', (word) => {
    expect(readCorrectIndex(word, texts)).toBeNull()
  })

  it('without options is nothing', () => {
    expect(readCorrectIndex('A', [])).toBeNull()
  })

  it('may have a text that looks like a letter', () => {
    expect(readCorrectIndex('(A): I', ['I', 'you'])).toBe(0)
    expect(readCorrectIndex('(B): x', ['y', 'x'])).toBe(1)
  })

  it('in words goes before a letter that is not there', () => {
    expect(readCorrectIndex('C', ['A', 'C'])).toBe(1)
  })
})
