/** For tests in Node, which has no WebGPU: what of an adapter and a device is used to choose and to lose them. */
import type { Gpu } from './device'

export type FakeDevice = {
  readonly device: GPUDevice
  lose(message?: string): void
  fail(message: string): void
  readonly isDestroyed: () => boolean
}

export function fakeDevice(features: readonly string[] = []): FakeDevice {
  const events = new EventTarget()
  let isDestroyed = false
  let lose: (message?: string) => void = () => {}
  const lost = new Promise<GPUDeviceLostInfo>((resolve) => {
    lose = (message = '') => resolve(infoOf(message))
  })
  const device = {
    lost,
    features: new Set(features),
    addEventListener: events.addEventListener.bind(events),
    destroy: () => {
      isDestroyed = true
      lose('Device was destroyed.')
    },
  }
  return {
    device: device as unknown as GPUDevice,
    lose: (message) => lose(message),
    fail: (message) => events.dispatchEvent(Object.assign(new Event('uncapturederror'), { error: { message } })),
    isDestroyed: () => isDestroyed,
  }
}

const infoOf = (message: string) => ({ reason: 'unknown', message }) as unknown as GPUDeviceLostInfo

export type AdapterWords = Partial<Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'description' | 'isFallbackAdapter'>>

export function fakeAdapter(
  words: AdapterWords,
  request: (descriptor: GPUDeviceDescriptor) => Promise<GPUDevice>,
  features: readonly string[] = [],
): GPUAdapter {
  const adapter = {
    info: { vendor: '', architecture: '', description: '', isFallbackAdapter: false, ...words },
    features: new Set(features),
    limits: { maxBufferSize: 2 ** 32, maxStorageBufferBindingSize: 2 ** 31 },
    requestDevice: request,
  }
  return adapter as unknown as GPUAdapter
}

/** Gives the answers in their order, the last one for ever. */
export function fakeGpu(answers: readonly (GPUAdapter | Error | null)[]): {
  readonly gpu: GPU
  readonly asked: GPURequestAdapterOptions[]
} {
  const asked: GPURequestAdapterOptions[] = []
  const requestAdapter = async (options: GPURequestAdapterOptions) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? null
    asked.push(options)
    if (answer instanceof Error) throw answer
    return answer
  }
  return { gpu: { requestAdapter } as unknown as GPU, asked }
}

export function fakeCard({ device }: FakeDevice, isSoftware = false): Gpu {
  return { device, adapter: fakeAdapter({}, async () => device), name: 'acme card', isSoftware }
}
