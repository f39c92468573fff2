import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isKept } from './judge-rule'

const judged = (letters: string) => [...letters].map((letter) => ({ verdict: letter === 'k' ? ('keep' as const) : ('reject' as const) }))

describe('isKept', () => {
  it.each([
    ['kk', true, true, true],
    ['kr', false, false, true],
    ['rr', false, false, false],
    ['kkr', false, true, true],
    ['krr', false, false, true],
    ['kkrr', false, false, true],
    ['k', true, true, true],
    ['', false, false, false],
  ])('of %s', (letters, all, majority, any) => {
    expect([isKept('all', judged(letters)), isKept('majority', judged(letters)), isKept('any', judged(letters))]).toEqual([
      all,
      majority,
      any,
    ])
  })

  it('a stricter rule never keeps what a laxer one rejects, and the order of judges does not matter', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('k', 'r'), { maxLength: 7 }), (letters) => {
        const judgements = judged(letters.join(''))
        if (isKept('all', judgements)) expect(isKept('majority', judgements)).toBe(true)
        if (isKept('majority', judgements)) expect(isKept('any', judgements)).toBe(true)
        for (const rule of ['all', 'majority', 'any'] as const) {
          expect(isKept(rule, [...judgements].reverse())).toBe(isKept(rule, judgements))
        }
      }),
    )
  })
})
