/**
 * What models made of a video, kept on the device (IndexedDB): one row for a video and a model, so that a question asked tomorrow decodes
 * nothing. It can all be made again: rows that do not fit are removed, and the least recently used go when there are too many bytes.
 */
import { type DBSchema, openDB } from 'idb'
import { z } from 'zod'
import { sightingSchema } from '@/core/pipeline/facts'
import type { SeenThing } from '@/core/selection/signals/objects-signal'

/** One vector by its name: frame index or text. `seen` = what a detector found; null of other models. */
export type KeptEntry = { readonly vector: Float32Array; readonly seen: readonly SeenThing[] | null }
export type KeptEntries = Map<number | string, KeptEntry>

export type KeptRows = {
  /** null when there is none, or none that can be used. */
  get(key: string): Promise<KeptEntries | null>
  /** Rejects when the row cannot be kept. */
  put(key: string, entries: KeptEntries): Promise<void>
  close(): void
}

const DATABASE = 'crema-selector'
const VERSION = 1
export const ROWS_BUDGET_BYTES = 256 * 1024 * 1024
/** What a detection, or a name, takes beside its numbers; about. */
const BYTES_OF_THING = 160

const seenSchema = z.strictObject(sightingSchema.pick({ label: true, score: true, rect: true, colour: true }).shape)
const rowSchema = z
  .strictObject({
    key: z.string(),
    dimensions: z.int().min(1),
    names: z.array(z.union([z.int().min(0), z.string()])).min(1),
    vectors: z.instanceof(Float32Array),
    seen: z.array(z.array(seenSchema)).nullable(),
  })
  .refine(({ names, seen }) => seen === null || seen.length === names.length)
  .refine(({ names, vectors, dimensions }) => vectors.length === names.length * dimensions && vectors.every(Number.isFinite))
type Row = z.infer<typeof rowSchema>
type Use = { readonly key: string; readonly bytes: number; readonly usedAt: number }

/** `uses` stands apart, so that choosing what goes reads no vectors. */
interface RowsSchema extends DBSchema {
  rows: { key: string; value: Row }
  uses: { key: string; value: Use }
}

type Options = { readonly name?: string; readonly budgetBytes?: number; readonly now?: () => number }

/** @throws whatever IndexedDB throws where storage is denied */
export async function openKeptRows({ name = DATABASE, budgetBytes = ROWS_BUDGET_BYTES, now = Date.now }: Options = {}): Promise<KeptRows> {
  const database = await openDB<RowsSchema>(name, VERSION, {
    upgrade(db) {
      db.createObjectStore('rows', { keyPath: 'key' })
      db.createObjectStore('uses', { keyPath: 'key' })
    },
  })
  const both = () => database.transaction(['rows', 'uses'], 'readwrite')
  return {
    async get(key) {
      const transaction = both()
      const [rows, uses] = [transaction.objectStore('rows'), transaction.objectStore('uses')]
      const entries = entriesOf(await rows.get(key))
      const use = await uses.get(key)
      if (entries === null) await Promise.all([rows.delete(key), uses.delete(key)])
      else await uses.put({ key, bytes: use?.bytes ?? bytesOf(entries), usedAt: now() })
      await transaction.done
      return entries
    },
    async put(key, entries) {
      const bytes = bytesOf(entries)
      // Alone it would drive out everything else.
      if (entries.size === 0 || bytes > budgetBytes) return
      const transaction = both()
      const [rows, uses] = [transaction.objectStore('rows'), transaction.objectStore('uses')]
      const others = (await uses.getAll()).filter((use) => use.key !== key)
      for (const old of toRemove(others, budgetBytes - bytes)) await Promise.all([rows.delete(old), uses.delete(old)])
      await Promise.all([rows.put(rowOf(key, entries)), uses.put({ key, bytes, usedAt: now() }), transaction.done])
    },
    close: () => database.close(),
  }
}

/** Keys of the rows that go so that the others fit, the longest unused first. */
function toRemove(uses: readonly Use[], budgetBytes: number): string[] {
  let total = uses.reduce((sum, { bytes }) => sum + bytes, 0)
  const removed: string[] = []
  for (const { key, bytes } of [...uses].sort((a, b) => a.usedAt - b.usedAt)) {
    if (total <= budgetBytes) break
    total -= bytes
    removed.push(key)
  }
  return removed
}

function bytesOf(entries: KeptEntries): number {
  let bytes = 0
  for (const [name, { vector, seen }] of entries) {
    bytes += vector.byteLength + BYTES_OF_THING * (1 + (seen?.length ?? 0)) + (typeof name === 'string' ? name.length * 2 : 0)
  }
  return bytes
}

function rowOf(key: string, entries: KeptEntries): Row {
  const all = [...entries.values()]
  const dimensions = all[0]?.vector.length ?? 0
  const vectors = new Float32Array(all.length * dimensions)
  for (const [at, { vector }] of all.entries()) vectors.set(vector, at * dimensions)
  const seen = all.flatMap((entry) =>
    entry.seen === null ? [] : [entry.seen.map(({ label, score, rect, colour }) => ({ label, score, rect, colour }))],
  )
  return { key, dimensions, names: [...entries.keys()], vectors, seen: seen.length === all.length ? seen : null }
}

function entriesOf(value: unknown): KeptEntries | null {
  const row = rowSchema.safeParse(value).data
  if (row === undefined) return null
  const { names, vectors, seen, dimensions } = row
  return new Map(
    names.map((name, at) => {
      // Views of one memory: a row is used as a whole.
      const vector = vectors.subarray(at * dimensions, (at + 1) * dimensions)
      return [name, { vector, seen: seen?.[at] ?? null }]
    }),
  )
}
