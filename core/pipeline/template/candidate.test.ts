import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { supportSchema } from '../outputs'
import { candidateOf, certaintyOf, chosenBy, taskFor } from './candidate'
import { captionAt, sightingAt } from './template.fixture'
import { knownCaptions } from './things'

const sighting = sightingAt('car', 300, 150, { track: 1, score: 0.75 })
const [at] = knownCaptions([captionAt(3, [sighting])])
const sight = at === undefined ? [] : [{ at, sighting }]

describe('candidateOf', () => {
  it('builds a pair with its whole support', () => {
    const { pair, certainty } = candidateOf(
      {
        kind: 'direction',
        subject: '1',
        certainty: 0.75,
        questions: ['which way does the car move?'],
        answer: 'From left to right.',
        distractors: ['a', 'b', 'c'],
        task: 'traffic_analysis',
        frames: sight.map((one) => one.at),
        objects: [{ phrase: 'car', label: 'car', sights: sight }],
        steps: [{ text: 'the [[0]] is there', frames: sight.map((one) => one.at) }],
      },
      1,
    )
    expect(pair.question).toBe('Which way does the car move?')
    expect(certainty).toBe(0.75)
    expect(supportSchema.parse(pair.support)).toEqual({
      frames: [{ frameIndex: 30, caption: 'Caption of 3.' }],
      objects: [{ phrase: 'car', label: 'car', boxes: [{ frameIndex: 30, rect: sighting.rect, score: 0.75 }] }],
      steps: [{ text: 'The [[0]] is there.', frames: [30] }],
      task: 'traffic_analysis',
      distractors: ['a', 'b', 'c'],
    })
  })
})

describe('chosenBy', () => {
  it('is the same for the same seed and subject, and one of the texts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.string(),
        fc.array(fc.string(), { minLength: 1 }),
        (seed, subject, texts) => {
          const [first = '', ...rest] = texts
          const chosen = chosenBy(seed, subject, [first, ...rest])
          expect(texts).toContain(chosen)
          expect(chosenBy(seed, subject, [first, ...rest])).toBe(chosen)
        },
      ),
    )
  })

  it('uses all of them over many subjects', () => {
    const chosen = new Set(Array.from({ length: 60 }, (_, place) => chosenBy(7, `subject ${place}`, ['a', 'b', 'c'])))
    expect(chosen.size).toBe(3)
  })
})

describe('taskFor', () => {
  it('is traffic where all are vehicles', () => {
    expect(taskFor(['car', 'truck'], 'event_process')).toBe('traffic_analysis')
    expect(taskFor(['car', 'dog'], 'event_process')).toBe('event_process')
    expect(taskFor([], 'event_process')).toBe('event_process')
  })
})

describe('certaintyOf', () => {
  it('is the mean score', () => {
    expect(certaintyOf([])).toBe(0)
    expect(certaintyOf(sight)).toBe(0.75)
  })
})
