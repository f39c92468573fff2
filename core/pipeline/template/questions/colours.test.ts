import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isHue } from '../colour'
import { captionAt, sightingAt } from '../template.fixture'
import { knownCaptions, thingsOf } from '../things'
import { colourQuestions, coloursAnswer, coloursInAnswer } from './colours'

const car = (track: number, colour: string | null, score = 0.8) => sightingAt('car', 100 * track, 150, { track, colour, score })
const ask = (captions: Parameters<typeof knownCaptions>[0]) => {
  const known = knownCaptions(captions)
  return colourQuestions(thingsOf(known), known, 1, (colour) => colour !== null && isHue(colour))
}

describe('colourQuestions', () => {
  it('asks for two colours in the order of time, on the frames that show them best', () => {
    const [only, ...rest] = ask([captionAt(0, [car(1, 'blue', 0.6)]), captionAt(1, [car(1, 'blue', 0.9)]), captionAt(5, [car(2, 'red')])])
    expect(rest).toEqual([])
    expect(only?.pair.answer).toBe('First blue, then red.')
    expect(only?.pair.support.frames.map(({ frameIndex }) => frameIndex)).toEqual([10, 50])
    expect(only?.pair.support.objects.map(({ phrase }) => phrase)).toEqual(['blue car', 'red car'])
    expect(only?.pair.support.distractors).toEqual(['First red, then blue.', 'First yellow, then red.', 'First blue, then yellow.'])
    expect(only?.pair.question).not.toMatch(/blue|red/)
  })

  it('does not ask where the colours are the same, neutral, or of one moment', () => {
    expect(ask([captionAt(0, [car(1, 'blue')]), captionAt(5, [car(2, 'blue')])])).toEqual([])
    expect(ask([captionAt(0, [car(1, 'black')]), captionAt(5, [car(2, 'red')])])).toEqual([])
    expect(ask([captionAt(0, [car(1, 'blue')]), captionAt(0.1, [car(2, 'red')])])).toEqual([])
  })

  it('does not ask where a second bright one is on the frame, or of people', () => {
    expect(
      ask([captionAt(0, [car(1, 'blue'), sightingAt('car', 500, 50, { colour: 'green', score: 0.3 })]), captionAt(5, [car(2, 'red')])]),
    ).toEqual([])
    const people = [captionAt(0, [{ ...car(1, 'blue'), label: 'person' }]), captionAt(5, [{ ...car(2, 'red'), label: 'person' }])]
    expect(ask(people)).toEqual([])
  })

  it('never gives the right colours as a wrong answer, nor a colour that is in view', () => {
    const hue = fc.constantFrom('red', 'blue', 'green', 'yellow')
    fc.assert(
      fc.property(hue, hue, hue, (a, b, c) => {
        const found = ask([captionAt(0, [car(1, a)]), captionAt(3, [car(2, b)]), captionAt(6, [car(3, c)])])
        for (const { pair } of found) {
          const right = coloursInAnswer(pair.answer)
          expect(pair.support.distractors).not.toContain(pair.answer)
          expect(new Set(pair.support.distractors).size).toBe(3)
          expect(right?.[0]).not.toBe(right?.[1])
        }
      }),
    )
  })
})

describe('words of the answer', () => {
  it('are read back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,9}$/), fc.stringMatching(/^[a-z]{1,9}$/), (a, b) => {
        expect(coloursInAnswer(coloursAnswer(a, b))).toEqual([a, b])
      }),
    )
    expect(coloursInAnswer('First blue.')).toBeNull()
  })
})
