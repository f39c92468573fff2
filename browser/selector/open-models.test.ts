/** Where models are opened: sessions give the stored outputs, and can be made wrong, slow or unable; the clock goes as they say. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@/core/errors'
import { DETECTOR_FEATURE } from '@/core/models/detector-io'
import { ENCODER_DIMENSIONS } from '@/core/models/encoder-io'
import type { Golden } from '@/core/models/golden'
import type { TensorOutputs } from '@/core/models/tensors'
import { unigramTokenizer } from '@/core/models/unigram-tokenizer'
import { readGolden } from './golden-check'
import { fakeCard, fakeDevice } from './gpu-for-tests'
import { type ModelHost, modelHost } from './model-host'
import type { VerifiedModel } from './models'
import type { SessionInputs } from './onnx-session'
import { openDetector } from './open-detector'
import { MANY_TEXTS, openEncoder } from './open-encoder'
import type { Place, Timing } from './placements'
import type { DeviceWish } from './selector-types'

/** `msEach` = of one picture or text on the card; the processor takes 10. */
type Card = { spoil?: (outputs: TensorOutputs) => TensorOutputs; msEach?: number; open?: () => Promise<never> }

const golden = await readGolden()
const weights: VerifiedModel = { name: 'test', dtype: 'fp32', sha256: 'abc', content: new Uint8Array(100) }

let clock = 0
let runs: Place[] = []
let opened: Place[] = []
let notes: string[] = []
let kept: [string, Timing][] = []

beforeEach(() => {
  runs = []
  opened = []
  notes = []
  kept = []
  vi.spyOn(performance, 'now').mockImplementation(() => clock)
})
afterEach(() => vi.restoreAllMocks())

/** What the detector says of the golden picture, for each of `count` pictures. */
function detections({ best, gap }: Golden['detector'], count: number): TensorOutputs {
  const anchors = best.length
  const score = Float32Array.from(Array.from({ length: count }, () => best.map((each) => each.score)).flat())
  const cls = BigInt64Array.from(Array.from({ length: count }, () => best.map(({ classId }) => BigInt(classId - 1))).flat())
  const rows = [0, 1, 2, 3].flatMap((row) => best.map(({ box }) => box[row] ?? 0))
  const feature = Array.from({ length: DETECTOR_FEATURE }, (_, place) => (place % gap.step === 0 ? (gap.values[place / gap.step] ?? 0) : 0))
  return {
    score: { data: score, dims: [count, anchors] },
    cls: { data: cls, dims: [count, anchors] },
    boxes: { data: Float32Array.from(Array.from({ length: count }, () => rows).flat()), dims: [count, 4, anchors] },
    gap: { data: Float32Array.from(Array.from({ length: count }, () => feature).flat()), dims: [count, DETECTOR_FEATURE] },
  }
}

/** What the encoder says of the golden sentences, over and over. */
function embeddings({ step, values }: Golden['encoder'], count: number): TensorOutputs {
  const data = new Float32Array(count * ENCODER_DIMENSIONS)
  for (let row = 0; row < count; row += 1) {
    for (const [place, value] of (values[row % values.length] ?? []).entries()) data[row * ENCODER_DIMENSIONS + place * step] = value
  }
  return { embedding: { data, dims: [count, ENCODER_DIMENSIONS] } }
}

function answer(inputs: SessionInputs): { count: number; outputs: TensorOutputs } {
  const { image, indices } = inputs
  if (image !== undefined) return { count: image.dims[0] ?? 0, outputs: detections(golden.detector, image.dims[0] ?? 0) }
  if (indices === undefined || !('data' in indices)) throw new Error('neither pictures nor texts')
  const count = Number(indices.data.at(-2)) + 1
  return { count, outputs: embeddings(golden.encoder, count) }
}

function host(card: Card | null, options: { wish?: DeviceWish; isSoftware?: boolean; place?: Place } = {}): ModelHost {
  const gpu = card === null ? null : fakeCard(fakeDevice(), options.isSoftware)
  const facts = { kind: gpu === null ? 'wasm' : 'webgpu', name: gpu?.name ?? 'processor', threads: 1, reason: null } as const
  const placements = { get: async () => options.place ?? null, set: async (key: string, timing: Timing) => void kept.push([key, timing]) }
  return modelHost({ facts, gpu }, { wish: options.wish ?? 'auto', placements, note: (line) => notes.push(line) }, async (_, usable) => {
    const kind = usable === null ? 'wasm' : 'webgpu'
    opened.push(kind)
    if (usable !== null && card?.open !== undefined) return card.open()
    return {
      kind,
      device: null,
      sha256: 'abc',
      inputNames: [],
      outputNames: [],
      run: async (inputs) => {
        runs.push(kind)
        const { count, outputs } = answer(typeof inputs === 'function' ? inputs() : inputs)
        clock += count * (usable === null ? 10 : (card?.msEach ?? 1))
        return usable === null ? outputs : (card?.spoil?.(outputs) ?? outputs)
      },
      release: async () => {},
    }
  })
}

const noise = (outputs: TensorOutputs): TensorOutputs =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, { data, dims }]) => [
      name,
      { data: data instanceof Float32Array ? data.map((value, at) => value + (at % 3) - 1) : data, dims },
    ]),
  )
const nothing = (outputs: TensorOutputs): TensorOutputs =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, { data, dims }]) => [name, { data: data.map(() => data[0] as never) as typeof data, dims }]),
  )
const blank = new Uint8ClampedArray(300 * 300 * 4)

describe('the detector', () => {
  it('is opened on the processor, with nothing timed, where there is no card', async () => {
    const found = await openDetector(weights, host(null))
    expect([found.kind, opened, kept, notes]).toEqual(['wasm', ['wasm'], [], []])
    expect(await found.look([blank])).toHaveLength(1)
    await found.release()
  })

  it.each([
    ['other numbers', { spoil: noise }],
    ['one number for everything', { spoil: nothing }],
    [
      'NaN',
      { spoil: (outputs: TensorOutputs) => ({ ...outputs, gap: { data: new Float32Array(1280).fill(Number.NaN), dims: [1, 1280] } }) },
    ],
    ['too few numbers', { spoil: (outputs: TensorOutputs) => ({ ...outputs, gap: { data: new Float32Array(3), dims: [3] } }) }],
    ['a session that cannot be opened', { open: () => Promise.reject(new AppError('bad_file', 'no such operator')) }],
  ])('leaves a card that gives %s, and says so', async (_, card) => {
    const models = host(card, { wish: 'webgpu' })
    const found = await openDetector(weights, models)
    expect([found.kind, opened]).toEqual(['wasm', ['webgpu', 'wasm']])
    expect(models.facts).toMatchObject({ kind: 'wasm', reason: expect.stringContaining('acme card') })
    expect(notes).toEqual([expect.stringContaining('models run on the processor')])
    expect(models.memoryBytes()).toBe(weights.content.length)
    await found.release()
  })

  it('stays on a software adapter that was wished for, after one picture and without timing', async () => {
    const found = await openDetector(weights, host({}, { wish: 'webgpu', isSoftware: true }))
    expect([found.kind, found.batch, opened, runs, kept]).toEqual(['webgpu', 16, ['webgpu'], ['webgpu'], []])
    await found.release()
  })

  it.each([
    ['webgpu', 2],
    ['webgpu', 10],
    ['wasm', 11],
  ] as const)('is timed once on both, and goes where it is faster (%s, %d ms a picture on the card)', async (place, msEach) => {
    const models = host({ msEach })
    const found = await openDetector(weights, models)
    expect([found.kind, opened]).toEqual([place, ['webgpu', 'wasm']])
    expect(kept).toEqual([['abc acme card 1', { webgpu: msEach, wasm: 10 }]])
    // The card stays for other models.
    expect(models.facts.kind).toBe('webgpu')
    expect(notes).toEqual(place === 'wasm' ? [expect.stringContaining('10 ms a picture, 11 ms on the graphics card')] : [])
    await found.release()
    expect(models.memoryBytes()).toBe(0)
  })

  it.each(['webgpu', 'wasm'] as const)('is opened at once where it was faster before (%s)', async (place) => {
    const found = await openDetector(weights, host({}, { place }))
    expect([found.kind, opened, kept]).toEqual([place, [place], []])
    await found.release()
  })

  it('is not opened where the card is lost meanwhile: that is for who holds the runtime', async () => {
    const lost = host({ open: () => Promise.reject(new AppError('unavailable', 'The graphics card was lost.')) })
    await expect(openDetector(weights, lost)).rejects.toMatchObject({ code: 'unavailable' })
    expect(notes).toEqual([])
  })
})

describe('the encoder', () => {
  const tokenizer = unigramTokenizer(Array.from({ length: 100 }, (_, place): [string, number] => [String.fromCharCode(32 + place), -place]))
  const open = (models: ModelHost) => openEncoder('abc', tokenizer, async () => weights, models)
  const many = Array.from({ length: MANY_TEXTS }, (_, place) => `${place} dogs`)

  it('embeds a question on the processor and opens the card with the first batch that is worth it', async () => {
    const models = host({}, { place: 'webgpu' })
    const encoder = await open(models)
    expect(opened).toEqual(['wasm'])
    runs = []
    expect(await encoder.embed(['0 dogs'])).toHaveLength(1)
    expect([opened, runs]).toEqual([['wasm'], ['wasm']])
    expect(await encoder.embed(many)).toHaveLength(MANY_TEXTS)
    expect(opened).toEqual(['wasm', 'webgpu'])
    expect(runs.at(-1)).toBe('webgpu')
  })

  it.each([
    ['webgpu', 2],
    ['wasm', 20],
  ] as const)('times many texts once on both (%s, %d ms a text on the card)', async (place, msEach) => {
    const models = host({ msEach })
    const encoder = await open(models)
    await encoder.embed(many)
    expect(runs.at(-1)).toBe(place)
    runs = []
    expect(await encoder.embed(Array.from({ length: 300 }, () => 'a dog'))).toHaveLength(300)
    // 256 at a time on a card, 32 on the processor.
    expect(runs).toEqual(Array.from({ length: place === 'webgpu' ? 2 : 10 }, () => place))
    expect(kept).toEqual([['abc acme card 1', { webgpu: 32 * msEach, wasm: 320 }]])
    expect(models.memoryBytes()).toBe(place === 'webgpu' ? 200 : 100)
  })

  it('is on the card alone where that was wished outright', async () => {
    const encoder = await open(host({}, { wish: 'webgpu' }))
    await encoder.embed(['a question'])
    expect([opened, new Set(runs)]).toEqual([['webgpu'], new Set(['webgpu'])])
  })

  it('goes on with the processor when the card turns out to be wrong, and says so once', async () => {
    const models = host({ spoil: noise }, { place: 'webgpu' })
    const encoder = await open(models)
    expect(await encoder.embed(many)).toHaveLength(MANY_TEXTS)
    expect(await encoder.embed(many)).toHaveLength(MANY_TEXTS)
    expect(runs.at(-1)).toBe('wasm')
    expect(models.facts.reason).toContain('sentence encoder')
    expect(notes).toHaveLength(1)
  })
})
