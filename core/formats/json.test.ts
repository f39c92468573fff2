import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, describeValue } from './json'

test('the same value gives the same text, whatever the order of its keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse())
      expect(canonicalJson(reversed)).toBe(canonicalJson(value))
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('undefined members are left out, in lists they are null', () => {
  expect(canonicalJson({ b: undefined, a: [undefined, 1] })).toBe('{"a":[null,1]}')
})

test.each([
  ['a'.repeat(500), 61],
  [[1, 2, 3], 61],
  [{ a: 1 }, 61],
])('a value is shown in one short line', (value, limit) => {
  const text = describeValue(value)
  expect(text.length).toBeLessThanOrEqual(limit)
  expect(text).not.toContain('\n')
})
