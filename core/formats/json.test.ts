import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { canonicalJson, describeValue, isJsonObject, shorten } from './json'

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

describe('canonicalJson', () => {
  it.each<[string, unknown, string]>([
    ['keys by code unit, not by language', { b: 1, ä: 2, a: 3, B: 4, '10': 5, '9': 6 }, '{"10":5,"9":6,"B":4,"a":3,"b":1,"ä":2}'],
    ['keys inside of lists and objects too', [{ z: { b: 1, a: 2 } }], '[{"z":{"a":2,"b":1}}]'],
    ['lists in their own order', [3, 1, 2], '[3,1,2]'],
    ['what JSON cannot say as null', [Number.NaN, Number.POSITIVE_INFINITY, undefined], '[null,null,null]'],
    ['minus zero as zero', -0, '0'],
    ['quotes, breaks and lone halves escaped', '"\n\ud800', '"\\"\\n\\ud800"'],
    ['nothing at all', undefined, 'null'],
    ['an empty object', {}, '{}'],
  ])('writes %s', (_name, value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  it('writes a field called __proto__ that a file brought along', () => {
    const text = '{"__proto__":{"a":1},"b":2}'
    expect(canonicalJson(JSON.parse(text))).toBe(text)
  })

  test('different values give different texts', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        if (canonicalJson(a) !== canonicalJson(b)) return
        expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)))
      }),
    )
  })
})

describe('describeValue', () => {
  it.each<[unknown, string]>([
    [undefined, 'nothing'],
    [null, 'null'],
    [true, 'true'],
    [-1.5, '-1.5'],
    ['', '""'],
    ['two\nlines', '"two\\nlines"'],
    [[], 'a list of 0'],
    [{ a: 1, b: 2 }, 'an object with 2 keys'],
  ])('of %j is %s', (value, text) => {
    expect(describeValue(value)).toBe(text)
  })

  test('is short and can be stored, whatever the value', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.string({ unit: 'grapheme', maxLength: 200 })),
        fc.integer({ min: 1, max: 60 }),
        (value, limit) => {
          const text = describeValue(value, limit)
          expect(text.length).toBeLessThanOrEqual(limit + 1)
          expect(text).not.toContain('\n')
          if (!/\p{Surrogate}/u.test(JSON.stringify(value))) expect(/\p{Surrogate}/u.test(text)).toBe(false)
        },
      ),
    )
  })
})

describe('shorten', () => {
  it.each<[string, number, string]>([
    ['rope', 4, 'rope'],
    ['ropes', 4, 'rope…'],
    ['ab😀cd', 3, 'ab…'],
    ['ab😀cd', 4, 'ab😀…'],
    ['😀', 2, '😀'],
    ['', 0, ''],
  ])('%j to %i is %j', (text, limit, short) => {
    expect(shorten(text, limit)).toBe(short)
  })
})

describe('isJsonObject', () => {
  it.each([[], null, 'x', 1, true, undefined])('is not %j', (value) => {
    expect(isJsonObject(value)).toBe(false)
  })

  it('is an object, an empty one too', () => {
    expect(isJsonObject({})).toBe(true)
  })
})
