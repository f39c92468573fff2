import { describe, expect, it } from 'vitest'
import { frameNo } from '@/core/document.fixture'
import type { QaPair } from '@/core/pipeline/outputs'
import { codeOf, isDown } from './refusal-for-tests'
import { retrieveStage } from './retrieve'
import { captionOf, depsOf, inputOf } from './stage.fixture'

const group = [captionOf(0, 'aaaa.'), captionOf(20, 'aaab.'), captionOf(40, 'zzzz.'), captionOf(60, 'aaaa.')]
const picks = (...frames: { claimed?: number; caption: string }[]) => ({
  caption: { captions: group },
  'pick-core-frames': {
    frames: frames.map(({ claimed, caption }) => ({ claimedIndex: claimed === undefined ? null : frameNo(claimed), caption })),
  },
})
const lowMargin = (value: number) => ({ retrieval: { lowMargin: value } })

describe('retrieve', () => {
  it('finds the caption that is most like each pick, with score and margin', async () => {
    const { frames } = await retrieveStage(inputOf(picks({ caption: 'zzzy' }, { caption: 'aabb' }), lowMargin(0.02)), depsOf())
    expect(frames.map((frame) => frame.frameIndex)).toEqual([40, 20])
    expect(frames[0]).toMatchObject({ score: expect.closeTo(3 / Math.sqrt(10), 5), isLowMargin: false })
    expect(frames[1]?.margin).toBeGreaterThan(0.1)
  })

  it('takes frames that a selector chose as they are, with its relevance', async () => {
    const { frames } = picks({ claimed: 60, caption: 'aaaa.' }, { claimed: 0, caption: 'aaaa.' })['pick-core-frames']
    const selector = { method: 'adaptive' as const, relevance: [0.7, null], notes: [] }
    const found = await retrieveStage(inputOf({ caption: { captions: group }, 'pick-core-frames': { frames, selector } }), depsOf())
    expect(found.frames).toEqual([
      { frameIndex: 60, score: 0.7, margin: null, isLowMargin: false },
      { frameIndex: 0, score: null, margin: null, isLowMargin: false },
    ])
  })

  it('takes the earliest of equal captions, flagged', async () => {
    const { frames } = await retrieveStage(inputOf(picks({ caption: 'aaaa' }), lowMargin(0.02)), depsOf())
    expect(frames).toEqual([{ frameIndex: 0, score: 1, margin: 0, isLowMargin: true }])
  })

  it('lets the writer’s own word decide between captions it cannot tell apart, and only then', async () => {
    const near = await retrieveStage(inputOf(picks({ claimed: 60, caption: 'aaaa' }), lowMargin(0.02)), depsOf())
    expect(near.frames[0]).toMatchObject({ frameIndex: 60, margin: 0, isLowMargin: true })
    const clear = await retrieveStage(inputOf(picks({ claimed: 0, caption: 'zzzz' }), lowMargin(0.02)), depsOf())
    expect(clear.frames[0]).toMatchObject({ frameIndex: 40, isLowMargin: false })
  })

  it('compares single facts where whole captions are near each other', async () => {
    // As a whole both hold the same letters; fact by fact only the second holds what was said.
    const captions = [captionOf(0, 'ab. cd.'), captionOf(20, 'ac. bd.'), captionOf(40, 'zz.'), captionOf(60, 'zz.')]
    const input = inputOf({ ...picks({ caption: 'ca. db.' }), caption: { captions } }, lowMargin(0.02))
    expect((await retrieveStage(input, depsOf())).frames[0]).toMatchObject({ frameIndex: 20, score: expect.closeTo(1, 5), margin: 0 })
  })

  it('embeds each text once and no more', async () => {
    const asked: number[] = []
    const deps = depsOf()
    const embedder = await deps.models.embedder()
    const counting = depsOf({
      embedder: {
        embed: async (texts) => {
          asked.push(texts.length)
          return embedder.embed(texts)
        },
      },
    })
    await retrieveStage(inputOf(picks({ caption: 'zzzz' }), lowMargin(0)), counting)
    expect(asked).toEqual([5])
  })
})

describe('a writer that knew its frames', () => {
  const pair: QaPair = {
    key: 'k1',
    group: 0,
    question: 'Why?',
    answer: 'Because.',
    support: {
      frames: [{ frameIndex: frameNo(60), caption: 'x' }],
      objects: [],
      steps: [{ text: 'x', frames: [] }],
      task: 't',
      distractors: [],
    },
  }

  it('is taken at its word, without an embedder', async () => {
    const input = inputOf({ ...picks({ claimed: 60, caption: 'aaaa' }), 'write-qa': { pairs: [pair] } })
    expect(await retrieveStage(input, depsOf({ embedder: { embed: isDown } }))).toEqual({
      frames: [{ frameIndex: 60, score: null, margin: null, isLowMargin: false }],
    })
  })

  it('is looked up where it did not name a frame', async () => {
    const input = inputOf({ ...picks({ caption: 'zzzz' }), 'write-qa': { pairs: [pair] } })
    expect((await retrieveStage(input, depsOf())).frames[0]).toMatchObject({ frameIndex: 40, score: 1 })
  })
})

describe('bad answers', () => {
  it.each([
    ['too few vectors', async () => [Float32Array.of(1)]],
    ['no unit vectors', async (texts: readonly string[]) => texts.map(() => new Float32Array(26))],
  ])('of %s are refused', async (_, embed) => {
    expect(await codeOf(retrieveStage(inputOf(picks({ caption: 'x' })), depsOf({ embedder: { embed } })))).toBe('model_bad_answer')
  })

  it('and a model that is down is said to be down', async () => {
    expect(await codeOf(retrieveStage(inputOf(), depsOf({ embedder: { embed: isDown } })))).toBe('model_unavailable')
  })
})
