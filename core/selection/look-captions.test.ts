import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOTHING_SEEN } from '../pipeline/template/caption'
import type { Look } from './look'
import { captionsOfLooks } from './look-captions'
import { frameAtSecond } from './material.fixture'
import type { SeenThing } from './signals/objects-signal'

const VIEW = { width: 1000, height: 500 }
const lookOf = (...seen: SeenThing[]): Look => ({ seen, feature: new Float32Array(1) })
const car = (score: number, x = 100): SeenThing => ({ label: 'car', score, rect: { x, y: 200, w: 150, h: 100 }, colour: 'red' })
const person = (score: number): SeenThing => ({ label: 'person', score, rect: { x: 200, y: 10, w: 500, h: 480 }, colour: null })
const textsOf = (looks: readonly Look[], seconds?: readonly number[]) =>
  captionsOfLooks(
    looks.map((_, at) => frameAtSecond(at, seconds?.[at] ?? at)),
    looks,
    VIEW,
  ).map(({ text }) => text)

describe('captionsOfLooks', () => {
  it('says what is clear on a single frame', () => {
    expect(textsOf([lookOf(car(0.8)), lookOf(), lookOf(car(0.4))])).toEqual([
      expect.stringMatching(/^At least one car is seen\..*red car is on the left/),
      NOTHING_SEEN,
      NOTHING_SEEN,
    ])
  })

  it('follows what stays in place from frame to frame, so that it need not be clear each time', () => {
    const looks = [0.55, 0.5, 0.55].map((score) => lookOf(car(score)))
    expect(textsOf(looks)).toEqual(new Array(3).fill(expect.stringContaining('car is seen')))
    // Too far apart to be followed.
    expect(textsOf(looks, [0, 2, 4])).toEqual(new Array(3).fill(NOTHING_SEEN))
  })

  it('believes a thing that fills the picture only with a good score', () => {
    expect(textsOf([0.9, 0.9, 0.9].map((score) => lookOf(person(score))))[0]).toContain('person is seen')
    expect(textsOf([0.5, 0.55, 0.55].map((score) => lookOf(person(score))))).toEqual(new Array(3).fill(NOTHING_SEEN))
  })

  it('does not speak of what the detector names when it does not know', () => {
    const phone = { ...car(0.9), label: 'cell phone' }
    expect(textsOf([lookOf(phone), lookOf(phone), lookOf(phone)])).toEqual(new Array(3).fill(NOTHING_SEEN))
  })

  it('gives one caption a frame, the same again for the same', () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true })
    const look = fc
      .array(fc.tuple(score, fc.integer({ min: 0, max: 840 })), { maxLength: 4 })
      .map((cars) => lookOf(...cars.map(([s, x]) => car(s, x))))
    fc.assert(
      fc.property(fc.array(look, { maxLength: 8 }), (looks) => {
        const texts = textsOf(looks)
        expect(texts).toHaveLength(looks.length)
        expect(texts.every((text) => text.endsWith('.'))).toBe(true)
        expect(textsOf(looks)).toEqual(texts)
      }),
    )
  })
})
