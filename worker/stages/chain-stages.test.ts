import { describe, expect, it } from 'vitest'
import { frameNo } from '@/core/document.fixture'
import type { QaPair, WriteEvidenceOutput } from '@/core/pipeline/outputs'
import { FIRST_SELECTOR } from '@/core/pipeline/settings'
import type { CotWriter } from '../models/roles'
import { templateCotWriter } from '../models/template-cot-writer'
import { classifyTaskStage } from './classify-task'
import { groundStage } from './ground'
import { nameObjectsStage } from './name-objects'
import { pickCoreFramesStage } from './pick-core-frames'
import { codeOf, isDown } from './refusal-for-tests'
import { retrieveStage } from './retrieve'
import { choiceOf, depsOf, inputOf } from './stage.fixture'
import { writeEvidenceStage } from './write-evidence'
import { writeOptionsStage } from './write-options'

const writer = (cotWriter: Partial<CotWriter>) => depsOf({ cotWriter })
const supported = (distractors: string[] = []): QaPair => ({
  key: 'k1',
  group: 0,
  question: 'Why?',
  answer: 'Because.',
  support: {
    frames: [{ frameIndex: frameNo(0), caption: 'x' }],
    objects: [],
    steps: [{ text: 'x', frames: [frameNo(0)] }],
    task: 'event_process',
    distractors,
  },
})
const withSupport = (distractors?: string[]) => ({ 'write-qa': { pairs: [supported(distractors)] } })

describe('pick-core-frames', () => {
  const pick = (frames: { claimedIndex: number | null; caption: string }[], input = inputOf()) =>
    pickCoreFramesStage(
      input,
      writer({
        pickCoreFrames: async () => ({
          frames: frames.map(({ claimedIndex, caption }) => ({
            claimedIndex: claimedIndex === null ? null : frameNo(claimedIndex),
            caption,
          })),
        }),
      }),
    )

  it('takes what the writer picked among the captions of the group', async () => {
    const { frames } = await pick([
      { claimedIndex: 20, caption: 'the dog' },
      { claimedIndex: null, caption: 'the man' },
    ])
    expect(frames).toHaveLength(2)
  })

  it.each([
    ['a frame that was not captioned', [{ claimedIndex: 21, caption: 'x' }]],
    ['a frame outside the video', [{ claimedIndex: 99_999, caption: 'x' }]],
    ['no frame', []],
    ['an empty caption', [{ claimedIndex: 20, caption: ' ' }]],
    ['more than were asked for', Array.from({ length: 4 }, () => ({ claimedIndex: 20, caption: 'x' }))],
  ])('refuses %s', async (_, frames) => {
    expect(await codeOf(pick(frames))).toBe('model_bad_answer')
  })

  it('lets a writer that knows its frames name more', async () => {
    const four = [0, 20, 40, 60].map((claimedIndex) => ({ claimedIndex, caption: 'x' }))
    expect((await pick(four, inputOf(withSupport()))).frames).toHaveLength(4)
  })

  it('lets a selector choose among the frames of the group where the settings say so', async () => {
    const asked: string[] = []
    const deps = depsOf({
      cotWriter: { pickCoreFrames: () => Promise.reject(new Error('nobody asks the writer')) },
      selector: {
        async select(question, captions) {
          asked.push(question, ...captions.map(({ frame, text }) => `${frame.timeSec} ${text}`))
          return { choice: choiceOf(captions.map(({ frame }) => frame)), notes: ['Looking for “man”.'] }
        },
      },
    })
    expect(await pickCoreFramesStage(inputOf({}, { selector: FIRST_SELECTOR }), deps)).toEqual({
      frames: [
        { claimedIndex: 0, caption: 'A man waits.' },
        { claimedIndex: 60, caption: 'Quiet street.' },
      ],
      selector: { method: 'topk', relevance: [1, 0.25], notes: ['Looking for “man”.'] },
    })
    expect(asked).toEqual(['Why?', '0 A man waits.', '1 A dog comes.', '2 A bus stops here.', '3 Quiet street.'])
  })

  it('keeps the frames that a template saw its evidence on beside those of the selector, each once', async () => {
    const pair = supported()
    const evidence = [0, 20].map((index) => ({ frameIndex: frameNo(index), caption: `seen ${index}` }))
    const support = pair.support === null ? null : { ...pair.support, frames: evidence }
    const input = inputOf({ 'write-qa': { pairs: [{ ...pair, support }] } }, { selector: FIRST_SELECTOR })
    const { frames, selector } = await pickCoreFramesStage(input, depsOf())
    expect(frames.map(({ claimedIndex }) => claimedIndex)).toEqual([0, 60, 20])
    expect(selector?.relevance).toEqual([1, 0.25, null])
  })

  it('leaves a template its own evidence: names, sentences and boxes stay on the frames that they were seen on', async () => {
    const box = { frameIndex: frameNo(20), rect: { x: 1, y: 2, w: 30, h: 40 }, score: 0.9 }
    const support = {
      frames: [{ frameIndex: frameNo(20), caption: 'A dog comes.' }],
      objects: [{ phrase: 'the dog', label: 'dog', boxes: [box] }],
      steps: [{ text: 'Here [[0]] comes.', frames: [frameNo(20)] }],
      task: 'event_process',
      distractors: [],
    }
    const given = { 'write-qa': { pairs: [{ ...supported(), support }] } }
    const deps = { ...depsOf(), models: { ...depsOf().models, cotWriter: async () => templateCotWriter() } }
    const own = { selector: FIRST_SELECTOR }
    const picked = await pickCoreFramesStage(inputOf(given, own), deps)
    const named = await nameObjectsStage(inputOf({ ...given, 'pick-core-frames': picked }, own), deps)
    const chain = { ...given, 'pick-core-frames': picked, 'name-objects': named }
    const { steps } = await writeEvidenceStage(inputOf(chain, own), deps)
    const found = await retrieveStage(inputOf(chain, own), deps)
    expect(found.frames.map(({ frameIndex, score }) => [Number(frameIndex), score])).toEqual([
      [0, 1],
      [60, 0.25],
      [20, null],
    ])
    expect(steps[0]?.frames).toEqual([2])
    const { boxes } = await groundStage(inputOf({ ...chain, retrieve: found }, own), deps)
    expect(boxes).toEqual([{ object: 0, frame: 2, rect: box.rect, score: 0.9, label: 'dog' }])
  })

  it('says when the question is not there', async () => {
    expect(await codeOf(pickCoreFramesStage({ ...inputOf(), pairKey: 'other' }, depsOf()))).toBe('internal')
    expect(await codeOf(pickCoreFramesStage(inputOf({ group: { groups: [] } }), depsOf()))).toBe('internal')
  })
})

describe('name-objects', () => {
  const name = (phrases: string[], input = inputOf()) =>
    nameObjectsStage(input, writer({ nameObjects: async () => ({ objects: phrases.map((phrase) => ({ phrase })) }) }))

  it('names each thing once', async () => {
    expect(await name(['the man', ' The  man. ', 'a dog'])).toEqual({ objects: [{ phrase: 'the man' }, { phrase: 'a dog' }] })
  })

  it('leaves the places of a writer that knows its objects', async () => {
    expect((await name(['a person', 'a person'], inputOf(withSupport()))).objects).toHaveLength(2)
  })

  it('may name nothing, but not a thing without a name', async () => {
    expect(await name([])).toEqual({ objects: [] })
    expect(await codeOf(name(['the man', '?!']))).toBe('model_bad_answer')
  })
})

describe('write-evidence', () => {
  const write = (steps: WriteEvidenceOutput['steps']) => writeEvidenceStage(inputOf(), writer({ writeEvidence: async () => ({ steps }) }))
  const step = (change: Partial<WriteEvidenceOutput['steps'][number]> = {}) => ({
    tokens: [
      { kind: 'text' as const, text: 'Then ' },
      { kind: 'mention' as const, text: '', object: 1 },
    ],
    frames: [0, 1],
    ...change,
  })

  it('takes steps that name what is there', async () => {
    expect(await write([step()])).toEqual({ steps: [step()] })
  })

  it.each([
    ['no step', []],
    ['a core frame that is not there', [step({ frames: [2] })]],
    ['an object that is not there', [step({ tokens: [{ kind: 'mention', text: 'x', object: 2 }] })]],
    ['a step without words', [step(), step({ tokens: [{ kind: 'text', text: ' ' }] })]],
    ['a step of very many parts', [step({ tokens: Array.from({ length: 2001 }, () => ({ kind: 'text' as const, text: 'x' })) })]],
  ])('refuses %s', async (_, steps) => {
    expect(await codeOf(write(steps))).toBe('model_bad_answer')
  })
})

describe('classify-task', () => {
  const classify = (task: string) => classifyTaskStage(inputOf(), writer({ classifyTask: async () => ({ task, reason: null }) }))

  it('takes any spelling of one of the 14 tasks', async () => {
    expect(await classify('Causal Analysis')).toEqual({ task: 'causal_inference', reason: null })
    expect((await classify('traffic_analysis')).task).toBe('traffic_analysis')
  })

  it('refuses another word', async () => {
    expect(await codeOf(classify('Astrology'))).toBe('model_bad_answer')
    expect(await codeOf(classify(''))).toBe('model_bad_answer')
  })
})

describe('write-options', () => {
  const write = (distractors: string[], own = {}) =>
    writeOptionsStage(inputOf({}, own), writer({ writeDistractors: async () => distractors }))

  it('shuffles three wrong answers with the right one and records the seed', async () => {
    const made = await write(['One.', 'Two.', 'Three.'])
    expect(made.options[made.correctIndex ?? -1]).toBe('Because.')
    expect([...made.options].sort()).toEqual(['Because.', 'One.', 'Three.', 'Two.'])
    expect(await write(['One.', 'Two.', 'Three.'])).toEqual(made)
    expect((await write(['One.', 'Two.', 'Three.'], { options: { isOn: true, seed: 2 } })).seed).not.toBe(made.seed)
  })

  it('refuses fewer than three different ones', async () => {
    expect(await codeOf(write(['One.', 'one', 'Because.', 'Two.']))).toBe('model_bad_answer')
    expect(await codeOf(write([]))).toBe('model_bad_answer')
  })

  it('asks nobody when options are off', async () => {
    const off = inputOf({}, { options: { isOn: false, seed: 1 } })
    expect(await writeOptionsStage(off, writer({ writeDistractors: isDown }))).toMatchObject({ options: [], correctIndex: null })
  })

  it('takes the writer’s own wrong answers, and leaves the question open where it knows too few', async () => {
    const deps = writer({ writeDistractors: isDown })
    expect((await writeOptionsStage(inputOf(withSupport(['x', 'y', 'z'])), deps)).options).toHaveLength(4)
    expect((await writeOptionsStage(inputOf(withSupport(['x'])), deps)).options).toEqual([])
  })
})

describe('a writer that is down', () => {
  it.each([
    ['pick-core-frames', pickCoreFramesStage, { pickCoreFrames: isDown }],
    ['name-objects', nameObjectsStage, { nameObjects: isDown }],
    ['write-evidence', writeEvidenceStage, { writeEvidence: isDown }],
    ['classify-task', classifyTaskStage, { classifyTask: isDown }],
    ['write-options', writeOptionsStage, { writeDistractors: isDown }],
  ])('fails %s with the same code', async (_, stage, cotWriter) => {
    expect(await codeOf(stage(inputOf(), writer(cotWriter)))).toBe('model_unavailable')
  })
})
