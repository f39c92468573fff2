import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, expect, it, vi } from 'vitest'
import { fasterOf, openPlacements } from './placements'

let count = 0
const fresh = () => `places-${++count}`
afterEach(() => vi.unstubAllGlobals())

it('remembers where a model was faster, also in the next page', async () => {
  const name = fresh()
  const first = openPlacements(name)
  expect(await first.get('model card 4')).toBeNull()
  await first.set('model card 4', { webgpu: 3, wasm: 52 })
  await first.set('model other 4', { webgpu: 90, wasm: 52 })
  const next = openPlacements(name)
  expect([await next.get('model card 4'), await next.get('model other 4'), await next.get('model card 8')]).toEqual([
    'webgpu',
    'wasm',
    null,
  ])
})

it('measures again where what was kept cannot be read', async () => {
  const name = fresh()
  await openPlacements(name).set('x', { webgpu: 1, wasm: 2 })
  const database = await openDB(name)
  await database.put('places', { webgpu: 'fast' }, 'x')
  await database.put('places', null, 'y')
  database.close()
  const places = openPlacements(name)
  expect([await places.get('x'), await places.get('y')]).toEqual([null, null])
})

it('remembers within the page where storage is denied', async () => {
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('denied', 'SecurityError')
    },
  })
  const places = openPlacements(fresh())
  expect(await places.get('x')).toBeNull()
  await places.set('x', { webgpu: 1, wasm: 2 })
  expect(await places.get('x')).toBe('webgpu')
})

it('prefers the card when both take as long, and never one that gave no time', () => {
  expect([fasterOf({ webgpu: 5, wasm: 5 }), fasterOf({ webgpu: 6, wasm: 5 }), fasterOf({ webgpu: Number.NaN, wasm: 5 })]).toEqual([
    'webgpu',
    'wasm',
    'wasm',
  ])
})
