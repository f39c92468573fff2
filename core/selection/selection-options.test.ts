import { describe, expect, it } from 'vitest'
import { refusalOf } from '../document.fixture'
import { AppError } from '../errors'
import { checkOptions, OPTIONS_OF, SELECTION_METHODS, type SelectionOptions, selectionOptionsSchema } from './selection-options'

describe('checkOptions', () => {
  it('fills in the defaults of the papers', () => {
    expect(checkOptions('bolt', { k: 3 })).toMatchObject({ k: 3, seed: 0, alpha: 3, lambda: 0.6, beta: 1, threshold: 0.8, depth: 5 })
  })

  it('gives tau the meaning of the method', () => {
    expect(checkOptions('qframe', { k: 3 }).tau).toBe(0.8)
    expect(checkOptions('lifo', { k: 3 }).tau).toBe(0.9)
    expect(checkOptions('lifo', { k: 3, tau: 0.7 }).tau).toBe(0.7)
  })

  it('lets FOCUS score what it likes unless a budget is given', () => {
    expect(checkOptions('focus', { k: 3 }).budget).toBe(Number.MAX_SAFE_INTEGER)
    expect(checkOptions('focus', { k: 3, budget: 12 }).budget).toBe(12)
  })

  const bad: [string, SelectionOptions][] = [
    ['k', { k: 0 }],
    ['k', { k: -2 }],
    ['k', { k: 1.5 }],
    ['k', { k: Number.NaN }],
    ['k', { k: Number.POSITIVE_INFINITY }],
    ['seed', { k: 1, seed: 0.5 }],
    ['alpha', { k: 1, alpha: -1 }],
    ['alpha', { k: 1, alpha: Number.NaN }],
    ['lambda', { k: 1, lambda: 1.01 }],
    ['lambda', { k: 1, lambda: -0.01 }],
    ['beta', { k: 1, beta: -1 }],
    ['beta', { k: 1, beta: Number.POSITIVE_INFINITY }],
    ['tau', { k: 1, tau: 0 }],
    ['tau', { k: 1, tau: -1 }],
    ['depth', { k: 1, depth: 2.5 }],
    ['budget', { k: 1, budget: 0 }],
    ['rho', { k: 1, rho: 2 }],
    ['epsilon', { k: 1, epsilon: -0.1 }],
  ]
  it.each(bad)('refuses a wrong %s: %j', (field, options) => {
    const { code, message } = refusalOf(() => checkOptions('mmr', options))
    expect(code).toBe('invalid_input')
    expect(message).toContain(`"${field}"`)
    expect(() => checkOptions('mmr', options)).toThrow(AppError)
  })

  it('refuses an option there is not', () => {
    const misspelt = { k: 1, lamda: 0.5 }
    expect(refusalOf(() => checkOptions('mmr', misspelt)).code).toBe('invalid_input')
  })
})

describe('OPTIONS_OF', () => {
  it('names options that exist, for every method', () => {
    const known = Object.keys(selectionOptionsSchema.shape)
    for (const method of SELECTION_METHODS) for (const name of OPTIONS_OF[method]) expect(known).toContain(name)
  })

  it('leaves no option without a method', () => {
    const used = new Set(SELECTION_METHODS.flatMap((method) => OPTIONS_OF[method]))
    expect([...used].sort()).toEqual(
      Object.keys(selectionOptionsSchema.shape)
        .filter((name) => name !== 'k')
        .sort(),
    )
  })
})
