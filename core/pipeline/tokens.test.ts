import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxInputTokens, maxPictureTokens, maxTextTokens } from './tokens'

const PROVIDERS = ['openai', 'anthropic', 'google', 'server:local'] as const

describe('texts', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['é', 2],
    ['日本', 6],
    ['😀', 4],
    ['\ud800', 3],
    ['\u0000\n', 2],
  ])('%j has at most %i tokens', (text, expected) => {
    expect(maxTextTokens(text)).toBe(expected)
  })

  test('the bound is the number of bytes of UTF-8, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(maxTextTokens(text)).toBe(new TextEncoder().encode(text).length)
      }),
    )
  })

  test('it covers word counts of every kind of text that tokenizers split finest', () => {
    for (const text of ['1234567890', '!?!?!?', 'a b c d', 'ﷺ', '🇩🇪🇫🇷', 'ÄÖÜ']) {
      expect(maxTextTokens(text)).toBeGreaterThanOrEqual([...text].length)
    }
  })
})

describe('pictures', () => {
  test.each([
    ['openai', 'gpt-4o', 512, 512, 630],
    ['openai', 'gpt-4o', 768, 432, 827],
    ['openai', 'gpt-4o-mini', 768, 432, 2833 + 2 * 5667],
    ['anthropic', 'claude-sonnet-4-5', 768, 432, 451],
    ['google', 'gemini-2.5-pro', 300, 300, 1120],
    ['google', 'gemini-2.5-pro', 768, 432, 1548],
    ['server:internvl', 'OpenGVLab/InternVL2-8B', 768, 432, 3336],
  ])('%s %s, %i × %i: at most %i tokens', (provider, model, width, height, expected) => {
    expect(maxPictureTokens(provider, model, { width, height })).toBe(expected)
  })

  test('the published figures are covered: OpenAI tiles, Anthropic area, Google tiles of 768', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 768 }), fc.integer({ min: 1, max: 768 }), (width, height) => {
        const size = { width, height }
        const tiles = Math.ceil(width / 512) * Math.ceil(height / 512)
        expect(maxPictureTokens('openai', 'gpt-4o', size)).toBeGreaterThanOrEqual(85 + 170 * tiles)
        expect(maxPictureTokens('anthropic', 'claude', size)).toBeGreaterThanOrEqual((width * height) / 750)
        expect(maxPictureTokens('google', 'gemini', size)).toBeGreaterThanOrEqual(258)
        expect(maxPictureTokens('server:x', 'qwen', size)).toBeGreaterThanOrEqual((width * height) / 784)
      }),
    )
  })

  test('any size gives a whole number above zero, also a size of nothing', () => {
    const side = fc.integer({ min: 0, max: 20_000 })
    fc.assert(
      fc.property(fc.constantFrom(...PROVIDERS), side, side, (provider, width, height) => {
        const bound = maxPictureTokens(provider, 'gpt-4o', { width, height })
        expect(Number.isInteger(bound) && bound > 0).toBe(true)
      }),
    )
  })
})

test('a call is bounded by the sum of its parts and something on top', () => {
  const size = { width: 768, height: 432 }
  const bound = maxInputTokens('anthropic', 'claude', ['system', 'user'], [size, size])
  expect(bound).toBe(400 + 10 + 2 * 451)
  expect(maxInputTokens('anthropic', 'claude', [], [])).toBe(400)
})
