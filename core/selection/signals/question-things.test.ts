import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COCO_LABELS } from '../../models/coco-labels'
import { questionThings } from './question-things'

const phrases = (question: string) => questionThings(question).known.map(({ phrase }) => phrase)
const unknown = (question: string) => questionThings(question).unknown

describe('things that are known', () => {
  it.each([
    ['Is the red car or the blue car first?', ['red car', 'blue car']],
    ['When does the person move away from the camera?', ['person']],
    ['How many people walk past the parked bus?', ['people', 'parked bus']],
    ['What does the woman in the red coat hold?', ['woman']],
    ['Does the dog catch the frisbee?', ['dog', 'frisbee']],
    ['Do cars overtake trucks?', ['cars', 'trucks']],
    ['Which car hits truck?', ['car', 'truck']],
    ['Does the orange car turn at the stop sign?', ['orange car', 'stop sign']],
    ['Is the hot dog next to the wine glass?', ['hot dog', 'wine glass']],
    ["What is on the man's table?", ['man', 'table']],
    ['WHERE IS THE OLD REMOTE CONTROL', ['old remote control']],
    ['red car, blue car: which is faster?', ['red car', 'blue car']],
    ['Who leaves?', []],
  ])('%s', (question, wanted) => {
    expect(phrases(question)).toEqual(wanted)
  })

  it('knows the labels and colours', () => {
    expect(questionThings('Is the gray van behind the violet suitcase?').known).toEqual([
      { phrase: 'gray van', labels: ['car', 'truck', 'bus'], colour: 'grey', by: 'kind', cosine: null },
      { phrase: 'violet suitcase', labels: ['suitcase'], colour: 'purple', by: 'label', cosine: null },
    ])
    expect(questionThings('Is the large orange eaten?').known).toMatchObject([{ phrase: 'large orange', labels: ['orange'], colour: null }])
  })

  it.each([
    ['Where is the man in red?', 'red'],
    ['Where is the man in a blue shirt?', 'blue'],
    ['Where is the woman wearing the green dress?', 'green'],
    ['Where is the man in the kitchen?', null],
    ['Where is the man with the dog?', null],
    ['Where is the man?', null],
  ])('takes the colour of clothes for a person: %s', (question, colour) => {
    expect(questionThings(question).known[0]).toMatchObject({ labels: ['person'], colour })
  })

  it('names equal things once, and things of two colours twice', () => {
    expect(phrases('Does the car follow the other car or an automobile?')).toEqual(['car'])
    expect(phrases('Does the red car follow the blue car?')).toHaveLength(2)
  })

  it('takes the latter of two names side by side, but no two that a plural parts', () => {
    expect(phrases('Where is the dog bed?')).toEqual(['dog bed'])
    expect(phrases('Are dogs cats?')).toEqual(['dogs', 'cats'])
  })
})

describe('things that are not known', () => {
  it.each([
    ['Does the lighthouse blink before the car stops?', ['lighthouse']],
    ['How many red lanterns hang above the table?', ['red lanterns hang']],
    ['What colour is the screwdriver?', ['screwdriver']],
    ['What happens at the end of the video?', []],
    ['Which side of the frame is the car on?', []],
    ['Is the first one red?', []],
    ['Is it the red one?', []],
    ['Why?', []],
    ['', []],
  ])('%s', (question, wanted) => {
    expect(unknown(question)).toEqual(wanted)
  })

  it('names each once', () => {
    expect(unknown('Is the lamp left of the lamp?')).toEqual(['lamp'])
  })
})

describe('words of WordNet', () => {
  it.each([
    ['What does the beagle chase?', 'beagle', ['dog'], 'wordnet'],
    ['Which mammal is white?', 'mammal', ['cat', 'dog', 'horse', 'sheep', 'cow', 'elephant', 'bear', 'zebra', 'giraffe'], 'wordnet'],
    ['Does the sedan turn?', 'sedan', ['car'], 'synonym'],
    ['Does the vehicle turn?', 'vehicle', ['car', 'truck', 'bus', 'motorcycle', 'bicycle', 'train', 'boat', 'airplane'], 'kind'],
    ['Does the dog turn?', 'dog', ['dog'], 'label'],
  ] as const)('%s', (question, phrase, labels, by) => {
    expect(questionThings(question).known).toMatchObject([{ phrase, labels, by, cosine: null }])
  })
})

describe('names that sound like a thing and are another', () => {
  it.each([
    ['Where is the zebra crossing?', ['zebra crossing'], []],
    ['Who stands beside the hot dog stand?', ['hot dog stand'], []],
    ['Is the mouse pad black?', ['mouse pad'], []],
    ['Does the prairie dog hide?', ['prairie dog'], []],
    ['Who waits at the red bus stop?', ['bus stop'], []],
    ['Who plays table tennis beside the table?', ['table tennis'], ['table']],
    ['Where is the bus stop: near the zebra crossing, the bus stop or the bus?', ['bus stop', 'zebra crossing'], ['bus']],
  ])('%s', (question, others, known) => {
    expect(questionThings(question)).toMatchObject({ others, unknown: [] })
    expect(phrases(question)).toEqual(known)
  })

  it.each([
    ['Is the zebra crossing the road?', ['zebra']],
    ['Is the airplane landing?', ['airplane']],
    ['When does the bus stop?', ['bus']],
    ['What happens when the red bus stops?', ['red bus']],
    ['Can the bus stop?', ['bus']],
  ])('%s tells what a thing does', (question, known) => {
    expect(phrases(question)).toEqual(known)
    expect(questionThings(question).others).toEqual([])
  })

  it.each([
    ['Does the orange car pass the remote village?', ['orange car'], ['remote village']],
    ['Where is the orange lamp?', [], ['orange lamp']],
    ['Is the remote on the table?', ['remote', 'table'], []],
    ['Is the remote broken?', ['remote'], []],
    ['Where is the remote control?', ['remote control'], []],
  ])('a word that describes is none: %s', (question, known, missing) => {
    expect(phrases(question)).toEqual(known)
    expect(unknown(question)).toEqual(missing)
  })
})

describe('what the sentence encoder found', () => {
  const similar = new Map([
    ['fluffy doggo', { label: 'dog', cosine: 0.86 }],
    ['white doggo', { label: 'dog', cosine: 0.85 }],
    ['puppers', { label: 'dog', cosine: 0.8 }],
  ])

  it('comes behind what the tables know, with its cosine, and is no longer unknown', () => {
    const { known, unknown: left } = questionThings('Does the fluffy doggo see the bus or the ufo?', similar)
    expect(known).toEqual([
      { phrase: 'bus', labels: ['bus'], colour: null, by: 'label', cosine: null },
      { phrase: 'fluffy doggo', labels: ['dog'], colour: null, by: 'similar', cosine: 0.86 },
    ])
    expect(left).toEqual(['ufo'])
  })

  it('has the colour that the question names', () => {
    expect(questionThings('Where is the white doggo?', similar).known).toMatchObject([{ labels: ['dog'], colour: 'white' }])
  })

  it('adds nothing to a thing that is asked for already', () => {
    const { known, unknown: left } = questionThings('Are the puppers with the dog?', similar)
    expect(known).toMatchObject([{ phrase: 'dog', by: 'label' }])
    expect(left).toEqual([])
  })

  it('is not asked about names that are known to be others', () => {
    const found = new Map([['prairie dog', { label: 'dog', cosine: 0.99 }]])
    expect(questionThings('Where is the prairie dog?', found)).toEqual({ known: [], unknown: [], others: ['prairie dog'] })
  })
})

describe('properties', () => {
  const word = fc.constantFrom(
    'the',
    'a',
    'red',
    'car',
    'cars',
    'dog',
    'in',
    'moves',
    'lamp',
    'stop',
    'sign',
    'orange',
    ',',
    '?',
    'two',
    'camera',
  )
  const question = fc.oneof(
    fc.string({ maxLength: 80, unit: 'grapheme' }),
    fc.array(word, { maxLength: 14 }).map((words) => words.join(' ')),
  )

  it('gives labels that the detector has, each thing once, and phrases that stand in the question', () => {
    fc.assert(
      fc.property(question, (text) => {
        const { known, unknown: missing } = questionThings(text)
        const keys = known.map(({ labels, colour }) => JSON.stringify([labels, colour]))
        expect(new Set(keys).size).toBe(keys.length)
        expect(known.flatMap(({ labels }) => labels).every((label) => COCO_LABELS.includes(label))).toBe(true)
        expect([...known.map(({ phrase }) => phrase), ...missing].every((phrase) => phrase.trim() !== '')).toBe(true)
        expect(new Set(missing).size).toBe(missing.length)
      }),
    )
  })

  it('does not look at case, nor at spaces and marks around', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (words) => {
        const text = words.join(' ')
        expect(questionThings(`  ${text.toUpperCase().replaceAll(' ', '   ')} ?! `)).toEqual(questionThings(text))
      }),
    )
  })

  it('finds every label by its own name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...COCO_LABELS), (label) => {
        expect(questionThings(`Where is the ${label}?`).known).toMatchObject([{ labels: [label], colour: null }])
      }),
      { numRuns: 200 },
    )
  })

  it('does not slow down on long questions', () => {
    expect(questionThings('the red car and a lamp '.repeat(500)).known).toHaveLength(1)
    expect(questionThings('a'.repeat(20_000)).known).toEqual([])
  })
})
