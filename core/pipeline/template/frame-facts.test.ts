import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameFactsSchema } from '../facts'
import { NOTHING_SEEN } from './caption'
import { describeFrames } from './frame-facts'
import { drive, rawAt, seenAt, VIEW } from './template.fixture'

describe('describeFrames', () => {
  it('tells of a car that drives through', () => {
    const told = describeFrames(drive('car', { x: 60, y: 150 }, 150, 5, 0.5, { colour: 'blue' }), VIEW)
    expect(told.map(({ facts }) => facts.sightings[0]?.motion)).toEqual(Array(5).fill('right'))
    expect(told[0]?.text).toBe('At least one car is seen. A blue car is on the left. The blue car on the left moves to the right.')
    expect(new Set(told.map(({ facts }) => facts.sightings[0]?.track))).toEqual(new Set([0]))
  })

  it('gives a colour to a track only when two sightings name it and none denies it', () => {
    const colours = (list: readonly (string | null)[]) =>
      describeFrames(
        list.map((colour, place) => rawAt(place / 2, [seenAt('car', 200, 150, { colour })])),
        VIEW,
      ).map(({ facts }) => facts.sightings[0]?.colour)
    expect(colours(['red', null, 'red'])).toEqual(['red', 'red', 'red'])
    expect(colours(['red', null, null])).toEqual([null, null, null])
  })

  it('does not speak of painted arrows that are birds on every frame', () => {
    const told = describeFrames(drive('bird', { x: 60, y: 150 }, 0, 9, 0.5, { score: 0.6 }), VIEW)
    expect(new Set(told.map(({ text }) => text))).toEqual(new Set([NOTHING_SEEN]))
    expect(told.every(({ facts }) => facts.sightings[0]?.track === null)).toBe(true)
  })

  it('does not speak of a white car that is a cell phone on every frame', () => {
    const told = describeFrames(drive('cell phone', { x: 60, y: 150 }, 100, 6, 0.5, { score: 0.95 }), VIEW)
    expect(new Set(told.map(({ text }) => text))).toEqual(new Set([NOTHING_SEEN]))
  })

  it('keeps the track of a thing through a frame that names it otherwise, but not that frame', () => {
    const frames = drive('car', { x: 60, y: 150 }, 150, 5).map((frame, place) =>
      place === 2 ? { ...frame, seen: frame.seen.map((one) => ({ ...one, label: 'suitcase', score: 0.5 })) } : frame,
    )
    const told = describeFrames(frames, VIEW)
    expect(told.map(({ facts }) => facts.sightings[0]?.track)).toEqual([0, 0, null, 0, 0])
    expect(told[2]?.text).toBe(NOTHING_SEEN)
  })

  it('does not trust one box around two cars where cars are of one size', () => {
    const double = { rect: { x: 400, y: 20, w: 90, h: 90 } }
    const frames = [0, 1, 2, 3].map((place) =>
      rawAt(place / 2, [
        seenAt('car', 100, 150),
        seenAt('car', 200, 150),
        seenAt('car', 300, 250),
        seenAt('car', 100, 250),
        seenAt('car', 0, 0, double),
      ]),
    )
    const told = describeFrames(frames, VIEW)
    expect(told.every(({ facts }) => facts.sightings.every(({ rect, track }) => (rect.w === 90) === (track === null)))).toBe(true)
  })

  it('names a clear single detection, but not a big one', () => {
    expect(describeFrames([rawAt(0, [seenAt('dog', 100, 150, { score: 0.7 })])], VIEW)[0]?.text).toBe(
      'At least one dog is seen. A dog is on the left.',
    )
    const big = { score: 0.7, rect: { x: 0, y: 0, w: 600, h: 290 } }
    expect(describeFrames([rawAt(0, [seenAt('dog', 0, 0, big)])], VIEW)[0]?.text).toBe(NOTHING_SEEN)
  })

  it('gives facts by their schema for any scene, one a frame in order', () => {
    const one = fc.record({
      label: fc.constantFrom('car', 'person', 'bird', 'skis'),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      x: fc.integer({ min: 0, max: 600 }),
      y: fc.integer({ min: 0, max: 300 }),
      colour: fc.constantFrom(null, 'red', 'black'),
    })
    fc.assert(
      fc.property(fc.array(fc.array(one, { maxLength: 4 }), { maxLength: 6 }), (scene) => {
        const frames = scene.map((things, place) =>
          rawAt(
            place / 2,
            things.map(({ label, x, y, score, colour }) => seenAt(label, x, y, { score, colour })),
          ),
        )
        const told = describeFrames(frames, VIEW)
        expect(told.map(({ facts }) => facts.frameIndex)).toEqual(frames.map(({ frameIndex }) => frameIndex))
        for (const { facts, text } of told) {
          expect(frameFactsSchema.safeParse(facts).success).toBe(true)
          expect(text).not.toContain('skis')
        }
      }),
    )
  })
})
