import { describe, expect, it } from 'vitest'
import { ENCODER_DIMENSIONS, encoderFeed, encoderRows, piecesFeed, readVocabulary } from './encoder-io'
import { unigramTokenizer } from './unigram-tokenizer'

describe('readVocabulary', () => {
  it('counts a piece without a score as 0, and takes nothing else for a vocabulary', () => {
    const entries = Array.from({ length: 100 }, (_, id) => [`p${id}`, id === 7 ? null : -id])
    expect(readVocabulary(JSON.stringify(entries))?.[7]).toEqual(['p7', 0])
    for (const text of ['', '[', '[]', '{}', 'null', JSON.stringify(entries.map(([piece]) => piece))])
      expect(readVocabulary(text)).toBeNull()
  })
})

describe('what the encoder is fed with', () => {
  const pieces = ['', '', '', '', '', '', '▁', 'a', 'b', '▁a']
  const tokenizer = unigramTokenizer(pieces.map((piece) => [piece, -1]))

  it('names text and place of each piece', () => {
    const { indices, values } = encoderFeed(tokenizer, ['ab', 'b'])
    expect(indices).toEqual({ type: 'int64', data: BigInt64Array.of(0n, 0n, 0n, 1n, 1n, 0n, 1n, 1n), dims: [4, 2] })
    expect(values).toEqual({ type: 'int64', data: BigInt64Array.of(9n, 8n, 6n, 8n), dims: [4] })
  })

  it('leaves no text out, not even an empty one', () => {
    const { indices } = encoderFeed(tokenizer, ['', 'a', ''])
    const rows = [...(indices?.data ?? [])].filter((_, at) => at % 2 === 0)
    expect(new Set(rows)).toEqual(new Set([0n, 1n, 2n]))
  })

  it('is the same from numbers of pieces', () => {
    expect(
      piecesFeed([
        [9, 8],
        [6, 8],
      ]),
    ).toEqual(encoderFeed(tokenizer, ['ab', 'b']))
    expect(piecesFeed([]).values).toEqual({ type: 'int64', data: new BigInt64Array(0), dims: [0] })
  })
})

describe('encoderRows', () => {
  const embedding = (length: number) => ({ embedding: { data: Float32Array.from({ length }, (_, at) => at), dims: [length] } })

  it('gives each text its own vector', () => {
    const [first, second, ...rest] = encoderRows(embedding(2 * ENCODER_DIMENSIONS), 2)
    expect(rest).toEqual([])
    expect([first?.length, first?.[0], second?.[0]]).toEqual([ENCODER_DIMENSIONS, 0, ENCODER_DIMENSIONS])
  })

  it('copies, so that a kept vector does not hold the others in memory', () => {
    const outputs = embedding(3 * ENCODER_DIMENSIONS)
    const [first] = encoderRows(outputs, 3)
    expect(first?.buffer.byteLength).toBe(ENCODER_DIMENSIONS * 4)
    outputs.embedding.data.fill(9)
    expect(first?.[0]).toBe(0)
    expect(encoderRows(embedding(0), 0)).toEqual([])
  })

  it('refuses outputs of another size, without the vectors, or with NaN', () => {
    const broken = embedding(ENCODER_DIMENSIONS)
    broken.embedding.data[5] = Number.NaN
    for (const outputs of [embedding(ENCODER_DIMENSIONS - 1), embedding(2 * ENCODER_DIMENSIONS), {}, broken]) {
      expect(() => encoderRows(outputs, 1)).toThrow(expect.objectContaining({ code: 'model_bad_answer' }))
    }
  })
})
