import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BUILT_IN_PRICES, costMicroUsd, isLocalProvider, PRICES_AS_OF, priceOf, worstCaseMicroUsd } from './prices'
import { allRefs, PRESETS } from './settings'

const tokens = (inputTokens: number, outputTokens: number) => ({ inputTokens, outputTokens })
const GPT_4O = { provider: 'openai', model: 'gpt-4o' } as const
const price = fc.record({ inputPerMillion: fc.nat(100_000_000), outputPerMillion: fc.nat(100_000_000) })
const count = fc.nat(1_000_000)

describe('the table', () => {
  test('names its month, and every price is whole micro dollars of a sane size', () => {
    expect(PRICES_AS_OF).toMatch(/^\d{4}-\d{2}$/)
    for (const [key, entry] of Object.entries(BUILT_IN_PRICES)) {
      expect(key).toMatch(/^(openai|anthropic|google)\/[\w.-]+$/)
      expect(Number.isInteger(entry.inputPerMillion) && Number.isInteger(entry.outputPerMillion)).toBe(true)
      expect(entry.inputPerMillion).toBeGreaterThan(0)
      expect(entry.outputPerMillion).toBeLessThanOrEqual(100_000_000)
    }
  })

  test('knows every model of the presets', () => {
    for (const settings of Object.values(PRESETS)) {
      for (const { ref } of allRefs(settings)) expect(priceOf(ref, {}), `${ref.provider}/${ref.model}`).not.toBeNull()
    }
  })

  test("a project's own price goes before it, also for a server of our own", () => {
    const own = {
      'openai/gpt-4o': { inputPerMillion: 1, outputPerMillion: 2 },
      'server:gpu/x': { inputPerMillion: 5, outputPerMillion: 5 },
    }
    expect(priceOf(GPT_4O, own)).toEqual({ inputPerMillion: 1, outputPerMillion: 2 })
    expect(priceOf({ provider: 'server:gpu', model: 'x' }, own)?.inputPerMillion).toBe(5)
  })

  test.each(['embedded', 'onnx', 'server:local'] as const)('%s costs nothing without a price of its own', (provider) => {
    expect(isLocalProvider(provider)).toBe(true)
    expect(costMicroUsd(tokens(1e6, 1e6), priceOf({ provider, model: 'any' }, {}) ?? { inputPerMillion: 1, outputPerMillion: 1 })).toBe(0)
  })

  test.each(['gpt-9', '__proto__', 'constructor', ''])('an unknown model %j has no price, so its worst case is not known', (model) => {
    expect(priceOf({ provider: 'openai', model }, {})).toBeNull()
    expect(worstCaseMicroUsd({ provider: 'openai', model, worstCase: tokens(1, 1) }, {})).toBeNull()
  })
})

describe('the cost', () => {
  test('by hand: 1,000 tokens in at $2.5 and 500 out at $10 a million are 7,500 micro dollars', () => {
    expect(worstCaseMicroUsd({ ...GPT_4O, worstCase: tokens(1000, 500) }, {})).toBe(7500)
  })

  test('is rounded up: one token is never free where tokens cost', () => {
    expect(costMicroUsd(tokens(1, 0), { inputPerMillion: 1, outputPerMillion: 0 })).toBe(1)
    expect(costMicroUsd(tokens(0, 0), { inputPerMillion: 1, outputPerMillion: 1 })).toBe(0)
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -5])('a count of %s is taken as zero, not as a credit', (bad) => {
    expect(costMicroUsd(tokens(bad, 10), { inputPerMillion: 1_000_000, outputPerMillion: 1_000_000 })).toBe(10)
  })

  test('is whole, grows with tokens, and a worst case covers every call below it', () => {
    fc.assert(
      fc.property(price, count, count, count, count, (entry, input, output, lessIn, lessOut) => {
        const most = costMicroUsd(tokens(input, output), entry)
        const real = costMicroUsd(tokens(Math.min(input, lessIn), Math.min(output, lessOut)), entry)
        expect(Number.isSafeInteger(most)).toBe(true)
        expect(real).toBeLessThanOrEqual(most)
      }),
    )
  })

  test('split over calls it is never less than in one', () => {
    fc.assert(
      fc.property(price, count, count, (entry, first, second) => {
        const parts = costMicroUsd(tokens(first, 0), entry) + costMicroUsd(tokens(second, 0), entry)
        expect(parts).toBeGreaterThanOrEqual(costMicroUsd(tokens(first + second, 0), entry))
      }),
    )
  })
})
