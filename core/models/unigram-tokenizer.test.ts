import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unigramTokenizer, type VocabularyEntry } from './unigram-tokenizer'

/** Six that are reserved, then pieces; the numbers of the latter begin at 6. */
const RESERVED: VocabularyEntry[] = ['�', '<s>', '</s>', 'x1', 'x2', 'x3'].map((name) => [name, 0])
const withPieces = (...pieces: VocabularyEntry[]) => [...RESERVED, ...pieces]
const VOCABULARY = withPieces(
  ['▁', -3],
  ['a', -4],
  ['b', -4],
  ['c', -4],
  ['▁a', -3.5],
  ['ab', -5],
  ['bc', -4.5],
  ['▁abc', -12],
  ['abc', -20],
)
const tokenizer = unigramTokenizer(VOCABULARY)
const piecesOf = (text: string) => tokenizer.encode(text).map((id) => VOCABULARY[id]?.[0])

/** The best sum of scores over all ways to cut, by trying them all. */
function bestSum(symbols: readonly string[]): number {
  if (symbols.length === 0) return 0
  const starts = VOCABULARY.slice(RESERVED.length).filter(([piece]) => symbols.join('').startsWith(piece))
  if (starts.length === 0) return bestSum(symbols.slice(1))
  return Math.max(...starts.map(([piece, score]) => score + bestSum(symbols.slice([...piece].length))))
}

describe('unigramTokenizer', () => {
  it('takes the cut with the highest sum, not the longest piece', () => {
    // ▁a + bc = -8 beats ▁abc = -12 and ▁ + ab + c = -12.
    expect(piecesOf('abc')).toEqual(['▁a', 'bc'])
    expect(piecesOf('ab')).toEqual(['▁a', 'b'])
  })

  it('puts a blank before the text and keeps each one in it', () => {
    expect(piecesOf('a a')).toEqual(['▁a', '▁a'])
    expect(piecesOf('  a')).toEqual(['▁', '▁', '▁a'])
    expect(piecesOf('a ')).toEqual(['▁a', '▁'])
    expect(piecesOf(' ')).toEqual(['▁', '▁'])
  })

  it('of an empty text is nothing', () => {
    expect(tokenizer.encode('')).toEqual([])
  })

  it('gives one 0 for unknown characters in a row', () => {
    expect(tokenizer.encode('zzz')).toEqual([6, 0])
    expect(tokenizer.encode('azzb')).toEqual([10, 0, 8])
    expect(tokenizer.encode('z z')).toEqual([6, 0, 6, 0])
  })

  it('counts characters, not halves of them', () => {
    expect(tokenizer.encode('a🎉b')).toEqual([10, 0, 8])
    const party = unigramTokenizer(withPieces(['▁', -1], ['🎉', -1], ['🎉🎉', -1.5]))
    expect(party.encode('🎉🎉🎉')).toHaveLength(3)
  })

  it('takes characters in their plain form', () => {
    // A full-width letter and a composed one.
    expect(tokenizer.encode('ａ')).toEqual(tokenizer.encode('a'))
    const accents = unigramTokenizer(withPieces(['▁', -1], ['é', -1]))
    expect(accents.encode('e\u0301')).toEqual(accents.encode('é'))
  })

  it('never finds the reserved ones in a text', () => {
    expect(tokenizer.encode('<s>')).toEqual([6, 0])
    expect(tokenizer.encode('�')).toEqual([6, 0])
  })

  it('takes the later one of a piece that comes twice, and the later one of two equal cuts', () => {
    const twice = unigramTokenizer(withPieces(['▁', -1], ['q', -1], ['q', -9]))
    expect(twice.encode('q')).toEqual([6, 8])
    const equal = unigramTokenizer(withPieces(['▁', -1], ['p', -1], ['q', -1], ['pq', -2]))
    expect(equal.encode('pq')).toEqual([6, 7, 8])
  })

  it('knows nothing with an empty vocabulary, and does not fall over it', () => {
    expect(unigramTokenizer([]).encode('abc')).toEqual([0])
    expect(unigramTokenizer(RESERVED).encode('abc')).toEqual([0])
    expect(unigramTokenizer(withPieces(['', -1], ['▁', -1])).encode('a')).toEqual([7, 0])
  })

  it('does not get lost in pieces that share beginnings', () => {
    // "pqr" begins with a known piece that leads nowhere else.
    const odd = unigramTokenizer(withPieces(['▁', -1], ['pqr', -1]))
    expect(odd.encode('pqs')).toEqual([6, 0])
    expect(odd.encode('pqr')).toEqual([6, 7])
  })

  it('is fast enough for a long text', () => {
    expect(tokenizer.encode('abc '.repeat(5000))).toHaveLength(10_001)
  })

  it('gives back the whole text, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 30 }), (text) => {
        const expected = text === '' ? '' : `▁${text.replaceAll(' ', '▁')}`
        expect(piecesOf(text).join('')).toBe(expected)
      }),
    )
  })

  it('finds the best sum that there is', () => {
    const scores = new Map(VOCABULARY.map(([, score], id) => [id, score]))
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', 'z'), minLength: 1, maxLength: 9 }), (text) => {
        const sum = tokenizer.encode(text).reduce((total, id) => total + (scores.get(id) ?? 0), 0)
        expect(sum).toBeCloseTo(bestSum([...`▁${text.replaceAll(' ', '▁')}`]), 9)
      }),
    )
  })

  it('takes any text and gives numbers of the vocabulary', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        for (const id of tokenizer.encode(text)) expect(VOCABULARY[id]).toBeDefined()
      }),
    )
  })
})
