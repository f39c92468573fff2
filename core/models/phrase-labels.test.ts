import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pluralOf } from '../pipeline/template/english'
import { COCO_LABELS } from './coco-labels'
import { KINDS, SYNONYMS, wordsOf } from './label-words'
import { labelsOfPhrase } from './phrase-labels'

const labelsOf = (phrase: string) => labelsOfPhrase(phrase)?.labels ?? null

describe('the tables', () => {
  it('name only labels that the detector knows', () => {
    for (const label of Object.keys(SYNONYMS)) expect(COCO_LABELS).toContain(label)
    for (const list of Object.values(KINDS)) for (const label of wordsOf(list)) expect(COCO_LABELS).toContain(label)
  })

  it('give each word to one label', () => {
    const words = Object.values(SYNONYMS).flatMap(wordsOf)
    expect(words.filter((word, place) => words.indexOf(word) !== place)).toEqual([])
    expect(words.filter((word) => Object.hasOwn(KINDS, word) || COCO_LABELS.includes(word))).toEqual([])
  })

  it('have words as a phrase has them', () => {
    for (const word of [...Object.values(SYNONYMS), ...Object.values(KINDS)].flatMap(wordsOf)) {
      expect(word).toMatch(/^[a-z’-]+(?: [a-z’-]+)*$/)
    }
  })

  it('know every word and its plural again', () => {
    for (const [label, list] of Object.entries(SYNONYMS)) {
      for (const word of wordsOf(list)) {
        expect([word, labelsOf(word)]).toEqual([word, [label]])
        expect([word, labelsOf(pluralOf(word))]).toEqual([word, [label]])
      }
    }
    for (const [kind, list] of Object.entries(KINDS)) expect(labelsOf(`some ${kind}`)).toEqual(wordsOf(list))
  })
})

describe('labelsOfPhrase', () => {
  it.each([
    ['the man in a red shirt', 'person'],
    ['Two red cars on the left', 'car'],
    ['women', 'person'],
    ['police officers', 'person'],
    ['firemen', 'person'],
    ['children', 'person'],
    ['a group of people', 'person'],
    ['large crowd of people', 'person'],
    ['three of the people', 'person'],
    ['pair of skis', 'skis'],
    ['knives', 'knife'],
    ['a cup of coffee', 'cup'],
    ['the boy who is holding a kite', 'person'],
    ['bicycle rider', 'person'],
    ['the second car from the left', 'car'],
    ['the car that is parked near the tree', 'car'],
    ['red-and-white bus', 'bus'],
    ['hot dog', 'hot dog'],
    ['person 1', 'person'],
    ['person b', 'person'],
    [' CAR!! ', 'car'],
    ['“the tv”', 'tv'],
    ['wine glasses', 'wine glass'],
    ['lorry', 'truck'],
    ['the zebra crossing the road', 'zebra'],
  ])('“%s” is looked for as %s', (phrase, label) => {
    expect(labelsOf(phrase)).toEqual([label])
  })

  it.each([
    'picture of a dog',
    'car door',
    'bus stop',
    'dog house',
    'zebra crossing',
    'man’s hand',
    "the man's hand",
    'orange jacket',
    'yellow cloth',
    'front of the bus',
    'wave',
    'a',
    'the',
    '',
    '   ',
    '…',
    '日本語',
    'constructor',
    '__proto__',
    'toString',
    'bat',
    'glass',
    'baseball bat holder',
  ])('“%s” is not guessed at', (phrase) => {
    expect(labelsOfPhrase(phrase)).toBeNull()
  })

  it('says when a phrase names a kind, with the labels it takes in', () => {
    expect(labelsOfPhrase('the white van')).toEqual({ labels: ['car', 'truck', 'bus'], word: 'van', by: 'kind' })
    expect(labelsOfPhrase('vehicles')?.labels).toContain('motorcycle')
    expect(labelsOfPhrase('dog')).toEqual({ labels: ['dog'], word: 'dog', by: 'label' })
  })

  it('takes the longest end that it knows', () => {
    expect(labelsOfPhrase('a big traffic light')?.word).toBe('traffic light')
    expect(labelsOfPhrase('an old teddy bear')?.word).toBe('teddy bear')
    expect(labelsOf('an old brown bear')).toEqual(['bear'])
  })

  it('takes what is no phrase for nothing', () => {
    expect(labelsOfPhrase(`${'very '.repeat(60)}red car`)).toBeNull()
    expect(labelsOf(`${'very '.repeat(38)}red car`)).toEqual(['car'])
  })

  it('finds every label with an article, in the plural, with adjectives before and a place behind', () => {
    const label = fc.constantFrom(...COCO_LABELS)
    const before = fc.constantFrom('', 'the ', 'a ', 'two ', 'the other ', 'a small grey ', 'both of the ', 'His ')
    const behind = fc.constantFrom('', ' on the left', ' in the background', ', which moves', ' 2', ' near a wall', ' of the man')
    fc.assert(
      fc.property(label, before, behind, fc.boolean(), (name, start, end, isPlural) => {
        expect(labelsOf(`${start}${isPlural ? pluralOf(name) : name}${end}`)).toEqual([name])
      }),
    )
  })

  it('takes any text, and answers with known labels or none', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 250 }), fc.lorem({ maxCount: 8 }))
    fc.assert(
      fc.property(text, (phrase) => {
        const found = labelsOfPhrase(phrase)
        if (found === null) return
        expect(found.labels.length).toBeGreaterThan(0)
        for (const label of found.labels) expect(COCO_LABELS).toContain(label)
      }),
    )
  })
})
