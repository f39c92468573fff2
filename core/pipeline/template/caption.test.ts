import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sighting } from '../facts'
import { captionOf, motionWords, NOTHING_SEEN, nounOf } from './caption'
import { sightingAt } from './template.fixture'

const spoken = (sighting: Sighting, heightShare = 0.1) => ({ sighting, heightShare })

describe('captionOf', () => {
  it('says when nothing was seen', () => {
    expect(captionOf([])).toBe(NOTHING_SEEN)
  })

  it('gives counts as lower bounds, with plurals', () => {
    const people = [1, 2, 3].map((x) => spoken(sightingAt('person', x, 1)))
    expect(captionOf(people)).toBe('At least three people are seen.')
    expect(captionOf([spoken(sightingAt('bus', 1, 1)), spoken(sightingAt('car', 1, 1))])).toBe(
      'At least one bus is seen. At least one car is seen.',
    )
  })

  it('says place, colour, motion and great height, one fact a sentence', () => {
    const car = sightingAt('car', 1, 1, { colour: 'orange', place: 'top left', motion: 'right' })
    expect(captionOf([spoken(car, 0.7)])).toBe(
      'At least one car is seen. An orange car is at the top left. The orange car at the top left moves to the right. ' +
        'The orange car takes up about seven tenths of the height of the view.',
    )
  })

  it('uses a plural verb for things that have no singular', () => {
    expect(captionOf([spoken(sightingAt('scissors', 1, 1, { place: 'left', motion: 'up' }))])).toBe(
      'Scissors are seen. Scissors are on the left. The scissors on the left move upwards.',
    )
  })

  it('says nothing of a place between two columns', () => {
    expect(captionOf([spoken(sightingAt('car', 1, 1, { motion: 'away from the camera' }))])).toBe(
      'At least one car is seen. The car moves away from the camera.',
    )
  })

  it('is made of sentences, each once, whatever was seen', () => {
    const sighting = fc.record({
      label: fc.constantFrom('car', 'person', 'bus', 'dining table'),
      colour: fc.constantFrom(null, 'red', 'orange'),
      place: fc.constantFrom('', 'left', 'top centre'),
      motion: fc.constantFrom(null, 'left', 'towards the camera'),
      heightShare: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(sighting, { minLength: 1, maxLength: 9 }), (list) => {
        const text = captionOf(list.map(({ heightShare, label, ...more }) => spoken(sightingAt(label, 1, 1, more), heightShare)))
        const sentences = text.split('. ')
        expect(new Set(sentences).size).toBe(sentences.length)
        expect(text).toMatch(/^([A-Z][a-z0-9 ]+\. )*[A-Z][a-z0-9 ]+\.$/)
        expect(text).not.toMatch(/ {2}|persons|buss\b| a orange/)
      }),
    )
  })
})

describe('words', () => {
  it('of nouns and motion', () => {
    expect(nounOf(sightingAt('car', 1, 1))).toBe('car')
    expect(nounOf(sightingAt('car', 1, 1, { colour: 'red' }))).toBe('red car')
    expect(['left', 'down', 'towards the camera'].map(motionWords)).toEqual(['to the left', 'downwards', 'towards the camera'])
  })
})
