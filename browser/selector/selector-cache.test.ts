import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import { type KeptRows, openKeptRows } from './kept-rows'
import { openSelectorCache } from './selector-cache'

let places = 0
const place = () => {
  places += 1
  const name = `cache-${places}`
  return () => openKeptRows({ name })
}
const entry = (value: number) => ({ vector: Float32Array.of(value), seen: null })
const [VIDEO, OTHER, MODEL] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)]

describe('a table', () => {
  it('is one for a video and a model, and is there again in the next page', async () => {
    const open = place()
    const cache = openSelectorCache(open)
    const table = await cache.table('pictures', VIDEO, MODEL)
    table.entries.set(3, entry(1))
    expect((await cache.table('pictures', VIDEO, MODEL)).entries).toBe(table.entries)
    await table.save()
    const next = openSelectorCache(open)
    expect((await next.table('pictures', VIDEO, MODEL)).entries).toEqual(new Map([[3, entry(1)]]))
    for (const [kind, video, model] of [
      ['looks', VIDEO, MODEL],
      ['pictures', OTHER, MODEL],
      ['pictures', VIDEO, OTHER],
    ] as const) {
      expect((await next.table(kind, video, model)).entries.size).toBe(0)
    }
    expect(cache.note()).toBeNull()
  })

  it('is held in memory while it is among the last that were used', async () => {
    const open = place()
    const rows = await open()
    const get = vi.spyOn(rows, 'get')
    const cache = openSelectorCache(async () => rows, 2)
    const first = await cache.table('looks', VIDEO, MODEL)
    await cache.table('looks', OTHER, MODEL)
    expect(await cache.table('looks', VIDEO, MODEL)).toBe(first)
    expect(get).toHaveBeenCalledTimes(2)
    await cache.table('texts', VIDEO, MODEL)
    await cache.table('looks', OTHER, MODEL)
    expect(get).toHaveBeenCalledTimes(4)
  })
})

describe('without storage', () => {
  const broken = (part: Partial<KeptRows>): KeptRows => ({
    get: async () => null,
    put: async () => undefined,
    close: () => undefined,
    ...part,
  })
  const full = async () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
  it.each<[string, () => Promise<KeptRows>]>([
    ['denied', () => Promise.reject(new DOMException('denied', 'SecurityError'))],
    ['missing', () => openKeptRowsWithout()],
    ['unreadable', async () => broken({ get: full })],
    ['full', async () => broken({ put: full })],
  ])('%s: it works for the page, and says so', async (_, open) => {
    const cache = openSelectorCache(open)
    const table = await cache.table('texts', VIDEO, MODEL)
    table.entries.set('x', entry(1))
    await table.save()
    expect((await cache.table('texts', VIDEO, MODEL)).entries.get('x')).toEqual(entry(1))
    expect(cache.note()).toContain('keeps nothing on this device')
  })

  it('touches none before the first question', async () => {
    const open = vi.fn(place())
    openSelectorCache(open).close()
    expect(open).not.toHaveBeenCalled()
  })
})

/** As in a browser that has no IndexedDB at all: it throws before there is a promise. */
function openKeptRowsWithout(): Promise<KeptRows> {
  throw new ReferenceError('indexedDB is not defined')
}
