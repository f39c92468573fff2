import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { beforeEach, describe, expect, it } from 'vitest'
import type { SeenThing } from '@/core/selection/signals/objects-signal'
import { type KeptEntries, type KeptRows, openKeptRows } from './kept-rows'

let name = ''
let places = 0
let clock = 0
const now = () => {
  clock += 1
  return clock
}
beforeEach(() => {
  places += 1
  name = `rows-${places}`
})

const open = (budgetBytes?: number): Promise<KeptRows> => openKeptRows({ name, now, ...(budgetBytes === undefined ? {} : { budgetBytes }) })
const car: SeenThing = { label: 'car', score: 0.5, rect: { x: 1, y: 2, w: 3, h: 4 }, colour: null }
const looks = (count: number, dimensions = 4): KeptEntries =>
  new Map(
    Array.from({ length: count }, (_, at) => [
      at * 10,
      { vector: new Float32Array(dimensions).fill(at + 0.5), seen: at === 1 ? [car] : [] },
    ]),
  )
const texts = (...all: string[]): KeptEntries => new Map(all.map((text, at) => [text, { vector: Float32Array.of(at, 1), seen: null }]))

describe('rows', () => {
  it('come back as they were, also in another page', async () => {
    const rows = await open()
    await rows.put('a', looks(3))
    await rows.put('b', texts('Ein Auto.', '你好', ''))
    expect(await rows.get('a')).toEqual(looks(3))
    rows.close()
    const again = await open()
    expect(await again.get('a')).toEqual(looks(3))
    expect(await again.get('b')).toEqual(texts('Ein Auto.', '你好', ''))
    expect(await again.get('c')).toBeNull()
  })

  it('are replaced as a whole, and empty ones are not kept', async () => {
    const rows = await open()
    await rows.put('a', looks(3))
    await rows.put('a', looks(5))
    await rows.put('b', new Map())
    expect((await rows.get('a'))?.size).toBe(5)
    expect(await rows.get('b')).toBeNull()
  })

  it('keep of a detection what is said of it, not what hangs on it', async () => {
    const rows = await open()
    const sighting = { ...car, track: 3, place: 'left', motion: null }
    await rows.put('a', new Map([[1, { vector: Float32Array.of(1), seen: [sighting] }]]))
    expect((await rows.get('a'))?.get(1)?.seen).toEqual([car])
  })
})

describe('the budget', () => {
  it('drives out what was unused the longest', async () => {
    const rows = await open(12_000)
    for (const key of ['a', 'b', 'c']) await rows.put(key, looks(2, 400))
    await rows.get('a')
    await rows.put('d', looks(2, 400))
    const kept = await Promise.all(['a', 'b', 'c', 'd'].map((key) => rows.get(key)))
    expect(kept.map((row) => row !== null)).toEqual([true, false, true, true])
  })

  it('counts a row that grew by what it is now', async () => {
    const rows = await open(10_000)
    await rows.put('a', looks(2, 400))
    await rows.put('b', looks(1, 400))
    await rows.put('b', looks(4, 400))
    expect([await rows.get('a'), (await rows.get('b'))?.size]).toEqual([null, 4])
  })

  it('leaves the others alone for a row that would not fit by itself', async () => {
    const rows = await open(10_000)
    await rows.put('a', looks(2, 400))
    await rows.put('b', looks(3, 4000))
    expect([(await rows.get('a'))?.size, await rows.get('b')]).toEqual([2, null])
  })
})

describe('a row that cannot be used', () => {
  const whole = { dimensions: 2, names: [1, 2], vectors: Float32Array.of(1, 2, 3, 4), seen: null }
  it.each<[string, object]>([
    ['of an older shape', { words: 'old' }],
    ['with too few numbers', { ...whole, vectors: Float32Array.of(1, 2, 3) }],
    ['with NaN', { ...whole, vectors: Float32Array.of(1, 2, 3, Number.NaN) }],
    ['with numbers of another kind', { ...whole, vectors: [1, 2, 3, 4] }],
    ['whose detections are not one a frame', { ...whole, seen: [[]] }],
    ['with a detection that is none', { ...whole, seen: [[], [{ label: 'car' }]] }],
  ])('%s is removed', async (_, value) => {
    const rows = await open()
    await rows.put('good', looks(1))
    const raw = await openDB(name)
    await raw.put('rows', { key: 'bad', ...value })
    expect(await rows.get('bad')).toBeNull()
    expect(await raw.get('rows', 'bad')).toBeUndefined()
    expect((await rows.get('good'))?.size).toBe(1)
    raw.close()
  })
})
