import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJsonAnswer } from './read-json-answer'

test.each([
  ['{"a":1}', { a: 1 }],
  ['  {"a":1}\n', { a: 1 }],
  ['```json\n{"a":1}\n```', { a: 1 }],
  ['Here it is: {"a":{"b":"}{"}} I hope it helps {', { a: { b: '}{' } }],
  ['{"a":"\\"}"} trailing', { a: '"}' }],
  ['[1]', [1]],
  ['null', null],
  ['', undefined],
  ['no', undefined],
  ['{"a":', undefined],
  ['{a:1}', undefined],
  ['{"a":1,}', undefined],
  ['}{', undefined],
])('%j', (text, expected) => {
  expect(readJsonAnswer(text)).toEqual(expected)
})

test('any object is found between words without brackets', () => {
  const words = fc.string().map((text) => text.replaceAll(/[{}]/g, ''))
  fc.assert(
    fc.property(words, fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), words, (before, value, after) => {
      const text = JSON.stringify(value)
      // Words that are a JSON document together with the object would change the question.
      expect(readJsonAnswer(`- ${before}${text}${after}`)).toEqual(JSON.parse(text))
    }),
  )
})

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readJsonAnswer(text)))
})
