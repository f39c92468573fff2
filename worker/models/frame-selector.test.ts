import { beforeAll, describe, expect, it } from 'vitest'
import type { SampledFrame } from '@/core/pipeline/outputs'
import { FIRST_SELECTOR, type SelectorSettings } from '@/core/pipeline/settings'
import { visionAgreeing } from '../vision-for-tests'
import { type EmbeddedDetector, embeddedDetector } from './embedded-detector'
import { frameSelector, type SelectorParts } from './frame-selector'
import { frameNo } from './models-for-tests'
import type { Embedder, FramePicture, FrameReader } from './roles'
import { pictureOf, SCENE, sceneForTests } from './scene-for-tests'
import { weightsForTests } from './weights-for-tests'

const weights = await weightsForTests()
const signal = new AbortController().signal
const TEXT_ONLY = { text: 1, objects: 0, vision: 0 }

/** Texts that name a dog are one thing, all others another. */
const embedder: Embedder = {
  identity: { kind: 'model', provider: 'openai', model: 'words', version: '1' },
  dimensions: 2,
  embed: async (texts) => texts.map((text) => (/dog/.test(text) ? Float32Array.of(1, 0) : Float32Array.of(0, 1))),
}

describe.skipIf(weights === null)('a selector of a run', () => {
  let detector: EmbeddedDetector
  let scene: FramePicture
  beforeAll(async () => {
    detector = await embeddedDetector(weights ?? '')
    scene = await sceneForTests()
  })
  const grey = pictureOf(SCENE.width, SCENE.height, Buffer.alloc(SCENE.width * SCENE.height * 3, 128))
  /** Frame 0, 10, 20 …; the drawn scene, with a clock on it, at some places. */
  const frameOf = (at: number): SampledFrame => ({ index: frameNo(at * 10), pts: at, timeSec: at })
  const captionsOf = (...texts: string[]) =>
    texts.map((text, at) => ({ frameIndex: frameNo(at * 10), text, facts: null, frame: frameOf(at) }))
  const readerOf = (scenes: readonly number[]): FrameReader => ({
    ...SCENE,
    async read(frames, onPicture) {
      for (const frame of frames) await onPicture({ ...(scenes.includes(frame.timeSec) ? scene : grey), frame })
    },
  })
  const open = (change: Partial<SelectorSettings> = {}, parts: Partial<SelectorParts> = {}) =>
    frameSelector({ ...FIRST_SELECTOR, ...change }, { detector, embedder, vision: null, ...parts })
  const four = captionsOf('A cat.', 'A dog sits.', 'A cat.', 'A tree.')

  it('chooses by what the captions of the run say', async () => {
    const { choice } = await open({ weights: TEXT_ONLY }).select('Where is the dog?', four, readerOf([]), signal)
    expect(choice.chosen.map(({ index, relevance }) => [Number(index), relevance])).toEqual([[10, 1]])
    expect(choice.curve).toEqual([0, 1, 0, 0])
  })

  it('chooses by what is seen on the frames', async () => {
    const asked = open({ weights: { text: 1, objects: 9, vision: 0 } })
    const { choice, notes } = await asked.select('Where is the clock?', four, readerOf([2]), signal)
    expect(choice.chosen.map(({ index }) => Number(index))).toEqual([20])
    expect(notes).toEqual(['Looking for “clock”.'])
    const nothing = await asked.select('Where is the bus?', captionsOf('A cat.', 'A tree.'), readerOf([]), signal)
    expect(nothing.notes.slice(1)).toEqual([expect.stringContaining('text tells no frame'), expect.stringContaining('objects tell no')])
  })

  it('chooses by a dual encoder, where one counts', async () => {
    const vision = visionAgreeing(({ timeSec }) => (timeSec === 3 ? 0.4 : 0.1))
    const asked = open({ weights: { text: 0, objects: 0, vision: 1 }, visionModel: 'tiny/clip' }, { vision, embedder: null })
    expect((await asked.select('What?', four, readerOf([]), signal)).choice.chosen.map(({ index }) => Number(index))).toEqual([30])
    expect(asked.identity).toMatchObject({ provider: 'embedded + onnx', model: 'selector adaptive (ssd-coco + tiny/clip)' })
  })

  it('takes no more than k, and more different ones with more diversity', async () => {
    const same = captionsOf('A dog.', 'A dog.', 'A dog.', 'A dog.')
    const pick = async (diversity: number) => {
      const asked = open({ method: 'mmr', k: 2, diversity, weights: TEXT_ONLY })
      const { choice } = await asked.select('The dog?', same, readerOf([3]), signal)
      return choice.chosen.map(({ index }) => Number(index))
    }
    expect(await pick(0)).toHaveLength(2)
    expect(await pick(1)).toEqual([0, 30])
  })

  it('compares whole captions for lifo', async () => {
    const captions = captionsOf('A dog.', 'A dog runs.', 'A cat.')
    const asked = open({ method: 'lifo', k: 2, weights: TEXT_ONLY })
    // The second caption repeats the first; the third is less relevant, but says something else.
    expect((await asked.select('The dog?', captions, readerOf([]), signal)).choice.chosen.map(({ index }) => Number(index))).toEqual([
      0, 20,
    ])
  })

  it('decodes a stored video once for all its drafts', async () => {
    const read: number[] = []
    const reader = readerOf([2])
    const stored: FrameReader = {
      ...reader,
      videoSha256: 'a'.repeat(64),
      read: (frames, onPicture) => {
        read.push(...frames.map(({ index }) => index))
        return reader.read(frames, onPicture)
      },
    }
    const vision = visionAgreeing(({ timeSec }) => (timeSec === 3 ? 0.4 : 0.1))
    const asked = open({ weights: { text: 0, objects: 1, vision: 1 }, visionModel: 'tiny/clip' }, { vision })
    const drafts = ['Where is the clock?', 'Is there a clock?', 'Where is the clock?']
    const first = await Promise.all(drafts.map((question) => asked.select(question, four, stored, signal)))
    expect(read.sort((a, b) => a - b)).toEqual([0, 10, 20, 30])
    expect(vision.pictures).toHaveLength(4)
    expect(first[2]?.choice).toEqual(first[0]?.choice)
    // Two frames more, in another group of the same video.
    await asked.select('Where is the clock?', [...four, ...captionsOf('', '', '', '', 'A hat.', 'A hat.').slice(4)], stored, signal)
    expect(read.slice(4)).toEqual([40, 50])
  })

  it('says who it is: its method first, then by what it went', () => {
    expect(open().identity).toMatchObject({ kind: 'model', provider: 'embedded + openai', model: 'selector adaptive (ssd-coco + words)' })
  })

  it('takes a question of any length', async () => {
    const { choice } = await open({ weights: TEXT_ONLY }).select(`the dog ${'why '.repeat(5000)}`, four, readerOf([]), signal)
    expect(choice.chosen).toHaveLength(1)
  })

  it('refuses what it cannot do, and ends when it is told to', async () => {
    const wrong = open({ weights: TEXT_ONLY }, { embedder: null })
    await expect(wrong.select('Where?', four, readerOf([]), signal)).rejects.toMatchObject({ code: 'invalid_input' })
    const deaf: FrameReader = { ...SCENE, read: async () => undefined }
    await expect(open().select('Where?', four, deaf, signal)).rejects.toMatchObject({ code: 'corrupt_media' })
    const over = AbortSignal.abort(new Error('enough'))
    await expect(open().select('Where?', four, readerOf([]), over)).rejects.toThrow('enough')
  })
})
