import { beforeAll, describe, expect, it } from 'vitest'
import { ANCHOR_TEXTS, textOfPhrase } from '@/core/selection/signals/similar-labels'
import { embeddedEmbedder } from './models/embedded-embedder'
import type { Embedder } from './models/roles'
import { weightsForTests } from './models/weights-for-tests'
import { planWithNames } from './similar-names'

const weights = await weightsForTests()
const OBJECTS = { objects: 1 }

/** Puts a doggo where the dog is, every other text somewhere else; tells what it was asked. */
function made(provider = 'embedded', fails = 0): Embedder & { readonly asked: number[] } {
  const asked: number[] = []
  const places = new Map(ANCHOR_TEXTS.map((text, at) => [text, at]))
  places.set(textOfPhrase('doggo'), places.get(textOfPhrase('dog')) ?? 0)
  let left = fails
  return {
    asked,
    identity: { kind: 'model', provider, model: 'made', version: '1' },
    dimensions: ANCHOR_TEXTS.length + 1,
    embed: async (texts) => {
      asked.push(texts.length)
      left -= 1
      if (left >= 0) throw new Error('not now')
      return texts.map((text) => {
        const vector = new Float32Array(ANCHOR_TEXTS.length + 1)
        vector[places.get(text) ?? ANCHOR_TEXTS.length] = 1
        return vector
      })
    },
  }
}

describe('a plan with names', () => {
  it('knows a name that no table has', async () => {
    const plan = await planWithNames('Where is the doggo?', OBJECTS, async () => made())
    expect(plan.things).toMatchObject([{ phrase: 'doggo', labels: ['dog'], by: 'similar' }])
    expect(plan.notes).toEqual(['Looking for “doggo” as dog (similar, 1.00).'])
  })

  it('opens no encoder where every name is known, one way or the other', async () => {
    const refuse = async () => {
      throw new Error('not needed')
    }
    expect((await planWithNames('Is the beagle near the lighthouse?', OBJECTS, refuse)).things).toMatchObject([{ by: 'wordnet' }])
    expect((await planWithNames('Where is the doggo?', { text: 1 }, refuse)).things).toEqual([])
    await expect(planWithNames('?', OBJECTS, refuse)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('embeds what names are compared with once an encoder', async () => {
    const embedder = made()
    for (const name of ['doggo', 'gizmo', 'doggo'])
      await planWithNames(`Where is the ${name}?`, { text: 1, objects: 1 }, async () => embedder)
    expect(embedder.asked).toEqual([ANCHOR_TEXTS.length, 1, 1, 1])
  })

  it('tries again after a failure', async () => {
    const embedder = made('embedded', 1)
    const ask = () => planWithNames('Where is the doggo?', OBJECTS, async () => embedder)
    await expect(ask()).rejects.toThrow('not now')
    expect((await ask()).things).toHaveLength(1)
  })

  it('asks neither another encoder, whose bar nobody measured, nor none', async () => {
    const other = made('openai')
    await expect(planWithNames('Where is the doggo?', OBJECTS, async () => other)).rejects.toThrow('names nothing')
    await expect(planWithNames('Where is the doggo?', OBJECTS, async () => null)).rejects.toThrow('names nothing')
    expect(other.asked).toEqual([])
  })
})

describe.skipIf(weights === null)('the embedded encoder', () => {
  let embedder: Embedder
  beforeAll(async () => {
    embedder = await embeddedEmbedder(weights ?? '')
  })
  const asked = async (name: string) => (await planWithNames(`Where is the ${name}?`, { text: 1, objects: 1 }, async () => embedder)).things

  it.each([
    ['doggo', 'dog'],
    ['goldendoodle', 'dog'],
    ['bmw', 'car'],
    ['soccerball', 'sports ball'],
    ['midfielder', 'person'],
  ])('finds “%s” like %s', async (name, label) => {
    const [thing, ...more] = await asked(name)
    expect(thing).toMatchObject({ phrase: name, labels: [label], by: 'similar' })
    expect(thing?.cosine).toBeGreaterThan(0.7)
    expect(more).toEqual([])
  })

  it.each(['helipad', 'wolverine', 'tuk-tuk', 'cupboard', 'squid', 'obelisk'])('finds “%s” like nothing in particular', async (name) => {
    expect(await asked(name)).toEqual([])
  })
})
