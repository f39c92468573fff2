import { describe, expect, it } from 'vitest'
import { frameNo } from '@/core/document.fixture'
import type { QaPair } from '@/core/pipeline/outputs'
import type { Detector, Found } from '../models/roles'
import { groundStage } from './ground'
import { codeOf, isDown } from './refusal-for-tests'
import { depsOf, fakeReader, inputOf } from './stage.fixture'

const box = (x: number, score: number, label = 'thing') => ({ rect: { x, y: 10, w: 20, h: 20 }, score, label })
const found = (...boxes: Found['boxes'][number][]): Found => ({ boxes, reason: null })
const detecting = (detect: Detector['detect']) => depsOf({ detector: { detect } })

describe('ground', () => {
  it('looks once at each core frame, with the thresholds of the settings', async () => {
    const reader = fakeReader()
    const asked: unknown[] = []
    const detect: Detector['detect'] = async ({ frame }, phrases, thresholds) => {
      asked.push([frame.index, phrases, thresholds])
      return phrases.map((_, at) => found(box(frame.index + at, 0.5)))
    }
    const { boxes, undetectable } = await groundStage(inputOf(), { ...detecting(detect), reader })
    expect(reader.reads).toEqual([[0, 20]])
    expect(asked).toEqual([0, 20].map((index) => [index, ['the man', 'a dog'], { box: 0.35, text: 0.25 }]))
    // Frame 0 is the second pick, frame 20 the first; boxes stand in order of time.
    expect(boxes.map(({ object, frame, rect }) => [object, frame, rect.x])).toEqual([
      [0, 1, 0],
      [1, 1, 1],
      [0, 0, 20],
      [1, 0, 21],
    ])
    expect(undetectable).toEqual([])
  })

  it('has let go of the decoder while it waits for the model', async () => {
    const reader = fakeReader()
    let isDecoding = false
    const read: typeof reader.read = async (frames, onPicture) => {
      isDecoding = true
      await reader.read(frames, onPicture)
      isDecoding = false
    }
    const seen: boolean[] = []
    const detect: Detector['detect'] = async (_, phrases) => {
      seen.push(isDecoding)
      return phrases.map(() => found())
    }
    await groundStage(inputOf(), { ...detecting(detect), reader: { ...reader, read } })
    expect(seen).toEqual([false, false])
  })

  it('holds four pictures at once, and waits for the answers of all four when one is bad', async () => {
    const reader = fakeReader()
    const frames = [0, 10, 20, 30, 40, 50].map((at) => ({ frameIndex: frameNo(at), score: 1, margin: 1, isLowMargin: false }))
    const input = inputOf({ retrieve: { frames } })
    await groundStage(input, { ...depsOf(), reader })
    expect(reader.reads).toEqual([
      [0, 10, 20, 30],
      [40, 50],
    ])
    let answered = 0
    const detect: Detector['detect'] = async ({ frame }, phrases) => {
      if (frame.index === 10) return isDown()
      await new Promise(setImmediate)
      answered += 1
      return phrases.map(() => found())
    }
    expect(await codeOf(groundStage(input, detecting(detect)))).toBe('model_unavailable')
    expect(answered).toBe(3)
  })

  it('looks once at a frame that two picks led to', async () => {
    const reader = fakeReader()
    const place = { frameIndex: frameNo(40), score: 1, margin: 1, isLowMargin: false }
    const { boxes } = await groundStage(inputOf({ retrieve: { frames: [place, place] } }), { ...depsOf(), reader })
    expect(reader.reads).toEqual([[40]])
    expect(boxes.map((entry) => entry.frame)).toEqual([0, 0])
  })

  it('keeps the best, cut at the edges, with an area', async () => {
    const detect: Detector['detect'] = async (_, phrases) =>
      phrases.map((_phrase, at) =>
        at === 0 ? found(box(100, 0.4), box(-5, 0.9), box(700, 0.8), { rect: { x: 9, y: 9, w: 0, h: 5 }, score: 1, label: 'x' }) : found(),
      )
    const { boxes } = await groundStage(inputOf(), detecting(detect))
    expect(boxes.filter((entry) => entry.frame === 0).map(({ rect, score }) => [rect.x, rect.w, score])).toEqual([
      [0, 15, 0.9],
      [100, 20, 0.4],
    ])
    const one = inputOf({}, { detection: { boxThreshold: 0.3, textThreshold: 0.3, maxBoxes: 1 } })
    expect((await groundStage(one, detecting(detect))).boxes.filter((entry) => entry.frame === 0)).toHaveLength(1)
  })

  it('says what cannot be looked for; what was looked for and not found says nothing', async () => {
    const detect: Detector['detect'] = async (_, [, ...rest]) => [
      { boxes: [], reason: 'not detectable: no such class' },
      ...rest.map(() => found()),
    ]
    expect(await groundStage(inputOf(), detecting(detect))).toEqual({
      boxes: [],
      undetectable: [{ object: 0, reason: 'not detectable: no such class' }],
    })
  })

  it('reads nothing when no object was named', async () => {
    const reader = fakeReader()
    expect(await groundStage(inputOf({ 'name-objects': { objects: [] } }), { ...depsOf(), reader })).toEqual({
      boxes: [],
      undetectable: [],
    })
    expect(reader.reads).toEqual([])
  })

  it.each([
    ['an answer too few', async () => [found()]],
    ['no answer', async () => []],
    ['a box that is not made of numbers', async () => [found(box(Number.NaN, 1)), found()]],
    ['a score that is none', async () => [found(box(1, Number.POSITIVE_INFINITY)), found()]],
  ])('refuses %s', async (_, detect) => {
    expect(await codeOf(groundStage(inputOf(), detecting(detect)))).toBe('model_bad_answer')
  })

  it('refuses a frame outside the video before anything is read', async () => {
    const reader = fakeReader()
    const frames = [{ frameIndex: frameNo(160), score: 1, margin: 1, isLowMargin: false }]
    expect(await codeOf(groundStage(inputOf({ retrieve: { frames } }), { ...depsOf(), reader }))).toBe('frame_out_of_range')
    expect(reader.reads).toEqual([])
  })

  it('hands on what the model throws', async () => {
    expect(await codeOf(groundStage(inputOf(), detecting(isDown)))).toBe('model_unavailable')
  })
})

describe('boxes that the writer saw', () => {
  const pair: QaPair = {
    key: 'k1',
    group: 0,
    question: 'Why?',
    answer: 'Because.',
    support: {
      frames: [{ frameIndex: frameNo(0), caption: 'x' }],
      objects: [
        { phrase: 'the man', label: 'person', boxes: [{ frameIndex: frameNo(0), rect: { x: 1, y: 1, w: 5, h: 5 }, score: 0.7 }] },
        { phrase: 'a dog', label: 'dog', boxes: [{ frameIndex: frameNo(40), rect: { x: 2, y: 2, w: 5, h: 5 }, score: 0.6 }] },
      ],
      steps: [{ text: 'x', frames: [] }],
      task: 't',
      distractors: [],
    },
  }
  const known = { 'write-qa': { pairs: [pair] } }

  it('are taken on the core frames, without a search', async () => {
    const output = await groundStage(inputOf(known), detecting(isDown))
    expect(output).toEqual({
      boxes: [{ object: 0, frame: 1, rect: { x: 1, y: 1, w: 5, h: 5 }, score: 0.7, label: 'person' }],
      undetectable: [],
    })
  })

  it('are not taken for objects that another writer named', async () => {
    const objects = [{ phrase: 'someone else' }, { phrase: 'a dog' }]
    const { boxes } = await groundStage(inputOf({ ...known, 'name-objects': { objects } }), depsOf())
    expect(boxes).toHaveLength(4)
  })
})
