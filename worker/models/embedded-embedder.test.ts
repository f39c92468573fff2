import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readVocabulary } from '@/core/models/encoder-io'
import { GOLDEN_SENTENCES } from '@/core/models/golden-input'
import { unigramTokenizer } from '@/core/models/unigram-tokenizer'
import { readGolden } from '@/scripts/weights/golden'
import { embeddedEmbedder } from './embedded-embedder'
import { embeddedModel } from './embedded-folder'
import { readVerified } from './read-verified'
import type { Embedder } from './roles'
import { weightsForTests } from './weights-for-tests'

const weights = await weightsForTests()
const cosine = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  Array.from(a ?? []).reduce((sum, value, at) => sum + value * (b?.[at] ?? 0), 0)

describe.skipIf(weights === null)('the embedded sentence encoder', () => {
  let embedder: Embedder
  beforeAll(async () => {
    embedder = await embeddedEmbedder(weights ?? '')
  })

  it('gives the numbers that the original gave, from text to vector', async () => {
    const { encoder } = await readGolden()
    const vectors = await embedder.embed(GOLDEN_SENTENCES)
    encoder.values.forEach((wanted, row) => {
      wanted.forEach((value, place) => {
        expect(Math.abs((vectors[row]?.[place * encoder.step] ?? 9) - value)).toBeLessThan(1e-5)
      })
    })
  })

  it('cuts texts into the pieces that the original tokenizer gave', async () => {
    const { vocabulary } = await embeddedModel('use-lite', weights ?? '')
    if (vocabulary === null) throw new Error('no vocabulary')
    const tokenizer = unigramTokenizer(readVocabulary((await readVerified(vocabulary)).toString('utf8')) ?? [])
    for (const { text, ids } of (await readGolden()).tokenizer) expect([text, tokenizer.encode(text)]).toEqual([text, ids])
  })

  it('gives one vector of length 1 for each text, in their order, however many there are', async () => {
    const texts = Array.from({ length: 70 }, (_, place) => `${place} cars and ${place % 7} people ${'walk '.repeat(place % 5)}`)
    const vectors = await embedder.embed(texts)
    expect(vectors).toHaveLength(70)
    for (const vector of vectors) {
      expect(vector).toHaveLength(embedder.dimensions)
      expect(cosine(vector, vector)).toBeCloseTo(1, 4)
    }
    const [alone] = await embedder.embed(texts.slice(41, 42))
    expect(cosine(alone, vectors[41])).toBeGreaterThan(0.99999)
  })

  it('takes texts that are empty, foreign, long or full of nothing', async () => {
    const vectors = await embedder.embed(['', ' ', '日本語', '🎉', 'word '.repeat(2000), '\n\t', 'x'.repeat(5000)])
    expect(vectors).toHaveLength(7)
    for (const vector of vectors) expect(cosine(vector, vector)).toBeCloseTo(1, 4)
    expect(await embedder.embed([])).toEqual([])
  })

  it('puts like near like', async () => {
    const [car, automobile, cooking] = await embedder.embed(['A car drives by.', 'An automobile passes.', 'Someone cooks a soup.'])
    expect(cosine(car, automobile)).toBeGreaterThan(cosine(car, cooking) + 0.2)
  })

  it('says who it is', () => {
    expect(embedder.identity).toMatchObject({ kind: 'model', provider: 'embedded', model: 'use-lite' })
  })
})

describe.skipIf(weights === null)('a folder that is not right', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'crema-embedder-'))
    await cp(weights ?? '', folder, { recursive: true })
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('is refused for each thing that can be wrong with it', async () => {
    const vocabulary = path.join(folder, 'use-lite.vocab.json')
    await writeFile(vocabulary, '[]')
    await expect(embeddedEmbedder(folder)).rejects.toMatchObject({ code: 'bad_file', message: expect.stringContaining('prepare.ts') })
    await rm(vocabulary)
    await expect(embeddedEmbedder(folder)).rejects.toMatchObject({ code: 'missing_file' })
    await writeFile(path.join(folder, 'models.json'), '{"models": 1}')
    await expect(embeddedEmbedder(folder)).rejects.toMatchObject({ code: 'bad_file' })
    await writeFile(path.join(folder, 'models.json'), '{"format":"crema.models/v1","models":[]}')
    await expect(embeddedEmbedder(folder)).rejects.toMatchObject({
      code: 'missing_file',
      message: expect.stringContaining('not been prepared'),
    })
    await expect(embeddedEmbedder(path.join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'missing_file' })
  })

  it('cannot name a file outside of itself', async () => {
    const entry = {
      name: 'use-lite',
      version: '1',
      file: '../use-lite.onnx',
      sha256: '0'.repeat(64),
      bytes: 1,
      source: '',
      licence: '',
      roles: [],
    }
    const models = [{ ...entry, vocabulary: null }]
    await writeFile(path.join(folder, 'models.json'), JSON.stringify({ format: 'crema.models/v1', models }))
    await expect(embeddedEmbedder(folder)).rejects.toMatchObject({ code: 'bad_file' })
  })
})
