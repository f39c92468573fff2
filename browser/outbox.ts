/**
 * Where unsent edits are kept: IndexedDB, one row per sample and tab. A row is written whole in one transaction before the
 * screen says that an edit is kept, so a killed tab loses at most the keystroke in flight (invariant 5).
 *
 * The stored shape is ours alone, but a row may be older than the code: what does not parse is left where it is and reported,
 * never deleted.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { EditQueue } from './edit-queue'

const DATABASE = 'crema-outbox'
const VERSION = 1

interface OutboxSchema extends DBSchema {
  queues: { key: string; value: EditQueue; indexes: { sample: string; tab: string } }
}

export type Outbox = {
  put(queue: EditQueue): Promise<void>
  get(queueId: string): Promise<EditQueue | undefined>
  remove(queueId: string): Promise<void>
  ofSample(sampleId: string): Promise<readonly EditQueue[]>
  all(): Promise<readonly EditQueue[]>
  close(): void
}

/** @throws whatever IndexedDB throws when storage is denied; the caller then says that edits cannot be kept on the device. */
export async function openOutbox(name: string = DATABASE): Promise<Outbox> {
  const database: IDBPDatabase<OutboxSchema> = await openDB<OutboxSchema>(name, VERSION, {
    upgrade(db) {
      const store = db.createObjectStore('queues', { keyPath: 'queueId' })
      store.createIndex('sample', 'sampleId')
      store.createIndex('tab', 'tabId')
    },
  })
  return {
    async put(queue) {
      const transaction = database.transaction('queues', 'readwrite', { durability: 'strict' })
      await Promise.all([transaction.store.put(queue), transaction.done])
    },
    get: (queueId) => database.get('queues', queueId),
    remove: (queueId) => database.delete('queues', queueId),
    ofSample: (sampleId) => database.getAllFromIndex('queues', 'sample', sampleId),
    all: () => database.getAll('queues'),
    close: () => database.close(),
  }
}

/** For browsers that deny storage: nothing is ever kept, and the save state says so. */
export function deniedOutbox(cause: unknown): Outbox {
  return {
    put: () => Promise.reject(cause),
    get: async () => undefined,
    remove: async () => {},
    ofSample: async () => [],
    all: async () => [],
    close: () => {},
  }
}
