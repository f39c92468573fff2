import { createHash, webcrypto } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ListedModel } from '@/core/models/model-list'
import { type ModelWorld, openModelStore } from './models'
import { listed } from './models-for-tests'
import type { SelectorProgress } from './selector-types'

const WEIGHTS = Uint8Array.from({ length: 1000 }, (_, place) => place % 251)
const MODEL = listed('detector', { 'x.onnx': WEIGHTS })
const [PART = { file: '', sha256: '', bytes: 0 }] = MODEL.files
const LIST = { models: [MODEL] }

/** A server that gives the list, and for any file what `bytes` says; every request is counted by its path. */
function serve(bytes: () => Response | Promise<Response>) {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    return path === '/api/models' ? Response.json(LIST) : bytes()
  })
  return asked
}
afterEach(() => vi.unstubAllGlobals())

/** As the Cache API: answers by address. */
function fakeCaches() {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>()
  const cache = {
    match: async (path: string) => (kept.has(path) ? new Response(kept.get(path)) : undefined),
    put: async (path: string, response: Response) => void kept.set(path, new Uint8Array(await response.arrayBuffer())),
    delete: async (path: string) => kept.delete(path),
  }
  return { kept, caches: { open: async () => cache } as unknown as CacheStorage }
}

const world = (caches: CacheStorage | undefined): ModelWorld => ({ caches, subtle: webcrypto.subtle as SubtleCrypto })
const path = `/api/models/${PART.sha256}`

describe('a model file', () => {
  it('is fetched once, told of in bytes, and there again after a reload', async () => {
    const { kept, caches } = fakeCaches()
    const asked = serve(() => new Response(WEIGHTS))
    const told: SelectorProgress[] = []
    const model = await openModelStore(world(caches)).weights(MODEL, { onProgress: (progress) => told.push(progress) })
    expect(model).toEqual({ name: MODEL.name, dtype: 'fp32', sha256: PART.sha256, content: WEIGHTS })
    expect(told[0]).toEqual({ phase: 'models', done: 0, total: 1000 })
    expect(told.at(-1)).toEqual({ phase: 'models', done: 1000, total: 1000 })
    const again = await openModelStore(world(caches)).weights(MODEL, { onProgress: () => expect.unreachable('nothing is fetched') })
    expect(again.content).toEqual(WEIGHTS)
    expect(asked).toEqual([path])
    expect([...kept.keys()]).toEqual([path])
  })

  it.each([
    ['one byte is another', WEIGHTS.map((byte, place) => (place === 500 ? byte ^ 1 : byte))],
    ['it was cut short', WEIGHTS.slice(0, 999)],
    ['it has more', Uint8Array.from([...WEIGHTS, 0])],
    ['it is a page of an error', new TextEncoder().encode('<html>Bad gateway</html>')],
    ['it is empty', new Uint8Array(0)],
  ])('is refused and not kept when %s', async (_, wrong) => {
    const { kept, caches } = fakeCaches()
    serve(() => new Response(wrong))
    const store = openModelStore(world(caches))
    await expect(store.weights(MODEL)).rejects.toMatchObject({ code: 'bad_file', message: expect.stringContaining('was not run') })
    expect(kept.size).toBe(0)
  })

  it('is not read to its end when there is no end', async () => {
    let given = 0
    const pull = (controller: ReadableStreamDefaultController) => {
      given += 100
      controller.enqueue(new Uint8Array(100))
    }
    serve(() => new Response(new ReadableStream({ pull })))
    await expect(openModelStore(world(undefined)).weights(MODEL)).rejects.toMatchObject({ code: 'bad_file' })
    expect(given).toBeLessThan(2000)
  })

  it('is fetched again when what was kept has changed', async () => {
    const { kept, caches } = fakeCaches()
    kept.set(
      path,
      WEIGHTS.map((byte) => byte ^ 255),
    )
    const asked = serve(() => new Response(WEIGHTS))
    expect((await openModelStore(world(caches)).weights(MODEL)).content).toEqual(WEIGHTS)
    expect(asked).toEqual([path])
    expect(kept.get(path)).toEqual(WEIGHTS)
  })

  it('is fetched each time where storage is denied or full', async () => {
    const asked = serve(() => new Response(WEIGHTS))
    const denied = { open: () => Promise.reject(new DOMException('denied', 'SecurityError')) } as unknown as CacheStorage
    const full = {
      open: async () => ({ match: async () => undefined, put: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) }),
    } as unknown as CacheStorage
    for (const caches of [denied, full, undefined]) expect((await openModelStore(world(caches)).weights(MODEL)).content).toEqual(WEIGHTS)
    expect(asked).toHaveLength(3)
  })

  it('cannot be checked on a page that is not served safely, and is not run unchecked', async () => {
    serve(() => new Response(WEIGHTS))
    const store = openModelStore({ caches: undefined, subtle: undefined })
    await expect(store.weights(MODEL)).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('https') })
  })

  it('that the server refuses or that does not come says why', async () => {
    serve(() => Response.json({ error: { code: 'bad_file', message: 'Not the one.', details: {} } }, { status: 422 }))
    const store = openModelStore(world(undefined))
    await expect(store.weights(MODEL)).rejects.toMatchObject({ code: 'bad_file', message: 'Not the one.' })
    serve(() => Promise.reject(new TypeError('Failed to fetch')))
    await expect(store.weights(MODEL)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('that was called off ends with the reason, also when it had been kept', async () => {
    const reason = new DOMException('no longer wanted', 'AbortError')
    const { kept, caches } = fakeCaches()
    kept.set(path, WEIGHTS)
    const store = openModelStore(world(caches))
    await expect(store.read(PART, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  it('of a model without an ONNX file is missing', async () => {
    const none: ListedModel = { ...MODEL, files: [{ ...PART, file: 'config.json' }] }
    await expect(openModelStore(world(undefined)).weights(none)).rejects.toMatchObject({ code: 'missing_file' })
  })
})

describe('the list', () => {
  it('is asked for once, and again where that failed', async () => {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (address: string) => {
      asked.push(address)
      if (asked.length === 1) throw new TypeError('Failed to fetch')
      return Response.json(LIST)
    })
    const store = openModelStore(world(undefined))
    await expect(store.list()).rejects.toMatchObject({ code: 'unavailable' })
    expect(await store.list()).toEqual(LIST)
    expect(await store.list()).toEqual(LIST)
    expect(asked).toHaveLength(2)
  })

  it('names hashes as the browser counts them', () => {
    expect(PART.sha256).toBe(createHash('sha256').update(WEIGHTS).digest('hex'))
  })
})
