import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diversityOptions } from './diversity'
import { select } from './select'
import { checkOptions, OPTIONS_OF, SELECTION_METHODS } from './selection-options'

const WITHOUT = ['uniform', 'topk', 'focus'] as const

describe('diversityOptions', () => {
  it.each(SELECTION_METHODS.filter((method) => !WITHOUT.some((other) => other === method)))(
    'gives the defaults of %s in the middle',
    (method) => {
      const options = diversityOptions(method, 0.5)
      expect(options).not.toBeNull()
      const [dialled, usual] = [checkOptions(method, { k: 3, ...options }), checkOptions(method, { k: 3 })]
      for (const [name, value] of Object.entries(usual)) expect(dialled[name as keyof typeof dialled], name).toBeCloseTo(value, 12)
    },
  )

  it.each(WITHOUT)('has no dial for %s', (method) => {
    expect(diversityOptions(method, 0.8)).toBeNull()
  })

  it('turns only what the method looks at, and stays within its limits', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SELECTION_METHODS), fc.double({ min: -1, max: 2, noNaN: true }), (method, diversity) => {
        const options = diversityOptions(method, diversity) ?? {}
        expect(() => checkOptions(method, { k: 3, ...options })).not.toThrow()
        for (const name of Object.keys(options)) expect(OPTIONS_OF[method]).toContain(name)
      }),
    )
  })

  it('takes what lies outside as the nearer end', () => {
    expect(diversityOptions('mmr', -3)).toEqual(diversityOptions('mmr', 0))
    expect(diversityOptions('mmr', 7)).toEqual(diversityOptions('mmr', 1))
  })

  it('lets MMR take near-duplicates at 0 and keeps it from them at 1', () => {
    const [a, b] = [
      [1, 0],
      [0.6, 0.8],
    ]
    const input = { query: [1, 0], frames: [a, a, b].map((frame) => frame ?? []) }
    expect(select('mmr', input, { k: 2, ...diversityOptions('mmr', 0) }).indices).toEqual([0, 1])
    expect(select('mmr', input, { k: 2, ...diversityOptions('mmr', 1) }).indices).toEqual([0, 2])
  })
})
