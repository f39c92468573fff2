import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { angle } from '../selection.fixture'
import { type FactVector, textSignal } from './text-signal'

const fact = (text: string, degrees: number): FactVector => ({ text, vector: angle(degrees) })
const QUERY = angle(0)
const cos = (degrees: number) => Math.cos((degrees * Math.PI) / 180)

describe('textSignal', () => {
  it('takes the best fact of a frame, not their mean', () => {
    const [one = 0, several = 0] = textSignal('why?', QUERY, [[fact('a', 40)], [fact('b', 170), fact('a', 40), fact('c', 90)]])
    expect(one).toBeCloseTo(cos(40), 12)
    expect(several).toBeCloseTo(one, 12)
  })

  it('adds what numbers, directions and colours say', () => {
    const frames = [
      [fact('the blue car moves to the left', 60)],
      [fact('the blue car moves', 60)],
      [fact('the red car moves to the right', 60)],
    ]
    const gain = textSignal('Does the blue car turn left?', QUERY, frames).map((score) => score - cos(60))
    expect(gain[0]).toBeCloseTo(0.2, 12)
    expect(gain[1]).toBeCloseTo(0.1, 12)
    expect(gain[2]).toBeCloseTo(0, 12)
    const [two = 0, three = 0] = textSignal('Are there two people?', QUERY, [
      [fact('at least two people', 50)],
      [fact('at least three people', 50)],
    ])
    expect(two - three).toBeCloseTo(0.2, 12)
  })

  it('knows a colour by its other spelling', () => {
    const [grey = 0, black = 0] = textSignal('the gray car', QUERY, [[fact('a grey car', 50)], [fact('a black car', 50)]])
    expect(grey).toBeGreaterThan(black)
  })

  it('does not look for the order of time on a single frame', () => {
    const [first = 0, second = 0] = textSignal('Which is first, before the last?', QUERY, [
      [fact('the first and the last', 30)],
      [fact('a car', 30)],
    ])
    expect(first).toBeCloseTo(second, 12)
  })

  it('counts a frame of which nothing is known as the least relevant of the others', () => {
    expect(textSignal('why?', QUERY, [[fact('a', 90)], [], [fact('b', 120)]])[1]).toBeCloseTo(cos(120), 12)
    expect(textSignal('why?', QUERY, [[], []])).toEqual([0, 0])
    expect(textSignal('why?', QUERY, [])).toEqual([])
  })
})

const texts = fc.constantFrom('a red car on the left', 'two dogs', 'the person moves away', 'nothing', 'three blue boats')
const factArbitrary = fc.tuple(texts, fc.nat(359)).map(([text, degrees]) => fact(text, degrees))
const framesArbitrary = fc.array(fc.array(factArbitrary, { maxLength: 4 }), { minLength: 1, maxLength: 6 })
const questions = fc.constantFrom('Is the red car left?', 'How many dogs?', 'Why?', 'Does the person walk away from two boats?')

describe('properties', () => {
  it('lies between −1 and 1.2 and goes with its frame, whatever the order of frames and facts', () => {
    fc.assert(
      fc.property(questions, framesArbitrary, (question, frames) => {
        const scores = textSignal(question, QUERY, frames)
        expect(scores.every((score) => score >= -1 - 1e-9 && score <= 1.2 + 1e-9)).toBe(true)
        const turned = textSignal(
          question,
          QUERY,
          [...frames].reverse().map((facts) => [...facts].reverse()),
        )
        expect(turned.reverse()).toEqual(scores)
      }),
    )
  })

  it('does not fall when a caption says more', () => {
    fc.assert(
      fc.property(questions, fc.array(factArbitrary, { minLength: 1 }), factArbitrary, (question, facts, more) => {
        const [before = 0, after = 0] = textSignal(question, QUERY, [facts, [...facts, more]])
        expect(after).toBeGreaterThanOrEqual(before)
      }),
    )
  })

  it('is the plain cosine where the question names no symbol', () => {
    fc.assert(
      fc.property(factArbitrary, (one) => {
        const cosine = one.vector[0] ?? 0
        expect(textSignal('Why?', QUERY, [[one]])[0]).toBeCloseTo(cosine, 12)
      }),
    )
  })
})
