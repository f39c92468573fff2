/**
 * On which device a model was faster, measured once for each model, adapter and number of threads, and remembered: a page spends no time
 * on measuring what an earlier one has measured.
 */
import { type DBSchema, openDB } from 'idb'
import type { BrowserSession } from './onnx-session'

export type Place = BrowserSession['kind']
/** Milliseconds of the same work on each device, warm. */
export type Timing = Readonly<Record<Place, number>>

export type Placements = {
  /** Null = not measured yet. */
  get(key: string): Promise<Place | null>
  set(key: string, timing: Timing): Promise<void>
}

interface PlacementsSchema extends DBSchema {
  places: { key: string; value: Timing }
}

const DATABASE = 'crema-selector-places'

/** The faster one. A card that is as fast as the processor leaves the processor to the page. */
export function fasterOf({ webgpu, wasm }: Timing): Place {
  return webgpu <= wasm ? 'webgpu' : 'wasm'
}

/** Storage that is denied costs a measurement a page. */
export function openPlacements(name: string = DATABASE): Placements {
  const here = new Map<string, Timing>()
  const opening = openStore(name)
  return {
    async get(key) {
      const timing = here.get(key) ?? (await (await opening)?.get('places', key).catch(() => undefined))
      const isWhole = Number.isFinite(timing?.webgpu) && Number.isFinite(timing?.wasm)
      return timing !== undefined && isWhole ? fasterOf(timing) : null
    },
    async set(key, timing) {
      here.set(key, timing)
      await (await opening)?.put('places', timing, key).catch(() => undefined)
    },
  }
}

/** Null where storage is denied, which some browsers throw at once. */
async function openStore(name: string) {
  try {
    return await openDB<PlacementsSchema>(name, 1, { upgrade: (db) => void db.createObjectStore('places') })
  } catch {
    return null
  }
}
