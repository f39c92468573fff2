import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { captionAt, sightingAt } from '../template.fixture'
import { knownCaptions, thingsOf } from '../things'
import { kindQuestions, kindsAnswer, kindsInAnswer } from './kinds'

const at = (label: string, track: number | null, place: string, score = 0.8) => sightingAt(label, 100, 50, { track, place, score })
const ask = (captions: Parameters<typeof knownCaptions>[0]) => {
  const known = knownCaptions(captions)
  return kindQuestions(thingsOf(known), known, 1)
}

describe('kindQuestions', () => {
  it('asks for two kinds at one place, one after the other', () => {
    const [only, ...rest] = ask([captionAt(17.5, [at('car', 1, 'top left')]), captionAt(19, [at('truck', 2, 'top left')])])
    expect(rest).toEqual([])
    expect(only?.pair.answer).toBe('A car first, then a truck.')
    expect(only?.pair.question).toContain('at the top left of the view')
    expect(only?.pair.support.distractors).toEqual(['A truck first, then a car.', 'A car first, then a bus.', 'A bus first, then a truck.'])
    expect(only?.pair.support.objects.map(({ boxes }) => boxes.map(({ frameIndex }) => frameIndex))).toEqual([[175], [190]])
  })

  it('does not ask where the place is not clear, not the same, or shared by something else', () => {
    expect(ask([captionAt(1, [at('car', 1, '')]), captionAt(3, [at('truck', 2, '')])])).toEqual([])
    expect(ask([captionAt(1, [at('car', 1, 'left')]), captionAt(3, [at('truck', 2, 'right')])])).toEqual([])
    expect(ask([captionAt(1, [at('car', 1, 'left'), at('dog', null, 'left', 0.4)]), captionAt(3, [at('truck', 2, 'left')])])).toEqual([])
    expect(ask([captionAt(1, [at('car', 1, 'left'), at('dog', null, '', 0.4)]), captionAt(3, [at('truck', 2, 'left')])])).toEqual([])
    expect(ask([captionAt(1, [at('car', 1, 'left', 0.4)]), captionAt(3, [at('truck', 2, 'left')])])).toEqual([])
    expect(ask([captionAt(1, [at('car', 1, 'left')]), captionAt(3, [at('car', 2, 'left')])])).toEqual([])
  })

  it('takes a third kind that is nowhere in the captions', () => {
    const [only] = ask([captionAt(1, [at('car', 1, 'left'), at('bus', null, 'right', 0.3)]), captionAt(3, [at('truck', 2, 'left')])])
    expect(only?.pair.support.distractors.join(' ')).not.toContain('bus')
    expect(only?.pair.support.distractors.join(' ')).toContain('motorcycle')
  })
})

describe('words of the answer', () => {
  it('are read back, with and without articles', () => {
    const label = fc.constantFrom('car', 'umbrella', 'dining table', 'scissors', 'broccoli', 'airplane')
    fc.assert(
      fc.property(label, label, (a, b) => {
        expect(kindsInAnswer(kindsAnswer(a, b))).toEqual([a, b])
      }),
    )
    expect(kindsAnswer('scissors', 'umbrella')).toBe('Scissors first, then an umbrella.')
    expect(kindsInAnswer('A car.')).toBeNull()
  })
})
