import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { samePhraseKey } from '../words'
import { DISTRACTOR_COUNT, makeOptions, openEnded, optionSeed } from './options'
import { writeOptionsOutputSchema } from './outputs'

const wrongOf = (made: ReturnType<typeof makeOptions>) => made?.options.filter((_, at) => at !== made.correctIndex)

describe('makeOptions', () => {
  it('holds the answer once, at the place it names, and three wrong ones', () => {
    const made = makeOptions('a red bus', ['a blue car', 'two dogs', 'a tram'], 7)
    expect(made?.options).toHaveLength(4)
    expect(made?.options[made.correctIndex ?? -1]).toBe('a red bus')
    expect([...(wrongOf(made) ?? [])].sort()).toEqual(['a blue car', 'a tram', 'two dogs'])
    expect(made).toMatchObject({ seed: 7, lengthGap: -1 })
  })

  it('takes out labels, the answer itself, repetitions and empty ones', () => {
    const made = makeOptions('A red bus', ['(A): two dogs', '(B): A red bus.', '(C): Two  dogs!', '(D): ', '(E): a tram', '(F): a cat'], 1)
    expect([...(wrongOf(made) ?? [])].sort()).toEqual(['a cat', 'a tram', 'two dogs'])
  })

  it('leaves a letter that is no label', () => {
    expect(wrongOf(makeOptions('x', ['A. Turing', 'plan B', 'C'], 1))?.sort()).toEqual(['A. Turing', 'C', 'plan B'])
  })

  it('is null when fewer than three wrong ones are left', () => {
    expect(makeOptions('a', ['b', 'c'], 1)).toBeNull()
    expect(makeOptions('a', ['b', 'B!', 'c', 'A', ' '], 1)).toBeNull()
    expect(makeOptions('a', [], 1)).toBeNull()
  })

  it('chooses those whose longest is nearest to the answer in length', () => {
    const made = makeOptions('12345678', ['1', '123456789', 'abc', '1234567890123456', 'abcdefgh'], 1)
    // The eight-letter one makes the gap 0; of the shorter ones the nearest two are taken.
    expect([...(wrongOf(made) ?? [])].sort()).toEqual(['1', 'abc', 'abcdefgh'])
    expect(made?.lengthGap).toBe(0)
  })

  it('looks at no more than the first dozen', () => {
    const many = Array.from({ length: 3000 }, (_, at) => `wrong ${at}`)
    expect(makeOptions('right', many, 1)?.options).toHaveLength(4)
  })
})

describe('laws', () => {
  const words = fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8})?$/)

  it('options are distinct, the output parses, and the same seed gives the same order', () => {
    fc.assert(
      fc.property(words, fc.array(words, { maxLength: 9 }), fc.nat(), (answer, distractors, seed) => {
        const made = makeOptions(answer, distractors, seed)
        const distinct = new Set(distractors.map(samePhraseKey).filter((key) => key !== samePhraseKey(answer)))
        expect(made === null).toBe(distinct.size < DISTRACTOR_COUNT)
        expect(makeOptions(answer, distractors, seed)).toEqual(made)
        if (made === null) return
        expect(writeOptionsOutputSchema.parse(made)).toEqual(made)
        expect(new Set(made.options.map(samePhraseKey)).size).toBe(4)
        expect(made.options[made.correctIndex ?? -1]).toBe(answer)
        for (const option of wrongOf(made) ?? []) expect(distractors).toContain(option)
      }),
    )
  })

  it('no letter is favoured over many pairs', () => {
    const counts = [0, 0, 0, 0]
    for (let pair = 0; pair < 4000; pair += 1) {
      const at = makeOptions('a', ['b', 'c', 'd'], optionSeed(1, `pair ${pair}`))?.correctIndex ?? 0
      counts[at] = (counts[at] ?? 0) + 1
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })

  it('a seed belongs to the project’s seed and to the pair', () => {
    expect(optionSeed(1, 'x')).toBe(optionSeed(1, 'x'))
    expect(optionSeed(2, 'x')).not.toBe(optionSeed(1, 'x'))
    expect(optionSeed(1, 'y')).not.toBe(optionSeed(1, 'x'))
  })
})

describe('openEnded', () => {
  it('has no options and still records its seed', () => {
    expect(writeOptionsOutputSchema.parse(openEnded(3))).toEqual({ options: [], correctIndex: null, seed: 3, lengthGap: null })
  })
})
