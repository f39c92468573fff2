import { describe, expect, it, vi } from 'vitest'
import { type DeviceWorld, openDevice, threadsOf } from './device'
import { type AdapterWords, fakeAdapter, fakeDevice, fakeGpu } from './gpu-for-tests'
import type { DeviceWish } from './selector-types'

const CARD: AdapterWords = { vendor: 'acme', architecture: 'swift-9' }
const wait = vi.fn(async () => {})

function open(gpu: GPU | undefined, wish: DeviceWish = 'auto') {
  wait.mockClear()
  const world: DeviceWorld = { gpu, cores: 6, isIsolated: true, wait }
  return openDevice(wish, world)
}

const adapterOf = (words: AdapterWords = CARD) => fakeAdapter(words, async () => fakeDevice().device)

describe('the card', () => {
  it('is taken when it is a real one', async () => {
    const adapter = adapterOf()
    const { facts, gpu } = await open(fakeGpu([adapter]).gpu)
    expect(facts).toEqual({ kind: 'webgpu', name: 'acme swift-9', threads: 6, reason: null })
    expect(gpu).toMatchObject({ adapter, isSoftware: false })
    expect(wait).not.toHaveBeenCalled()
  })

  it('is asked for again when the first answer is none, as NVIDIA gives after a start', async () => {
    const { gpu, asked } = fakeGpu([null, adapterOf()])
    expect((await open(gpu)).facts.kind).toBe('webgpu')
    expect(asked).toHaveLength(2)
    expect(wait.mock.calls).toEqual([[100]])
  })

  it('is asked for three times, also when the browser throws, and no more', async () => {
    const { gpu, asked } = fakeGpu([null, new Error('busy'), null])
    expect((await open(gpu)).facts).toMatchObject({ kind: 'wasm', reason: expect.stringContaining('no graphics card') })
    expect(asked).toHaveLength(3)
    expect(wait.mock.calls).toEqual([[100], [300]])
  })

  it('is asked for what it can: half precision where it has it, and its own limits', async () => {
    const asked: GPUDeviceDescriptor[] = []
    const adapter = fakeAdapter(
      CARD,
      async (descriptor) => {
        asked.push(descriptor)
        return fakeDevice().device
      },
      ['shader-f16', 'texture-compression-bc'],
    )
    await open(fakeGpu([adapter]).gpu)
    expect(asked).toHaveLength(1)
    expect(asked[0]?.requiredFeatures).toEqual(['shader-f16'])
    expect(asked[0]?.requiredLimits).toMatchObject({ maxBufferSize: 2 ** 32, maxStorageBufferBindingSize: 2 ** 31 })
  })

  it('is left with a reason when it cannot be opened', async () => {
    const adapter = fakeAdapter(CARD, async () => {
      throw new Error('out of handles')
    })
    const { facts, gpu } = await open(fakeGpu([adapter]).gpu)
    expect(gpu).toBeNull()
    expect(facts).toMatchObject({
      kind: 'wasm',
      threads: 6,
      reason: 'The graphics card (acme swift-9) could not be opened: out of handles',
    })
  })
})

describe('a software adapter', () => {
  it.each([
    { vendor: 'google', architecture: 'swiftshader' },
    { vendor: 'acme', architecture: 'x', isFallbackAdapter: true },
    { vendor: 'mesa', description: 'llvmpipe (LLVM 15)' },
    { vendor: 'microsoft', description: 'Microsoft Basic Render Driver' },
  ])('%j is refused, and named', async (words) => {
    const { facts, gpu } = await open(fakeGpu([adapterOf(words)]).gpu)
    expect(gpu).toBeNull()
    expect(facts).toMatchObject({ kind: 'wasm', reason: expect.stringContaining('software one') })
    expect(facts.reason).toContain(words.vendor)
  })

  it('is refused too where an older browser says it of the adapter itself', async () => {
    const adapter = Object.assign(adapterOf(), { isFallbackAdapter: true })
    expect((await open(fakeGpu([adapter]).gpu)).facts).toMatchObject({ kind: 'wasm', reason: expect.stringContaining('software one') })
  })

  it('is taken by who wishes for it outright', async () => {
    const words = { vendor: 'google', architecture: 'swiftshader' }
    const { facts, gpu } = await open(fakeGpu([adapterOf(words)]).gpu, 'webgpu')
    expect(facts).toMatchObject({ kind: 'webgpu', name: 'google swiftshader', reason: null })
    expect(gpu?.isSoftware).toBe(true)
  })
})

describe('the processor', () => {
  it('is taken without asking for a card when it is wished for', async () => {
    const { gpu, asked } = fakeGpu([adapterOf()])
    expect((await open(gpu, 'wasm')).facts).toEqual({ kind: 'wasm', name: 'processor', threads: 6, reason: 'It was chosen.' })
    expect(asked).toEqual([])
  })

  it.each(['auto', 'webgpu'] as const)('is taken where the browser knows no WebGPU (%s)', async (wish) => {
    expect((await open(undefined, wish)).facts).toMatchObject({ kind: 'wasm', reason: expect.stringContaining('no WebGPU') })
  })

  it('has as many threads as there are cores, up to eight, and one where memory cannot be shared', () => {
    const threads = (cores: number, isIsolated = true) => threadsOf({ cores, isIsolated })
    expect([threads(1), threads(4), threads(64), threads(0), threads(Number.NaN), threads(16, false)]).toEqual([1, 4, 8, 1, 1, 1])
  })
})
