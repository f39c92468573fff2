import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tokensOfSentence } from './evidence-marks'

const PHRASES = ['man in a hat', 'gate', 'dog']
const tokens = (sentence: string) => tokensOfSentence(sentence, PHRASES)
const text = (value: string) => ({ kind: 'text', text: value })
const mention = (object: number, value: string) => ({ kind: 'mention', object, text: value })

describe('sentences', () => {
  test('marks with words, marks without, and text around them', () => {
    expect(tokens('[[0|The man]] opens the [[1]], so [[2|the dog]] runs.')).toEqual([
      mention(0, 'The man'),
      text(' opens the '),
      mention(1, 'gate'),
      text(', so '),
      mention(2, 'the dog'),
      text(' runs.'),
    ])
  })

  test('without marks are one run of text', () => {
    expect(tokens('It is getting dark.')).toEqual([text('It is getting dark.')])
  })

  test.each([
    ['[[1|]]', [mention(1, 'gate')]],
    ['[[1|   ]]', [mention(1, 'gate')]],
    ['[[ 1 | the gate ]]', [mention(1, 'the gate')]],
    ['[[0]][[2]]', [mention(0, 'man in a hat'), mention(2, 'dog')]],
    ['a [single] bracket', [text('a [single] bracket')]],
    ['[[0|a | b]]', [mention(0, 'a | b')]],
  ])('%s', (sentence, expected) => {
    expect(tokens(sentence)).toEqual(expected)
  })

  test.each(['[[3]]', '[[9999|x]]', '[[0', '0]]', '[[x]]', '[[-1]]', '[[0|a [[1]] b]]', '', '   ', '[[12345]]'])(
    '%j is a bad answer',
    (sentence) => {
      expect(() => tokens(sentence)).toThrow(expect.objectContaining({ code: 'model_bad_answer' }))
    },
  )

  test('no objects at all: any mark is a bad answer, plain text is fine', () => {
    expect(() => tokensOfSentence('[[0]]', [])).toThrow(expect.objectContaining({ code: 'model_bad_answer' }))
    expect(tokensOfSentence('Rain.', [])).toEqual([text('Rain.')])
  })
})

const plain = fc.stringMatching(/^[a-z ,.]{1,20}$/).filter((value) => value.trim() !== '')
const piece = fc.oneof(
  plain.map((value) => ({ written: value, read: value, object: null })),
  fc
    .record({ object: fc.nat(2), words: plain })
    .map(({ object, words }) => ({ written: `[[${object}|${words}]]`, read: words.trim(), object })),
)

test('what is written in marks is read again: same words, same objects, no empty and no neighbouring text', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
      const read = tokens(pieces.map((entry) => entry.written).join(''))
      expect(read.map((token) => token.text).join('')).toBe(pieces.map((entry) => entry.read).join(''))
      expect(read.flatMap((token) => (token.kind === 'mention' ? [token.object] : []))).toEqual(
        pieces.flatMap((entry) => (entry.object === null ? [] : [entry.object])),
      )
      expect(read.every((token, place) => token.kind === 'mention' || read[place + 1]?.kind !== 'text')).toBe(true)
    }),
  )
})
