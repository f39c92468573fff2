import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modelParametersSchema } from './model-parameters'
import { PRESETS, providerRefSchema } from './settings'

const takes = (parameters: unknown) => modelParametersSchema.safeParse(parameters).success

describe('taken', () => {
  test.each([
    [{}],
    [{ temperature: 0 }],
    [{ temperature: 2 }],
    [{ topP: 0 }],
    [{ seed: 0 }],
    [{ seed: 2_147_483_647 }],
    [{ maxOutputTokens: 16 }],
    [{ timeoutMs: 1000 }],
    [{ reasoning: 'none' }],
    [{ jsonSchema: false }],
  ])('%j', (parameters) => {
    expect(takes(parameters)).toBe(true)
  })

  test('what the presets give their language models', () => {
    for (const { roles, judges } of Object.values(PRESETS)) {
      for (const { parameters } of [...Object.values(roles), ...judges]) expect(takes(parameters)).toBe(true)
    }
  })
})

describe('refused', () => {
  test.each([
    [{ temperature: -0.1 }],
    [{ temperature: 2.1 }],
    [{ temperature: Number.NaN }],
    [{ temperature: '0' }],
    [{ topP: 1.1 }],
    [{ seed: -1 }],
    [{ seed: 1.5 }],
    [{ maxOutputTokens: 0 }],
    [{ maxOutputTokens: 1_000_000 }],
    [{ timeoutMs: 10 }],
    [{ reasoning: true }],
    [{ jsonSchema: 'no' }],
    [{ max_tokens: 100 }],
    [{ baseURL: 'http://elsewhere' }],
    [{ apiKey: 'sk-secret' }],
    [{ headers: 'x' }],
    [null],
    [[]],
  ])('%j', (parameters) => {
    expect(takes(parameters)).toBe(false)
  })

  test('any name that is not on the list', () => {
    const known = Object.keys(modelParametersSchema.shape)
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.oneof(fc.integer(), fc.string(), fc.boolean()), (name, value) => {
        fc.pre(!known.includes(name) && name !== '__proto__')
        expect(takes({ [name]: value })).toBe(false)
      }),
    )
  })
})

test('whatever is taken can be stored with a provider, and comes back the same', () => {
  const parameters = fc.record(
    {
      temperature: fc.double({ min: 0, max: 2, noNaN: true }),
      topP: fc.double({ min: 0, max: 1, noNaN: true }),
      seed: fc.nat(),
      maxOutputTokens: fc.integer({ min: 16, max: 200_000 }),
      reasoning: fc.constantFrom('none', 'minimal', 'low', 'medium', 'high'),
      jsonSchema: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(parameters, (given) => {
      const stored = providerRefSchema.parse({ provider: 'openai', model: 'gpt-4o', parameters: given })
      expect(modelParametersSchema.parse(stored.parameters)).toEqual(given)
    }),
  )
})
