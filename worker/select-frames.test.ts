import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SampledFrame } from '@/core/pipeline/outputs'
import { NOTHING_SEEN } from '@/core/pipeline/template/caption'
import type { FrameChoice } from '@/core/selection/frame-choice'
import { planQuestion } from '@/core/selection/question-plan'
import { weighFrames } from '@/core/selection/weigh-frames'
import { clipPath, clipSpec } from '@/e2e/fixtures/clips'
import { stopMedia } from '@/server/media/media-client'
import { embeddedEmbedder } from './models/embedded-embedder'
import { frameNo } from './models/models-for-tests'
import { registerModel } from './models/register-model'
import { emptyModelsFolder, putModel } from './models/registered-for-tests'
import type { FramePicture } from './models/roles'
import { pictureOf, SCENE, sceneForTests } from './models/scene-for-tests'
import { weightsForTests } from './models/weights-for-tests'
import { openCandidates, type SelectRequest, selectFrames } from './select-frames'
import type { Candidates } from './select-frames-look'
import { embedCaptions } from './select-frames-text'
import { agreementsWith, openVision } from './select-frames-vision'
import { visionAgreeing } from './vision-for-tests'

const weights = await weightsForTests()
const root = await emptyModelsFolder()
const signal = new AbortController().signal
afterAll(async () => {
  stopMedia()
  await rm(root, { recursive: true, force: true })
})

const said: string[] = []
const ask = (question: string, more: Partial<SelectRequest> = {}): SelectRequest => ({
  question,
  weights: { objects: 1 },
  method: 'topk',
  options: { k: 1 },
  say: (line) => said.push(line),
  signal,
  ...(weights === null ? {} : { folder: weights }),
  ...more,
})

const indicesOf = ({ chosen }: FrameChoice) => chosen.map(({ index }) => index)

/** Frames 0, 10, 20 … at seconds 0, 1, 2 …; the drawn scene at some places, plain grey at the others. */
function candidatesWith(scene: FramePicture, count: number, scenes: readonly number[]): Candidates {
  const frames = Array.from({ length: count }, (_, at): SampledFrame => ({ index: frameNo(at * 10), pts: at, timeSec: at }))
  const grey = pictureOf(SCENE.width, SCENE.height, Buffer.alloc(SCENE.width * SCENE.height * 3, 128))
  return {
    frames,
    shots: [{ startIndex: frameNo(0), endIndex: frameNo(count * 10), motion: 0, fps: 1 }],
    reader: {
      ...SCENE,
      async read(some, onPicture) {
        for (const frame of some) await onPicture({ ...(scenes.includes(frame.timeSec) ? scene : grey), frame })
      },
    },
  }
}

describe('candidates of a file', () => {
  it('are frames of its table by the sampling rule, and can be read', async () => {
    const { frames, shots, reader } = await openCandidates(clipPath(clipSpec('cfr-25')), signal)
    expect(frames[0]).toMatchObject({ index: 0, timeSec: 0 })
    expect(frames.length).toBeGreaterThan(2)
    expect(shots[0]?.startIndex).toBe(0)
    const seen: number[] = []
    await reader.read(frames.slice(1, 3), async ({ frame, width, rgb }) => {
      expect([width, rgb.length]).toEqual([reader.width, reader.width * reader.height * 3])
      seen.push(frame.index)
    })
    expect(seen).toEqual(frames.slice(1, 3).map(({ index }) => index))
  })

  it('are refused with the code of the file', async () => {
    await expect(openCandidates(path.join(root, 'none.mp4'), signal)).rejects.toMatchObject({ code: 'missing_file' })
    const text = path.join(root, 'text.mp4')
    await writeFile(text, 'no video')
    await expect(openCandidates(text, signal)).rejects.toMatchObject({ code: 'unsupported_media' })
  })
})

describe.skipIf(weights === null)('frames that answer a question', () => {
  let scene: FramePicture
  beforeAll(async () => {
    scene = await sceneForTests()
  })

  it('are those with the thing that is asked for, named by frame index', async () => {
    said.length = 0
    const answer = await selectFrames(candidatesWith(scene, 5, [3]), ask('Where is the clock, and where the lighthouse?'))
    expect(answer).toMatchObject({ method: 'topk', curve: [0, 0, 0, 1, 0], lookedAt: 5 })
    expect(answer.chosen).toEqual([
      {
        index: 30,
        pts: 3,
        timeSec: 3,
        at: 3,
        relevance: 1,
        signals: { objects: 1 },
        coverageGain: expect.closeTo(1, 6),
        nearest: null,
        asked: [{ phrase: 'clock', isShown: true }],
      },
    ])
    expect(said).toEqual([
      'Not looked for, because the embedded detector does not know it: “lighthouse”.',
      'Looking for “clock”.',
      '5 candidate frames …',
    ])
  })

  it('are as few as the question needs, without near-duplicates', async () => {
    const answer = await selectFrames(
      candidatesWith(scene, 8, [2, 3, 4]),
      ask('Where is the clock?', { method: 'adaptive', options: { k: 6 } }),
    )
    expect(answer.chosen).toHaveLength(1)
    expect([20, 30, 40]).toContain(answer.chosen[0]?.index)
  })

  it('are found by what captions say, sentence by sentence', async () => {
    const texts = [
      'At least one person is seen. The person takes up about seven tenths of the height of the view.',
      NOTHING_SEEN,
      'At least two cars are seen. A red car is on the left. The person moves away from the camera.',
    ]
    const captions = texts.map((text) => ({ text, facts: null }))
    const question = 'When does the person move away from the camera?'
    const vectors = await embedCaptions(await embeddedEmbedder(weights ?? undefined), question, captions, true)
    // The question, three captions, five sentences; that nothing was seen is a caption, but no sentence to compare.
    expect([...vectors.keys()]).toHaveLength(9)
    const frames = texts.map((_, at): SampledFrame => ({ index: frameNo(at), pts: at, timeSec: at }))
    const looks = texts.map(() => ({ seen: [], feature: Float32Array.of(1, 0) }))
    const alike = looks.map(() => Float32Array.of(1, 0))
    const material = { frames, view: SCENE, looks, alike, captions, vectors, vision: null }
    const { curve } = weighFrames(planQuestion(question, { text: 1 }), material)
    expect(curve).toEqual([0, 0, 1])
  })

  it('may go by captions that repeat themselves and by what the captioner saw', async () => {
    const lifo = ask('Where is the clock?', { method: 'lifo', options: { k: 2 } })
    // The detector's clocks are not reliable enough for a caption: all of them say that nothing was seen.
    expect(indicesOf(await selectFrames(candidatesWith(scene, 3, [2]), lifo))).toEqual([0, 20])
  }, 120_000)

  it('are chosen without objects where the question names none that is known', async () => {
    said.length = 0
    const both = { objects: 1, text: 1 }
    const answer = await selectFrames(candidatesWith(scene, 2, [1]), ask('What happens?', { weights: both, options: { k: 2 } }))
    expect(indicesOf(answer)).toEqual([0, 10])
    expect(said[0]).toContain('chosen without objects')
  }, 120_000)

  it.each([
    ['no question', '  ?! ', 'invalid_input', 'empty'],
    ['a very long question', 'why '.repeat(1000), 'limit_exceeded', '2000'],
    ['nothing that can be looked for', 'Where is the lighthouse?', 'invalid_input', 'text signal'],
  ])('are refused with %s', async (_, question, code, words) => {
    await expect(selectFrames(candidatesWith(scene, 2, [1]), ask(question))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
    })
  })

  it('are refused where a frame cannot be read, or the work is called off', async () => {
    const candidates = candidatesWith(scene, 2, [])
    const deaf: Candidates = { ...candidates, reader: { ...SCENE, read: async () => undefined } }
    await expect(selectFrames(deaf, ask('the clock'))).rejects.toMatchObject({ code: 'corrupt_media', details: { index: 0 } })
    await expect(selectFrames(candidates, ask('the clock', { signal: AbortSignal.abort(new Error('enough')) }))).rejects.toThrow('enough')
  })
})

it('needs the embedded models', async () => {
  const candidates = candidatesWith(pictureOf(1, 1, Buffer.alloc(3)), 1, [])
  await expect(selectFrames(candidates, ask('the clock', { folder: root }))).rejects.toMatchObject({
    code: 'missing_file',
    message: expect.stringContaining('prepare.ts'),
  })
})

describe('the signal vision', () => {
  it('says what is missing', async () => {
    await expect(openVision(() => undefined, root)).rejects.toMatchObject({
      code: 'missing_file',
      message: expect.stringContaining('crema models add'),
    })
    await registerModel(await putModel(root, 'tiny/embedder', 'embedder'), root)
    await expect(openVision(() => undefined, root)).rejects.toMatchObject({ code: 'missing_file' })
  })

  it('compares question and picture by a registered dual encoder, and says by which', async () => {
    const lines: string[] = []
    for (const name of ['tiny/clip', 'tiny/another']) await registerModel(await putModel(root, name, 'clip'), root)
    const vision = await openVision((line) => lines.push(line), root)
    expect(lines).toEqual(['vision: tiny/another (the first of 2 registered dual encoders)'])
    const plain = (rgb: number[]) => pictureOf(40, 20, Buffer.from(Array.from({ length: 800 }, () => rgb).flat()))
    const pictures = [await vision.embedPicture(plain([255, 0, 0])), await vision.embedPicture(plain([0, 0, 255]))]
    const [red, blue] = (await agreementsWith('red', vision, pictures)) ?? []
    expect(red).toBeCloseTo(1, 3)
    expect(blue).toBeLessThan(0.1)
  })

  it('is nothing where no dual encoder has looked', async () => {
    const vision = visionAgreeing(() => 0.3)
    expect(await agreementsWith('red', vision, null)).toBeNull()
    expect(await agreementsWith('red', null, [Float32Array.of(1)])).toBeNull()
    expect(vision.texts).toEqual([])
  })
})
