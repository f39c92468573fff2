/** Answers of the right shape that do not fit the input: frames nobody gave, positions out of range, things said twice. */
import type { LanguageModel } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { describe, expect, test } from 'vitest'
import type { QaPair } from '@/core/pipeline/outputs'
import type { ProviderRef } from '@/core/pipeline/settings'
import type { ModelAccess } from './ask-model'
import { createLanguageCaptioner } from './language-captioner'
import { createLanguageCotWriter } from './language-cot-writer'
import { createLanguageDetector } from './language-detector'
import { createLanguageJudge } from './language-judge'
import { createLanguageQaWriter } from './language-qa-writer'
import { frameNo, framesFor, groupOf, pictureOf, readerOf, recordingDesk } from './models-for-tests'

const REF: ProviderRef = { provider: 'server:local', model: 'mock', parameters: {} }
const GROUP = groupOf(['A woman walks.', 'A dog runs.', 'A train stops.'])
const PAIR: QaPair = { key: 'k', group: 0, question: 'Why does the dog run?', answer: 'Because the train stops.', support: null }
const VIEW = { pair: PAIR, group: GROUP }
const FRAMES = {
  frames: [
    { claimedIndex: frameNo(0), caption: 'A woman.' },
    { claimedIndex: frameNo(25), caption: 'A dog.' },
  ],
}
const OBJECTS = { objects: [{ phrase: 'woman' }, { phrase: 'dog' }] }

/** A model that answers with that, whatever it is asked. */
function answering(answer: unknown): ModelAccess {
  const model: LanguageModel = new MockLanguageModelV4({
    doGenerate: async () => ({
      content: [{ type: 'text', text: typeof answer === 'string' ? answer : JSON.stringify(answer) }],
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: {
        inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
        outputTokens: { total: undefined, text: undefined, reasoning: undefined },
      },
      warnings: [],
    }),
  })
  const embedding = () => Promise.reject(new Error('not asked for'))
  return { desk: recordingDesk(), clients: { language: async () => model, embedding, timeoutMs: 5000, secrets: [] }, prompts: {} }
}

const isBad = (message: RegExp) => expect.objectContaining({ code: 'model_bad_answer', message: expect.stringMatching(message) })

describe('captions', () => {
  const caption = (captions: unknown) => createLanguageCaptioner(REF, answering({ captions })).caption(framesFor(2), [], readerOf(), 8)
  const one = { picture: 1, caption: 'A dog.' }
  const two = { picture: 2, caption: 'A cat.' }

  test('in another order are put right', async () => {
    expect((await caption([two, one])).map((entry) => entry.text)).toEqual(['A dog.', 'A cat.'])
  })

  test.each([
    [[one]],
    [[one, one]],
    [[one, { picture: 3, caption: 'x' }]],
    [[one, two, { picture: 3, caption: 'x' }]],
    [[one, two, two]],
    [[one, { picture: 2, caption: '  ' }]],
    [[]],
  ])('%j is not one for each of two pictures', async (captions) => {
    await expect(caption(captions)).rejects.toEqual(isBad(/not one for each/))
  })
})

describe('pairs and judgements', () => {
  test('more pairs than asked for are cut, none is an answer too, one without words is not', async () => {
    const write = (pairs: unknown) => createLanguageQaWriter(REF, answering({ pairs })).writePairs(GROUP, 1)
    const pair = { question: ' Why? ', answer: ' So. ' }
    expect(await write([pair, pair])).toEqual([{ question: 'Why?', answer: 'So.', support: null }])
    expect(await write([])).toEqual([])
    await expect(write([{ question: 'Why?', answer: ' ' }])).rejects.toEqual(isBad(/without words/))
  })

  test('a rejection names a rule, and every judgement has a reason', async () => {
    const judge = (answer: object) => createLanguageJudge(REF, answering(answer)).judge(PAIR, GROUP)
    const reason = 'It is so.'
    expect(await judge({ verdict: 'keep', criterion: 'trivial', reason })).toMatchObject({ verdict: 'keep', criterion: null })
    expect(await judge({ verdict: 'reject', criterion: 'trivial', reason })).toMatchObject({ verdict: 'reject', criterion: 'trivial' })
    await expect(judge({ verdict: 'reject', criterion: null, reason })).rejects.toEqual(isBad(/without naming a rule/))
    await expect(judge({ verdict: 'keep', criterion: null, reason: ' ' })).rejects.toEqual(isBad(/without a reason/))
  })
})

describe('core frames', () => {
  const pick = (frames: unknown) => createLanguageCotWriter(REF, answering({ frames })).pickCoreFrames(VIEW, { min: 2, max: 3 })
  const frame = (index: number | null, caption = 'Something.') => ({ frame: index, caption })

  test('of the group are taken; an unknown one may be null', async () => {
    expect(await pick([frame(25, ' A dog. '), frame(null)])).toEqual({
      frames: [
        { claimedIndex: 25, caption: 'A dog.' },
        { claimedIndex: null, caption: 'Something.' },
      ],
    })
  })

  test.each([
    [[frame(0), frame(24)], /frame 24, which is not among/],
    [[frame(0), frame(99_999_999)], /not among/],
    [[frame(0)], /1 core frames instead of 2 to 3/],
    [[frame(0), frame(25), frame(50), frame(null)], /4 core frames/],
    [[frame(0), frame(0)], /same frame twice/],
    [[frame(0), frame(25, ' ')], /without a caption/],
    [[], /0 core frames/],
  ])('%j is refused', async (frames, message) => {
    await expect(pick(frames)).rejects.toEqual(isBad(message))
  })

  test('a group of one frame cannot give two', async () => {
    const view = { pair: PAIR, group: groupOf(['A woman walks.']) }
    const writer = createLanguageCotWriter(REF, answering({ frames: [frame(0)] }))
    expect((await writer.pickCoreFrames(view, { min: 2, max: 3 })).frames).toHaveLength(1)
  })
})

describe('objects, evidence, wrong answers', () => {
  const writer = (answer: object) => createLanguageCotWriter(REF, answering(answer))

  test('objects are named once, with words', async () => {
    const name = (phrases: string[]) => writer({ objects: phrases.map((phrase) => ({ phrase })) }).nameObjects(VIEW, FRAMES)
    expect(await name(['Dog', 'dog ', 'red coat'])).toEqual({ objects: [{ phrase: 'Dog' }, { phrase: 'red coat' }] })
    await expect(name([])).rejects.toEqual(isBad(/no objects/))
    await expect(name([' '])).rejects.toEqual(isBad(/without words/))
  })

  test('evidence cites what is there', async () => {
    const write = (sentence: string, frames: number[]) => writer({ steps: [{ sentence, frames }] }).writeEvidence(VIEW, FRAMES, OBJECTS)
    expect(await write('[[1|The dog]] runs.', [1, 1])).toEqual({
      steps: [
        {
          tokens: [
            { kind: 'mention', object: 1, text: 'The dog' },
            { kind: 'text', text: ' runs.' },
          ],
          frames: [1],
        },
      ],
    })
    await expect(write('[[2]] runs.', [0])).rejects.toEqual(isBad(/object 2, and there are 2/))
    await expect(write('It runs.', [2])).rejects.toEqual(isBad(/moment 2, and there are 2/))
    await expect(writer({ steps: [] }).writeEvidence(VIEW, FRAMES, OBJECTS)).rejects.toEqual(isBad(/no evidence/))
  })

  test('wrong answers differ from each other and from the right one', async () => {
    const write = (distractors: string[]) => writer({ distractors }).writeDistractors(VIEW, 2)
    expect(await write(['A.', 'B.', 'C.'])).toEqual(['A.', 'B.'])
    await expect(write(['A.', 'because the train stops', ''])).rejects.toEqual(isBad(/1 wrong answers of use instead of 2/))
    await expect(write(['A.', 'a', 'A!'])).rejects.toEqual(isBad(/1 wrong answers/))
  })
})

describe('boxes', () => {
  const detect = async (boxes: unknown) => {
    const picture = await pictureOf({ index: frameNo(0), pts: 0, timeSec: 0 }, 200, 100)
    return createLanguageDetector(REF, answering({ boxes }), 2).detect(picture, ['dog', 'cat'], { box: 0.4, text: 0.2 })
  }
  const box = (phrase: number, left: number, top: number, right: number, bottom: number, score = 0.9) => ({
    phrase,
    left,
    top,
    right,
    bottom,
    score,
  })

  test('come in pixels, kept inside the picture, corners put right, best first, no more than allowed', async () => {
    const [dog, cat] = await detect([
      box(0, 100, 100, 300, 500, 0.5),
      box(0, 900, 900, 1200, 1500, 0.8),
      box(0, 600, 600, 400, 400, 0.7),
      box(0, 0, 0, 500, 500, 0.3),
    ])
    expect(dog?.boxes).toEqual([
      { rect: { x: 180, y: 90, w: 20, h: 10 }, score: 0.8, label: 'dog' },
      { rect: { x: 80, y: 40, w: 40, h: 20 }, score: 0.7, label: 'dog' },
    ])
    expect(cat).toEqual({ boxes: [], reason: null })
  })

  test('without area are left out', async () => {
    expect((await detect([box(0, 100, 100, 100, 500), box(0, 1001, 1, 1500, 90)]))[0]?.boxes).toEqual([])
  })

  test('for a phrase that nobody asked for are a bad answer', async () => {
    await expect(detect([box(2, 0, 0, 10, 10)])).rejects.toEqual(isBad(/phrase 2, and there are 2/))
  })
})

test('a provider that does not count is booked at the worst case', async () => {
  const access = answering({ pairs: [] })
  const desk = recordingDesk()
  await createLanguageQaWriter(REF, { ...access, desk }).writePairs(GROUP, 1)
  expect(desk.outcomes[0]?.usage).toEqual(desk.requests[0]?.worstCase)
})

test('parameters that no model knows stop the call before it is made', async () => {
  const desk = recordingDesk()
  const writer = createLanguageQaWriter({ ...REF, parameters: { temprature: 1 } }, { ...answering({ pairs: [] }), desk })
  await expect(async () => writer.writePairs(GROUP, 1)).rejects.toMatchObject({ code: 'invalid_input' })
  expect(desk.requests).toEqual([])
})
