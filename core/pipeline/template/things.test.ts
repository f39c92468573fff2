import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { captionAt, sightingAt } from './template.fixture'
import { between, knownCaptions, thingsOf } from './things'

const times = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 8 })

describe('knownCaptions', () => {
  it('leaves out captions of which nothing but words is known, and orders by time', () => {
    const captions = [captionAt(2, []), { ...captionAt(1, []), facts: null }, captionAt(0, [])]
    expect(knownCaptions(captions).map(({ facts }) => facts.timeSec)).toEqual([0, 2])
  })

  it('does not mind the order they come in', () => {
    fc.assert(
      fc.property(times, (list) => {
        const captions = list.map((time) => captionAt(time, []))
        expect(knownCaptions([...captions].reverse())).toEqual(knownCaptions(captions))
      }),
    )
  })
})

describe('thingsOf', () => {
  it('gathers the sightings of each track, in the order of their first one', () => {
    const known = knownCaptions([
      captionAt(0, [sightingAt('car', 1, 1, { track: 5, colour: 'blue' }), sightingAt('dog', 1, 1)]),
      captionAt(1, [sightingAt('person', 1, 1, { track: 2, colour: 'black' }), sightingAt('car', 9, 1, { track: 5, colour: 'blue' })]),
    ])
    const things = thingsOf(known)
    expect(things.map(({ track, label, hue, sights }) => [track, label, hue, sights.length])).toEqual([
      [5, 'car', 'blue', 2],
      [2, 'person', null, 1],
    ])
  })

  it('loses no tracked sighting', () => {
    const scene = fc.array(fc.array(fc.option(fc.integer({ min: 0, max: 3 })), { maxLength: 4 }), { maxLength: 6 })
    fc.assert(
      fc.property(scene, (list) => {
        const known = knownCaptions(
          list.map((tracks, time) =>
            captionAt(
              time,
              tracks.map((track) => sightingAt('car', 1, 1, { track })),
            ),
          ),
        )
        const kept = thingsOf(known).reduce((sum, { sights }) => sum + sights.length, 0)
        expect(kept).toBe(list.flat().filter((track) => track !== null).length)
      }),
    )
  })
})

describe('between', () => {
  it('takes both ends', () => {
    const known = knownCaptions([0, 1, 2, 3].map((time) => captionAt(time, [])))
    expect(between(known, 1, 2).map(({ facts }) => facts.timeSec)).toEqual([1, 2])
    expect(between(known, 5, 9)).toEqual([])
  })
})
