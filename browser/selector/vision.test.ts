import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { writeDualEncoder } from '@/bench/webgpu/dual-encoder-folder'
import { SMALL } from '@/bench/webgpu/dual-encoder-graph'
import { AppError } from '@/core/errors'
import type { DualHalf } from '@/core/models/dual-encoder-io'
import type { ListedModel } from '@/core/models/model-list'
import type { TensorOutput } from '@/core/models/tensors'
import { goldenRgba } from './golden-check'
import { listed, storeOf, type TestStore } from './models-for-tests'
import type { BrowserSession } from './onnx-session'
import type { Placements } from './placements'
import type { SelectorRuntime } from './runtime'
import type { DeviceWish } from './selector-types'
import { sessionForTests } from './session-for-tests'
import { openVision } from './vision'

const FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'preprocessor_config.json', 'onnx/model.onnx']
const NAME = 'test/vision'

const HALVES = ['onnx/vision_model.onnx', 'onnx/text_model.onnx']

/** With one graph, and with two. */
let contents: Record<string, Uint8Array<ArrayBuffer>> = {}
let split: Record<string, Uint8Array<ArrayBuffer>> = {}
async function filesOf(files: readonly string[], isSplit: boolean): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'crema-vision-'))
  await writeDualEncoder(folder, SMALL, { modelType: 'clip', resample: 3, isSplit })
  const read = async (file: string) => [file, new Uint8Array(await readFile(path.join(folder, file)))] as const
  const all = Object.fromEntries(await Promise.all(files.map(read)))
  await rm(folder, { recursive: true, force: true })
  return all
}
beforeAll(async () => {
  contents = await filesOf(FILES, false)
  split = await filesOf([...FILES.filter((file) => !file.endsWith('.onnx')), ...HALVES], true)
})

/** What the test picture needs of a browser. */
class Canvas {
  getContext() {
    return { drawImage() {}, getImageData: () => ({ data: goldenRgba() }) }
  }
}
beforeEach(() => {
  vi.stubGlobal('OffscreenCanvas', Canvas)
  vi.stubGlobal(
    'ImageData',
    class {
      data = goldenRgba()
    },
  )
  vi.stubGlobal('createImageBitmap', async () => ({ width: 300, height: 300, close() {} }))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function storeWith(changed: Record<string, Uint8Array<ArrayBuffer>> = {}, kind: ListedModel['kind'] = 'vision', own = contents): TestStore {
  const all = { ...own, ...changed }
  return storeOf([{ ...listed(kind, all), name: NAME }], async ({ file }) => all[file] ?? new Uint8Array())
}

/** `restMs` = how long a run takes on it, by the clock of the test; on the processor it is one. */
type Card = { readonly error?: AppError; readonly isWrong?: boolean; readonly restMs?: number }
type World = { readonly runtime: SelectorRuntime; readonly opened: string[]; readonly ended: string[]; readonly notes: string[] }

/** A runtime whose card computes on the processor, wrongly where the test wants so. */
function runtimeWith(models: TestStore, wish: DeviceWish, card: Card | null): World {
  const [opened, ended, notes]: [string[], string[], string[]] = [[], [], []]
  let clock = 0
  vi.spyOn(performance, 'now').mockImplementation(() => clock)
  const unused = () => Promise.reject(new Error('not asked for here'))
  const runtime: SelectorRuntime = {
    facts: { kind: card === null ? 'wasm' : 'webgpu', name: 'a card', threads: 1, reason: null },
    memoryBytes: () => 0,
    models,
    wish,
    note: (line) => void notes.push(line),
    detector: unused,
    encoder: unused,
    lost: new Promise(() => {}),
    dispose: async () => {},
    async openSession(file, wanted) {
      const kind = wanted === 'wasm' || card === null ? 'wasm' : 'webgpu'
      opened.push(kind)
      if (kind === 'webgpu' && card?.error !== undefined) throw card.error
      const session = await sessionForTests(file)
      const run: BrowserSession['run'] = async (inputs) => {
        const outputs = await session.run(inputs)
        clock += kind === 'webgpu' ? (card?.restMs ?? 0) : 1
        if (kind !== 'webgpu' || !card?.isWrong) return outputs
        return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { ...value, data: turned(value.data) }]))
      }
      const release = async () => {
        ended.push(kind)
        await session.release()
      }
      return { ...session, kind, run, release }
    },
  }
  return { runtime, opened, ended, notes }
}

/** Every second number the other way round. */
const turned = (data: TensorOutput['data']) =>
  data instanceof Float32Array ? data.map((value, place) => (place % 2 === 0 ? value : -value)) : data

function memory(place: 'webgpu' | 'wasm' | null = null): Placements & { readonly kept: string[] } {
  const kept: string[] = []
  return { kept, get: async () => place, set: async (key) => void kept.push(key) }
}

const GRAPHS = ['onnx/model.onnx']
const CARD_FIRST: [string, DualHalf, number, string][] = [
  // A batch of sixteen in the time of four.
  ['faster', 'pictures', 4, 'wasm'],
  ['slower', 'pictures', 100, 'webgpu'],
  ['faster', 'texts', 0.5, 'wasm'],
  ['slower', 'texts', 4, 'webgpu'],
]

describe('a registered dual encoder', () => {
  it('reads its graph when a half is asked for, and once for both', async () => {
    const store = storeWith()
    const { runtime, opened } = runtimeWith(store, 'auto', null)
    const vision = await openVision(NAME, runtime, {}, memory())
    expect([opened, [...store.asked].sort()]).toEqual([[], FILES.filter((file) => !GRAPHS.includes(file)).sort()])
    expect(await (await vision.texts({})).embedText('a red car')).toHaveLength(SMALL.dimensions)
    expect(opened).toEqual(['wasm'])
    const [pictures, again] = [await vision.pictures({}), await vision.pictures({})]
    expect(again).toBe(pictures)
    expect([opened, [...store.asked].sort()]).toEqual([['wasm', 'wasm'], [...FILES].sort()])
  })

  it('fetches of two files only the one that is needed', async () => {
    const store = storeWith({}, 'vision', split)
    const vision = await openVision(NAME, runtimeWith(store, 'auto', null).runtime, {}, memory())
    await vision.texts({})
    expect(store.asked.filter((file) => file.endsWith('.onnx'))).toEqual(['onnx/text_model.onnx'])
    await vision.pictures({})
    expect(store.asked.filter((file) => file.endsWith('.onnx'))).toEqual(['onnx/text_model.onnx', 'onnx/vision_model.onnx'])
  })

  it('runs on the card that is wished for, without being compared', async () => {
    const { runtime, opened } = runtimeWith(storeWith(), 'webgpu', { isWrong: true })
    const vision = await openVision(NAME, runtime, {}, memory())
    await Promise.all([vision.pictures({}), vision.texts({})])
    expect(opened).toEqual(['webgpu', 'webgpu'])
  })

  it('runs where an earlier page found it faster', async () => {
    for (const place of ['webgpu', 'wasm'] as const) {
      const { runtime, opened, ended } = runtimeWith(storeWith(), 'auto', {})
      const vision = await openVision(NAME, runtime, {}, memory(place))
      await Promise.all([vision.pictures({}), vision.texts({})])
      expect([opened, ended]).toEqual([[place, place], []])
    }
  })

  it.each(CARD_FIRST)('is compared and timed the first time; a card that is %s at %s', async (_, half, restMs, loser) => {
    const placements = memory()
    const store = storeWith()
    const { runtime, opened, ended, notes } = runtimeWith(store, 'auto', { restMs })
    await (await openVision(NAME, runtime, {}, placements))[half]({})
    expect([opened, ended, notes]).toEqual([['webgpu', 'wasm'], [loser], []])
    const sha256 = (await store.list()).models[0]?.files.find(({ file }) => file.endsWith('.onnx'))?.sha256
    expect(placements.kept).toEqual([`${sha256} ${half} a card 1`])
  })

  it.each(['pictures', 'texts'] as const)('leaves a card that computes its %s wrongly, says so, and does not remember it', async (half) => {
    const placements = memory()
    const { runtime, ended, notes } = runtimeWith(storeWith(), 'auto', { isWrong: true })
    await (await openVision(NAME, runtime, {}, placements))[half]({})
    expect([ended, placements.kept]).toEqual([['webgpu'], []])
    expect(notes).toEqual([
      `The graphics card computes ${NAME} (${half}) wrongly (a test input gave other numbers), so it runs on the processor.`,
    ])
  })

  it('leaves a card that cannot open it', async () => {
    const { runtime, opened, notes } = runtimeWith(storeWith(), 'auto', { error: new AppError('bad_file', 'too large') })
    await (await openVision(NAME, runtime, {}, memory())).pictures({})
    expect(opened).toEqual(['webgpu', 'wasm'])
    expect(notes).toEqual([expect.stringMatching(/cannot run test\/vision/)])
  })

  it('ends with a card that is lost, and is opened anew when it is asked for again', async () => {
    const card = { error: new AppError('unavailable', 'lost') }
    const { runtime, opened } = runtimeWith(storeWith(), 'auto', card)
    const vision = await openVision(NAME, runtime, {}, memory())
    for (let time = 0; time < 2; time += 1) await expect(vision.texts({})).rejects.toMatchObject({ code: 'unavailable' })
    expect(opened).toEqual(['webgpu', 'webgpu'])
  })

  it('ends what is open when it is given up, and nothing else', async () => {
    const { runtime, ended } = runtimeWith(storeWith(), 'auto', null)
    const vision = await openVision(NAME, runtime, {}, memory())
    await vision.release()
    expect(ended).toEqual([])
    await vision.texts({})
    await vision.release()
    expect(ended).toEqual(['wasm'])
  })

  it('is refused when it is not on the list, or of another kind', async () => {
    const { runtime } = runtimeWith(storeWith(), 'auto', null)
    await expect(openVision('test/other', runtime, {}, memory())).rejects.toMatchObject({
      code: 'missing_file',
      details: { name: 'test/other' },
    })
    const other = runtimeWith(storeWith({}, 'other'), 'auto', null)
    await expect(openVision(NAME, other.runtime, {}, memory())).rejects.toMatchObject({ code: 'missing_file' })
  })

  it('is refused when a file of it is missing, before its weights are read', async () => {
    const { 'tokenizer.json': _, ...rest } = contents
    const store = storeOf([{ ...listed('vision', rest), name: NAME }], async ({ file }) => rest[file] ?? new Uint8Array())
    const { runtime } = runtimeWith(store, 'auto', null)
    await expect(openVision(NAME, runtime, {}, memory())).rejects.toMatchObject({
      code: 'missing_file',
      details: { file: 'tokenizer.json' },
    })
    expect(store.asked).not.toContain('onnx/model.onnx')
  })

  it('ends the session of a model whose files make no sense', async () => {
    const store = storeWith({ 'preprocessor_config.json': new Uint8Array(new TextEncoder().encode('{}')) })
    const { runtime, ended } = runtimeWith(store, 'auto', null)
    const vision = await openVision(NAME, runtime, {}, memory())
    await expect(vision.pictures({})).rejects.toMatchObject({ code: 'bad_file' })
    expect(ended).toEqual(['wasm'])
  })

  it('is refused when its weights are no model', async () => {
    const { runtime } = runtimeWith(storeWith({ 'onnx/model.onnx': new Uint8Array(100) }), 'auto', null)
    await expect((await openVision(NAME, runtime, {}, memory())).texts({})).rejects.toMatchObject({ code: 'bad_file' })
  })
})
