import { describe, expect, it } from 'vitest'
import { frameNo } from '@/core/document.fixture'
import type { Support } from '@/core/pipeline/outputs'
import { codeOf, isDown } from './refusal-for-tests'
import { captionOf, depsOf, inputOf } from './stage.fixture'
import { writeQaStage } from './write-qa'

const frames = [0, 20, 40, 60].map(frameNo)
const twoGroups = inputOf({ group: { groups: [frames.slice(0, 2), frames.slice(2)] } }, { pairsPerGroup: 2 })
const pair = (question: string, answer = 'A.', support: Support | null = null) => ({ question, answer, support })
const writing = (...pairs: ReturnType<typeof pair>[]) => depsOf({ qaWriter: { writePairs: async () => pairs } })

describe('write-qa', () => {
  it('asks for each group, with its captions in order, and gives each pair a key of its own', async () => {
    const asked: string[][] = []
    const writePairs = async (group: { position: number; captions: readonly { text: string }[] }, count: number) => {
      asked.push([String(count), ...group.captions.map((caption) => caption.text)])
      return [pair(`Why ${group.position}?`), pair(`How ${group.position}?`)]
    }
    const { pairs } = await writeQaStage(twoGroups, depsOf({ qaWriter: { writePairs } }))
    expect(asked).toEqual([
      ['2', 'A man waits.', 'A dog comes.'],
      ['2', 'A bus stops here.', 'Quiet street.'],
    ])
    expect(pairs.map(({ question, group }) => [question, group])).toEqual([
      ['Why 0?', 0],
      ['How 0?', 0],
      ['Why 1?', 1],
      ['How 1?', 1],
    ])
    expect(new Set(pairs.map((entry) => entry.key)).size).toBe(4)
    expect(pairs.every((entry) => /^[0-9a-f]{32}$/.test(entry.key))).toBe(true)
  })

  it('keeps the first of the same pair, and no more than were asked for', async () => {
    const { pairs } = await writeQaStage(twoGroups, writing(pair('Why?'), pair(' Why? ', 'A.'), pair('Third?')))
    expect(pairs).toMatchObject([{ question: 'Why?', group: 0 }])
  })

  it('may come to nothing', async () => {
    expect(await writeQaStage(twoGroups, writing())).toEqual({ pairs: [] })
  })

  it('does not ask about a single caption', async () => {
    const deps = depsOf({ qaWriter: { writePairs: isDown } })
    expect(await writeQaStage(inputOf({ group: { groups: [[frameNo(0)]] } }), deps)).toEqual({ pairs: [] })
  })

  it.each([
    ['an empty question', pair(' ')],
    ['an empty answer', pair('Why?', '…')],
  ])('refuses %s', async (_, bad) => {
    expect(await codeOf(writeQaStage(twoGroups, writing(pair('Good?'), bad)))).toBe('model_bad_answer')
  })

  it('stops when the run is stopped', async () => {
    const deps = depsOf({}, { signal: AbortSignal.abort(new Error('stopped')) })
    await expect(writeQaStage(twoGroups, deps)).rejects.toThrow('stopped')
  })

  it('hands on what the model throws', async () => {
    expect(await codeOf(writeQaStage(twoGroups, depsOf({ qaWriter: { writePairs: isDown } })))).toBe('model_unavailable')
  })
})

describe('a writer that brings its support', () => {
  const support: Support = {
    frames: [{ frameIndex: frameNo(0), caption: 'x' }],
    objects: [{ phrase: 'a man', label: 'person', boxes: [{ frameIndex: frameNo(20), rect: { x: 0, y: 0, w: 1, h: 1 }, score: 1 }] }],
    steps: [{ text: '[[0]] waits.', frames: [frameNo(0)] }],
    task: 'event_process',
    distractors: [],
  }
  const one = inputOf({ group: { groups: [frames] }, caption: { captions: [0, 20, 40, 60].map((index) => captionOf(index, 'x')) } })
  const stray = frameNo(140)

  it('keeps it', async () => {
    const { pairs } = await writeQaStage(one, writing(pair('Why?', 'A.', support)))
    expect(pairs[0]?.support).toEqual(support)
  })

  it.each([
    ['core frame', { ...support, frames: [{ frameIndex: stray, caption: 'x' }] }],
    ['step', { ...support, steps: [{ text: 'x', frames: [stray] }] }],
    [
      'box',
      {
        ...support,
        objects: support.objects.map((object) => ({ ...object, boxes: object.boxes.map((box) => ({ ...box, frameIndex: stray })) })),
      },
    ],
  ])('is refused when a %s lies outside its group', async (_, bad) => {
    expect(await codeOf(writeQaStage(one, writing(pair('Why?', 'A.', bad))))).toBe('model_bad_answer')
  })
})
