import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { keyOrderOf, quoteText } from './json-text'

test('a quoted text is what JSON.stringify writes', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'binary-ascii' }),
    fc.constantFrom('\ud800', 'a\udc00b', '“ß”', '\u2028'),
  )
  fc.assert(
    fc.property(text, (value) => {
      expect(quoteText(value)).toBe(JSON.stringify(value))
    }),
  )
})

describe('the order of keys', () => {
  it('is by code unit, whatever order they came in, and the same when asked again', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 30 }), (keys) => {
        const sorted = [...keys].sort()
        for (const asked of [keys, keys.toReversed(), keys]) expect(keyOrderOf(asked).keys).toEqual(sorted)
      }),
    )
  })

  it('comes with the text before each member', () => {
    expect(keyOrderOf(['b', 'a"']).heads).toEqual(['{"a\\"":', ',"b":'])
  })

  it('stays right when more shapes come than are kept', () => {
    for (let number = 0; number < 10_000; number++) keyOrderOf(['z', `key${number}`])
    expect(keyOrderOf(['z', 'key1']).keys).toEqual(['key1', 'z'])
  })

  it('tells a shape from the one it begins with', () => {
    expect([['b'], ['b', 'a'], ['b', 'a', 'c'], ['b']].map((keys) => keyOrderOf(keys).keys.join(''))).toEqual(['b', 'ab', 'abc', 'b'])
  })
})
