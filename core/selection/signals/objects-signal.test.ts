import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { objectsSignal, type SeenThing, thingsShown } from './objects-signal'
import type { AskedThing } from './question-things'

type Wanted = Pick<AskedThing, 'phrase' | 'labels' | 'colour'>

const VIEW = { width: 640, height: 360 }
const asked = (label: string, colour: string | null = null): Wanted => ({ phrase: label, labels: [label], colour })
const seen = (label: string, score: number, colour: string | null = null, side = 320): SeenThing => ({
  label,
  score,
  rect: { x: 0, y: 0, w: side, h: side * (180 / 320) },
  colour,
})
const scores = (things: Wanted[], ...frames: SeenThing[][]) => objectsSignal(things, frames, VIEW)

describe('objectsSignal', () => {
  it('is the confidence of a large thing, and less of a small one', () => {
    const [large = 0, small = 0, none] = scores([asked('car')], [seen('car', 0.8)], [seen('car', 0.8, null, 32)], [seen('dog', 0.9)])
    expect(large).toBeCloseTo(0.8, 12)
    // A hundredth of the area that is enough: a tenth of the side.
    expect(small).toBeCloseTo(0.8 * (0.6 + 0.4 * 0.1), 12)
    expect(none).toBe(0)
  })

  it('prefers a frame on which all the things are together', () => {
    const [both = 0, one = 0, twice = 0] = scores(
      [asked('car'), asked('dog')],
      [seen('car', 0.6), seen('dog', 0.6)],
      [seen('car', 0.9)],
      [seen('car', 0.9), seen('car', 0.9)],
    )
    expect(both).toBeCloseTo(0.6, 12)
    expect(one).toBeCloseTo(0.7 * 0.45, 12)
    expect(twice).toBe(one)
  })

  it('asks for the colour: another one is another thing, an unclear one is a weak hint', () => {
    const [red = 0, unclear = 0, blue] = scores(
      [asked('car', 'red')],
      [seen('car', 0.8, 'red')],
      [seen('car', 0.8)],
      [seen('car', 0.8, 'blue')],
    )
    expect(red).toBeCloseTo(0.8, 12)
    expect(unclear).toBeCloseTo(0.2, 12)
    expect(blue).toBe(0)
    expect(scores([asked('car')], [seen('car', 0.8, 'blue')])[0]).toBeCloseTo(0.8, 12)
  })

  it('takes any label of a kind', () => {
    const vehicle: Wanted = { phrase: 'vehicle', labels: ['car', 'bus'], colour: null }
    expect(scores([vehicle], [seen('bus', 0.5)], [seen('car', 0.5)], [seen('cat', 0.5)])).toEqual([0.5, 0.5, 0])
  })

  it('is 0 where nothing is asked for or nothing was seen', () => {
    expect(scores([], [seen('car', 1)], [])).toEqual([0, 0])
    expect(scores([asked('car')], [], [])).toEqual([0, 0])
    expect(scores([asked('car')])).toEqual([])
  })
})

describe('thingsShown', () => {
  it('tells which of the asked things were seen, in the order of the question', () => {
    const things = [asked('dog'), asked('frisbee'), asked('sports ball')]
    expect(thingsShown(things, [seen('frisbee', 0.5), seen('dog', 0.9)])).toEqual([true, true, false])
    expect(thingsShown(things, [])).toEqual([false, false, false])
    expect(thingsShown([], [seen('dog', 0.9)])).toEqual([])
  })

  it('claims nothing of a guess, nor of a thing whose colour is another or not clear', () => {
    expect(thingsShown([asked('dog')], [seen('dog', 0.39)])).toEqual([false])
    expect(thingsShown([asked('dog')], [seen('dog', 0.4)])).toEqual([true])
    const cars = [asked('car', 'red')]
    expect(thingsShown(cars, [seen('car', 0.9, 'blue')])).toEqual([false])
    expect(thingsShown(cars, [seen('car', 0.9, 'blue'), seen('car', 0.9)])).toEqual([null])
    expect(thingsShown(cars, [seen('car', 0.3)])).toEqual([false])
    expect(thingsShown(cars, [seen('car', 0.9), seen('car', 0.5, 'red')])).toEqual([true])
  })

  it('takes any label of a kind, and whatever size', () => {
    const vehicle: Wanted = { phrase: 'vehicle', labels: ['car', 'bus'], colour: null }
    expect(thingsShown([vehicle], [seen('bus', 0.6, null, 8)])).toEqual([true])
  })
})

const colour = fc.constantFrom(null, 'red', 'blue')
const label = fc.constantFrom('car', 'dog', 'person')
const askedArbitrary = fc.record({ phrase: fc.constant('it'), labels: fc.uniqueArray(label, { minLength: 1 }), colour })
const seenArbitrary = fc.record({
  label,
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  rect: fc.record({ x: fc.nat(300), y: fc.nat(200), w: fc.nat(640), h: fc.nat(360) }),
  colour,
})
const frameArbitrary = fc.array(seenArbitrary, { maxLength: 6 })

describe('properties', () => {
  it('lies between 0 and 1, one a frame', () => {
    fc.assert(
      fc.property(fc.array(askedArbitrary, { maxLength: 4 }), fc.array(frameArbitrary, { maxLength: 5 }), (things, frames) => {
        const all = objectsSignal(things, frames, VIEW)
        expect(all).toHaveLength(frames.length)
        expect(all.every((score) => score >= 0 && score <= 1 + 1e-12)).toBe(true)
      }),
    )
  })

  it('does not hang on the order of things and detections', () => {
    fc.assert(
      fc.property(fc.array(askedArbitrary, { maxLength: 4 }), frameArbitrary, (things, frame) => {
        const [score = 0] = objectsSignal(things, [frame], VIEW)
        const [turned = 0] = objectsSignal([...things].reverse(), [[...frame].reverse()], VIEW)
        expect(turned).toBeCloseTo(score, 12)
      }),
    )
  })

  it('does not fall when more is seen', () => {
    fc.assert(
      fc.property(fc.array(askedArbitrary, { minLength: 1, maxLength: 4 }), frameArbitrary, seenArbitrary, (things, frame, more) => {
        const [before = 0, after = 0] = objectsSignal(things, [frame, [...frame, more]], VIEW)
        expect(after).toBeGreaterThanOrEqual(before)
      }),
    )
  })

  it('shows nothing that has no score, and loses nothing when more is seen', () => {
    fc.assert(
      fc.property(fc.array(askedArbitrary, { minLength: 1, maxLength: 4 }), frameArbitrary, seenArbitrary, (things, frame, more) => {
        const [score = 0] = objectsSignal(things, [frame], VIEW)
        const shown = thingsShown(things, frame)
        if (shown.some(Boolean)) expect(score).toBeGreaterThan(0)
        const after = thingsShown(things, [...frame, more])
        const rank = (is: boolean | null | undefined) => (is === null ? 1 : is ? 2 : 0)
        expect(shown.every((is, at) => rank(after[at]) >= rank(is))).toBe(true)
      }),
    )
  })

  it('of one thing rises with its confidence', () => {
    fc.assert(
      fc.property(askedArbitrary, seenArbitrary, fc.double({ min: 0, max: 1, noNaN: true }), (thing, one, factor) => {
        const [weak = 0, strong = 0] = objectsSignal([thing], [[{ ...one, score: one.score * factor }], [one]], VIEW)
        expect(weak).toBeLessThanOrEqual(strong + 1e-12)
      }),
    )
  })
})
