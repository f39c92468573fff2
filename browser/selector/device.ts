/** Where models run: the graphics card where there is a real one, else the processor, and why, in a sentence for people. */
import type { DeviceFacts, DeviceWish } from './selector-types'

/** `isSoftware` = the processor plays a graphics card: right, and slower than running on it directly. */
export type Gpu = { readonly adapter: GPUAdapter; readonly device: GPUDevice; readonly name: string; readonly isSoftware: boolean }
export type OpenedDevice = { readonly facts: DeviceFacts; readonly gpu: Gpu | null }

export type DeviceWorld = {
  readonly gpu: GPU | undefined
  readonly cores: number
  /** Without it there is no memory that threads could share. */
  readonly isIsolated: boolean
  readonly wait: (ms: number) => Promise<void>
}

/** After a start the first answer of a real card may be null, and the next is the card: seen on NVIDIA, Chromium 156. */
const RETRY_AFTER_MS = [100, 300]
/** More gain little on models of this size (52 ms a picture on 4, 31 ms on 16), and the page wants to run too. */
const MAX_THREADS = 8
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i
const FEATURES: readonly GPUFeatureName[] = ['shader-f16', 'subgroups']
/** The standard ones are low for large weights: what the card can, is asked for. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
] as const

export function worldOfBrowser(): DeviceWorld {
  return {
    gpu: navigator.gpu,
    cores: navigator.hardwareConcurrency,
    isIsolated: globalThis.crossOriginIsolated,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  }
}

/** Never throws: without a graphics card it is the processor. A software adapter is taken only where `webgpu` is wished outright. */
export async function openDevice(wish: DeviceWish, world: DeviceWorld = worldOfBrowser()): Promise<OpenedDevice> {
  const found = wish === 'wasm' ? 'It was chosen.' : await openGpu(world, wish === 'webgpu')
  const threads = threadsOf(world)
  if (typeof found === 'string') return { facts: onProcessor(threads, found), gpu: null }
  return { facts: { kind: 'webgpu', name: found.name, threads, reason: null }, gpu: found }
}

export function threadsOf({ isIsolated, cores }: Pick<DeviceWorld, 'isIsolated' | 'cores'>): number {
  return isIsolated ? Math.max(1, Math.min(MAX_THREADS, cores || 1)) : 1
}

export function onProcessor(threads: number, reason: string): DeviceFacts {
  return { kind: 'wasm', name: 'processor', threads, reason }
}

/** The card, or why not. */
async function openGpu({ gpu, wait }: DeviceWorld, isSoftwareWanted: boolean): Promise<Gpu | string> {
  if (gpu === undefined) return 'This browser has no WebGPU, or the page is not served by https or from the machine that Crema runs on.'
  const adapter = await requestAdapter(gpu, wait)
  if (adapter === null) return 'The browser offers no graphics card for WebGPU.'
  const name = nameOf(adapter.info)
  const isSoftware = isFallback(adapter) || SOFTWARE.test(name)
  if (isSoftware && !isSoftwareWanted) return `The only graphics adapter is a software one (${name}), which is slower than the processor.`
  try {
    const device = await adapter.requestDevice({
      requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
      requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
    })
    return { adapter, device, name, isSoftware }
  } catch (thrown) {
    return `The graphics card (${name}) could not be opened: ${messageOf(thrown)}`
  }
}

async function requestAdapter(gpu: GPU, wait: DeviceWorld['wait']): Promise<GPUAdapter | null> {
  for (const afterMs of [0, ...RETRY_AFTER_MS]) {
    if (afterMs > 0) await wait(afterMs)
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null)
    if (adapter !== null) return adapter
  }
  return null
}

/** Older browsers say it of the adapter itself. */
function isFallback(adapter: GPUAdapter): boolean {
  return adapter.info.isFallbackAdapter || ('isFallbackAdapter' in adapter && adapter.isFallbackAdapter === true)
}

function nameOf({ vendor, architecture, description }: GPUAdapterInfo): string {
  return [vendor, architecture, description].filter((word) => word !== '').join(' ') || 'unnamed'
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
