/** The page of the benchmark: runs everything, one after the other, and sends what came out to the server that served it. */
import { type Gpu, openDevice } from '@/browser/selector/device'
import { configureRuntime } from '@/browser/selector/onnx-session'
import { cosine } from '@/core/models/vectors'
import { framesOf } from './bench-input'
import { type Cases, type CaseWorld, cremaCases, type Sizes } from './crema-cases'
import { ADAPTERS, type PageOutcome } from './outcome'
import { readPacked } from './packed-models'
import { transformersCases } from './transformers-cases'

/** A card is filled by many at a time; a processor gains nothing from more than a few, and a software adapter takes seconds for one. */
const SIZES: Readonly<Record<'card' | 'software' | 'processor', Sizes>> = {
  card: { detector: [1, 16, 32], encoder: [1, 16, 256], dual: [1, 8, 16, 64], frames: 256 },
  software: { detector: [1], encoder: [1, 16], dual: [1], frames: 2 },
  processor: { detector: [1, 4], encoder: [1, 16, 256], dual: [1, 8], frames: 32 },
}
/** Of the size that the dual encoder takes, so that no resizing comes between two ways. */
const COMPARED = { width: 224, height: 224 }

const query = new URLSearchParams(location.search)
const say = (line: string) => {
  document.body.append(line, document.createElement('br'))
  console.log(line)
}

function settingsOf(): PageOutcome['settings'] {
  const adapter = ADAPTERS.find((each) => each === query.get('adapter')) ?? 'hardware'
  return { adapter, runs: Number(query.get('runs') ?? 20), budgetSec: Number(query.get('budget') ?? 60) }
}

function described({ adapter, name, isSoftware }: Gpu): NonNullable<PageOutcome['adapter']> {
  const { vendor, architecture, description } = adapter.info
  const limits: Record<string, number> = {}
  for (const limit in adapter.limits) {
    const value: unknown = Reflect.get(adapter.limits, limit)
    if (typeof value === 'number') limits[limit] = value
  }
  return { name, vendor, architecture, description, isFallback: isSoftware, features: Array.from(adapter.features).sort(), limits }
}

async function run(): Promise<PageOutcome> {
  const settings = settingsOf()
  const { facts, gpu } = await openDevice(settings.adapter === 'software' ? 'webgpu' : 'auto')
  say(gpu === null ? `no WebGPU: ${facts.reason}` : `WebGPU: ${facts.name}`)
  configureRuntime(facts.threads)
  const packed = await readPacked()
  const compared = await framesOf(gpu?.isSoftware ? 1 : 2, COMPARED)
  const worlds = (gpu === null ? [null] : [gpu, null]).map((on): CaseWorld => {
    const sizes = on === null ? SIZES.processor : on.isSoftware ? SIZES.software : SIZES.card
    return { gpu: on, sizes, patience: settings, packed, say }
  })
  const done: (Cases & { readonly way: string })[] = []
  for (const world of worlds) {
    const device = world.gpu === null ? 'wasm' : 'WebGPU'
    done.push({ ...(await cremaCases(world, compared)), way: `Crema on ${device}` })
    done.push({ ...(await transformersCases(world, facts.threads, compared)), way: `Transformers.js on ${device}` })
  }
  const [first] = done.slice(-2)
  return {
    format: 'crema.webgpu-bench/v1',
    settings,
    browser: navigator.userAgent,
    isIsolated: window.crossOriginIsolated,
    threads: facts.threads,
    adapter: gpu === null ? null : described(gpu),
    reason: facts.reason,
    models: done.flatMap(({ models }) => models),
    measured: done.flatMap(({ measured }) => measured),
    agreement: done
      .filter((each) => each !== first)
      .map(({ way, vectors }) => ({ what: `${first?.way} and ${way}`, cosine: lowest(first?.vectors ?? [], vectors) })),
    jsHeapBytes: heapBytes(),
  }
}

function lowest(some: readonly Float32Array[], others: readonly Float32Array[]): number {
  return Math.min(...some.map((vector, place) => cosine(vector, others[place] ?? new Float32Array(vector.length))))
}

/** Chromium alone tells. */
function heapBytes(): number | null {
  const memory: unknown = Reflect.get(performance, 'memory')
  const used: unknown = typeof memory === 'object' && memory !== null ? Reflect.get(memory, 'usedJSHeapSize') : null
  return typeof used === 'number' ? used : null
}

const send = (what: unknown) => fetch('result', { method: 'POST', body: JSON.stringify(what) })
run().then(send, (error: unknown) => send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
