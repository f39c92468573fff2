/** The real embedded models on onnxruntime-web's processor build, which runs in Node too; what only a card can do is in e2e. */
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { planesOf } from '@/core/models/detector-io'
import { floatsOf } from '@/core/models/tensors'
import { openDetectorModel } from '@/worker/models/detector-model'
import { embeddedEmbedder } from '@/worker/models/embedded-embedder'
import { addOneModel } from '@/worker/models/onnx-for-tests'
import { weightsForTests } from '@/worker/models/weights-for-tests'
import type { DeviceWorld } from './device'
import { goldenRgba } from './golden-check'
import { listed, storeForTests, storeOf, type TestStore } from './models-for-tests'
import { openRuntime, type SelectorRuntime } from './runtime'

const weights = await weightsForTests()
const noCard: DeviceWorld = { gpu: undefined, cores: 1, isIsolated: false, wait: async () => {} }
const quiet = { signal: new AbortController().signal, onProgress: () => {}, notes: () => {} }
const placements = { get: async () => null, set: async () => {} }

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Array.from(x).reduce((sum, value, at) => sum + value * (y[at] ?? Number.NaN), 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

/** Stripes and spots that differ from picture to picture. */
async function pictures(count: number): Promise<Uint8ClampedArray[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, place) => {
      const colour = { r: 40 * place, g: 255 - 30 * place, b: 90, alpha: 1 }
      const rgba = await sharp({ create: { width: 300, height: 300, channels: 4, background: colour } })
        .composite([{ input: Buffer.from(`<svg width="300" height="300"><circle cx="${60 + 30 * place}" cy="150" r="50"/></svg>`) }])
        .raw()
        .toBuffer()
      return new Uint8ClampedArray(rgba)
    }),
  )
}

// On a machine that others load too, one thread takes its time.
describe.skipIf(weights === null)('the embedded models in the browser', { timeout: 120_000 }, () => {
  let store: TestStore
  let runtime: SelectorRuntime
  beforeAll(async () => {
    store = await storeForTests(weights ?? '')
    runtime = await openRuntime('auto', quiet, { device: noCard, models: store, placements })
  })

  it('opens nothing before it is wanted, and each model once', async () => {
    expect([store.asked, runtime.memoryBytes()]).toEqual([[], 0])
    const [one, two] = await Promise.all([runtime.detector(), runtime.detector()])
    expect(one).toBe(two)
    expect(store.asked).toEqual(['ssd-coco.onnx'])
    expect(runtime.memoryBytes()).toBeGreaterThan(17_000_000)
    expect(runtime.facts).toMatchObject({ kind: 'wasm', threads: 1, reason: expect.stringContaining('no WebGPU') })
  })

  it('sees what the detector on the server sees', async () => {
    const some = [...(await pictures(1)), goldenRgba()]
    const here = await (await runtime.detector()).look(some)
    const there = await (await openDetectorModel(weights ?? '')).look(some.map(planesOf))
    expect(here).toHaveLength(2)
    for (const [place, answer] of here.entries()) {
      const other = there[place]
      expect(cosine(answer.feature, other?.feature ?? [])).toBeGreaterThan(0.99999)
      const scores = Array.from(answer.raw.score, (score, at) => Math.abs(score - (other?.raw.score[at] ?? Number.NaN)))
      expect(Math.max(...scores)).toBeLessThan(1e-4)
    }
  })

  it('gives the vectors of the encoder on the server, however many texts there are', async () => {
    const texts = ['', 'Who opens the door?', ...Array.from({ length: 32 }, (_, place) => `${place} dogs run over a field.`)]
    const here = await (await runtime.encoder()).embed(texts)
    const there = await (await embeddedEmbedder(weights ?? '')).embed(texts)
    expect(here).toHaveLength(34)
    for (const [place, vector] of here.entries()) expect(cosine(vector, there[place] ?? [])).toBeGreaterThan(0.99999)
  })

  it('takes several questions at once, and none', async () => {
    const [detector, encoder] = await Promise.all([runtime.detector(), runtime.encoder()])
    const [seen, [vector]] = await Promise.all([detector.look(await pictures(1)), encoder.embed(['a dog'])])
    expect([seen.length, vector?.length]).toEqual([1, 512])
    expect([await detector.look([]), await encoder.embed([])]).toEqual([[], []])
  })

  it('refuses pictures of another size', async () => {
    const detector = await runtime.detector()
    await expect(detector.look([new Uint8ClampedArray(5)])).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('holds nothing once it is given up', async () => {
    await runtime.dispose()
    expect(runtime.memoryBytes()).toBe(0)
  })
})

describe('models that are not right', () => {
  const open = (store: TestStore) => openRuntime('auto', quiet, { device: noCard, models: store, placements })

  it('are named when the server has none', async () => {
    const runtime = await open(storeOf([], async () => new Uint8Array()))
    await expect(runtime.detector()).rejects.toMatchObject({ code: 'missing_file', message: expect.stringContaining('not been prepared') })
    await expect(runtime.encoder()).rejects.toMatchObject({ code: 'missing_file' })
  })

  it('are refused when no runtime can open them, and tried again the next time', async () => {
    const content = new TextEncoder().encode('<html>not found</html>')
    const store = storeOf([listed('detector', { 'x.onnx': content })], async () => content)
    const runtime = await open(store)
    await expect(runtime.detector()).rejects.toMatchObject({ code: 'bad_file' })
    await expect(runtime.detector()).rejects.toMatchObject({ code: 'bad_file' })
    expect(store.asked).toHaveLength(2)
    expect(runtime.memoryBytes()).toBe(0)
  })

  it('are refused when they are whole but compute something else', async () => {
    const content = addOneModel()
    const runtime = await open(storeOf([listed('detector', { 'x.onnx': content })], async () => Uint8Array.from(content)))
    await expect(runtime.detector()).rejects.toMatchObject({ code: 'model_bad_answer' })
    expect(runtime.memoryBytes()).toBe(0)
  })

  it('run by themselves where somebody else compares their numbers', async () => {
    const content = Uint8Array.from(addOneModel())
    const runtime = await open(storeOf([], async () => content))
    const session = await runtime.openSession({ name: 'add one', dtype: 'fp32', sha256: '', content }, 'auto')
    expect([session.kind, session.device, session.inputNames, session.outputNames]).toEqual(['wasm', null, ['x'], ['y']])
    const outputs = await session.run({ x: { type: 'float32', data: Float32Array.from([1, 2]), dims: [2] } })
    expect([...floatsOf(outputs, 'y')]).toEqual([2, 3])
    await expect(session.run({})).rejects.toMatchObject({ code: 'model_bad_answer' })
    expect(runtime.memoryBytes()).toBe(content.length)
    await session.release()
    await session.release()
    expect(runtime.memoryBytes()).toBe(0)
  })
})
