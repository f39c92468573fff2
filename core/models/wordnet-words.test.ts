/** What the table made from WordNet must hold, whatever is chosen in `scripts/wordnet/choices.ts`. */
import { describe, expect, it } from 'vitest'
import { BREAKS, colourOfWord, NO_THINGS, OPENERS } from '../selection/signals/question-words'
import { COCO_LABELS } from './coco-labels'
import { KINDS, OTHERS, SYNONYMS, wordsOf } from './label-words'
import { labelsOfPhrase } from './phrase-labels'
import { WORDNET_KINDS, WORDNET_OTHERS, WORDNET_SYNONYMS } from './wordnet-words'

const synonyms = Object.entries(WORDNET_SYNONYMS).flatMap(([label, list]) => wordsOf(list).map((word) => ({ label, word })))
const kinds = Object.keys(WORDNET_KINDS)
const others = wordsOf(WORDNET_OTHERS)
const byHand = new Set([...COCO_LABELS, ...Object.keys(KINDS), ...Object.values(SYNONYMS).flatMap(wordsOf)])

describe('the table', () => {
  it('is small: it comes with the worker of the selector', () => {
    const text = JSON.stringify([WORDNET_SYNONYMS, WORDNET_KINDS, WORDNET_OTHERS])
    expect(text.length).toBeLessThan(60_000)
    expect(synonyms.length).toBeGreaterThan(2500)
    expect(others.length).toBeGreaterThan(500)
  })

  it('names labels of the detector alone', () => {
    for (const label of Object.keys(WORDNET_SYNONYMS)) expect(COCO_LABELS).toContain(label)
    for (const [kind, list] of Object.entries(WORDNET_KINDS)) {
      const labels = wordsOf(list)
      expect([kind, labels.length > 1]).toEqual([kind, true])
      for (const label of labels) expect(COCO_LABELS).toContain(label)
    }
  })

  it('has every word once, as a question has it', () => {
    const words = [...synonyms.map(({ word }) => word), ...kinds, ...others]
    expect(words.filter((word, place) => words.indexOf(word) !== place)).toEqual([])
    expect(words.filter((word) => !/^[a-z]{2,}(?:-[a-z]+)*(?: [a-z-]{2,}){0,2}$/.test(word))).toEqual([])
  })

  it('repeats and contradicts nothing that was written by hand', () => {
    expect([...synonyms.map(({ word }) => word), ...kinds, ...others].filter((word) => byHand.has(word))).toEqual([])
    expect(wordsOf(OTHERS).filter((word) => others.includes(word))).toEqual([])
  })

  it('takes no word of questions for a thing', () => {
    const words = [...synonyms.map(({ word }) => word), ...kinds]
    expect(words.filter((word) => BREAKS.has(word) || OPENERS.has(word) || NO_THINGS.has(word) || colourOfWord(word) !== null)).toEqual([])
  })

  it('is found again, word by word', () => {
    for (const { label, word } of synonyms) expect([word, labelsOfPhrase(word)]).toEqual([word, { labels: [label], word, by: 'wordnet' }])
    for (const word of kinds) expect(labelsOfPhrase(`the ${word}`)).toMatchObject({ word, by: 'wordnet' })
    for (const word of others) expect([word, labelsOfPhrase(word)]).toEqual([word, null])
  })

  it('leaves out what is understood by its end', () => {
    const repeated = synonyms.filter(({ label, word }) => {
      const end = word.includes(' ') ? labelsOfPhrase(word.slice(word.indexOf(' ') + 1)) : null
      return end?.labels.join() === label && end.by !== 'wordnet'
    })
    expect(repeated).toEqual([])
  })
})

describe('what WordNet adds', () => {
  it.each([
    ['beagle', 'dog'],
    ['german shepherds', 'dog'],
    ['tugboat', 'boat'],
    ['ambulance', 'car'],
    ['dining car', 'train'],
    ['flamingo', 'bird'],
    ['penguins', 'bird'],
    ['heifer', 'cow'],
    ['violinist', 'person'],
    ['two referees', 'person'],
    ['fishermen', 'person'],
    ['ski jumper', 'person'],
    ['paperback', 'book'],
    ['urn', 'vase'],
    ['seaplane', 'airplane'],
    ['haversack', 'backpack'],
  ])('“%s” is looked for as %s', (phrase, label) => {
    expect(labelsOfPhrase(phrase)).toMatchObject({ labels: [label], by: 'wordnet' })
  })

  it.each([
    ['mammal', ['cat', 'dog', 'horse', 'sheep', 'cow', 'elephant', 'bear', 'zebra', 'giraffe']],
    ['ungulates', ['horse', 'sheep', 'cow', 'zebra', 'giraffe']],
    ['tableware', ['cup', 'fork', 'spoon', 'bowl']],
  ])('“%s” is one of several', (phrase, labels) => {
    expect(labelsOfPhrase(phrase)?.labels).toEqual(labels)
  })

  // The first sense of each is another one, or it is said of something else in a video.
  it.each([
    ...[
      'bank',
      'crane',
      'seal',
      'palm',
      'model',
      'watch',
      'glasses',
      'plant',
      'jaguar',
      'batter',
      'bat',
      'club',
      'court',
      'star',
      'bench press',
    ],
    ...['whale', 'speaker', 'planter', 'charger', 'hood', 'glove', 'mustang', 'trolley', 'tank', 'cookie', 'lynx', 'submarine', 'desk'],
    ...['object', 'thing', 'instrument', 'device', 'container', 'tool'],
  ])('“%s” is not guessed at', (word) => {
    expect(labelsOfPhrase(word)).toBeNull()
    expect(labelsOfPhrase(`the ${word}s`)).toBeNull()
  })

  it.each([
    'prairie dog',
    'sea horses',
    'koala bear',
    'rocking horse',
    'bus stop',
    'zebra crossings',
    'toilet paper',
    'ski pole',
    'car park',
  ])('“%s” is not what a part of it sounds like', (phrase) => {
    expect(labelsOfPhrase(phrase)).toBeNull()
    expect(labelsOfPhrase(`an old ${phrase} on the left`)).toBeNull()
  })

  it('keeps the meaning of a word behind an adjective', () => {
    for (const [phrase, label] of Object.entries({ 'white horse': 'horse', 'black cat': 'cat', 'wild dog': 'dog', 'dead duck': 'bird' })) {
      expect([phrase, labelsOfPhrase(phrase)?.labels]).toEqual([phrase, [label]])
    }
  })
})
