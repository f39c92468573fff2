import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxAt, captionAt, sightingAt } from '../template.fixture'
import { knownCaptions, thingsOf } from '../things'
import { distanceInAnswer, distanceOf, distanceQuestions } from './distance'

const person = (sizes: readonly number[], motion: string | null = 'towards the camera') =>
  sizes.map((size, time) => captionAt(time, [sightingAt('person', 300, 150, { track: 1, motion, rect: boxAt(300, 150, size, size) })]))
const ask = (captions: Parameters<typeof knownCaptions>[0]) => {
  const known = knownCaptions(captions)
  return distanceQuestions(thingsOf(known), known, 1)
}

describe('distanceQuestions', () => {
  it('asks what a person does who comes closer', () => {
    const [only] = ask(person([60, 80, 100, 120]))
    expect(only?.pair.answer).toBe('Closer to the camera.')
    expect(only?.pair.support.frames.map(({ frameIndex }) => frameIndex)).toEqual([0, 30])
    expect(only?.pair.support.distractors).toContain('Away from the camera.')
    expect(only?.pair.support.steps.map(({ text }) => text)).toEqual([
      'At the very beginning, the [[0]] looks small.',
      'At about 3 seconds, the [[0]] looks much larger.',
    ])
  })

  it('asks of one who goes away', () => {
    expect(ask(person([120, 80, 60], 'away from the camera'))[0]?.pair.answer).toBe('Away from the camera.')
  })

  it('does not ask without a certain motion, after a turn, or of a small change', () => {
    expect(ask(person([60, 80, 120], null))).toEqual([])
    expect(ask(person([60, 120, 62]))[0]?.pair.support.frames.map(({ frameIndex }) => frameIndex)).toEqual([0, 10])
    expect(ask(person([60, 62, 70]))).toEqual([])
    expect(ask([])).toEqual([])
  })

  it('always answers by the sizes of the boxes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 20, max: 200 }), { minLength: 2, maxLength: 6 }), (sizes) => {
        for (const { pair } of ask(person(sizes))) {
          const [from, to] = pair.support.objects[0]?.boxes ?? []
          expect((to?.rect.w ?? 0) > (from?.rect.w ?? 0)).toBe(distanceInAnswer(pair.answer) === 'towards the camera')
        }
      }),
    )
  })
})

describe('distanceOf', () => {
  it('is null for about one size and for an empty box', () => {
    const [at] = knownCaptions([captionAt(0, [])])
    if (at === undefined) throw new Error('no caption')
    const of = (size: number) => ({ at, sighting: sightingAt('person', 1, 1, { rect: boxAt(300, 150, size, size) }) })
    expect(distanceOf(of(50), of(55))).toBeNull()
    expect(distanceOf(of(0), of(55))).toBeNull()
    expect(distanceOf(of(50), of(90))).toBe('towards the camera')
    expect(distanceOf(of(90), of(50))).toBe('away from the camera')
    expect(distanceInAnswer('It dances.')).toBeNull()
  })
})
