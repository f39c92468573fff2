/** What was made of the last videos: in memory, and behind it on the device. A second question computes nothing twice. */
import { type KeptEntries, type KeptRows, openKeptRows } from './kept-rows'

/** `looks` = what the detector saw on frames; `pictures` = vectors of frames by a dual encoder; `texts` = vectors of sentences. */
export type KeptKind = 'looks' | 'pictures' | 'texts'

/** `entries` may be added to; `save` then keeps them on the device and never rejects. */
export type KeptTable = { readonly entries: KeptEntries; save(): Promise<void> }

export type SelectorCache = {
  /** By the sha256 of the video and those of the model's files: another file, or another model, has a table of its own. */
  table(kind: KeptKind, videoSha256: string, modelSha256s: string): Promise<KeptTable>
  /** Why nothing is kept on the device, a sentence for people; null where it is. */
  note(): string | null
  close(): void
}

/** What an entry means: raised when pictures are prepared or read in another way, so that older rows are left alone and fade out. */
const MEANING = 1
/** Tables held in memory; of one video there are three at most. */
const MOST_TABLES = 12

export function openSelectorCache(open: () => Promise<KeptRows> = () => openKeptRows(), mostTables = MOST_TABLES): SelectorCache {
  const tables = new Map<string, Promise<KeptTable>>()
  let problem: string | null = null
  const failed = () => {
    problem = 'The browser keeps nothing on this device, so what was seen of this video is forgotten with the page.'
    return null
  }
  let rows: Promise<KeptRows | null> | null = null
  // Opened with the first question, so that a page that asks none touches no storage.
  const opened = () => {
    rows ??= Promise.resolve().then(open).catch(failed)
    return rows
  }

  async function load(key: string): Promise<KeptTable> {
    const entries: KeptEntries = (await (await opened())?.get(key).catch(failed)) ?? new Map()
    let saved = entries.size
    return {
      entries,
      save: async () => {
        // Entries are added and never changed.
        if (entries.size === saved) return
        saved = entries.size
        await (await opened())?.put(key, entries).catch(failed)
      },
    }
  }

  return {
    table(kind, videoSha256, modelSha256s) {
      const key = `${kind} ${MEANING} ${videoSha256} ${modelSha256s}`
      const table = tables.get(key) ?? load(key)
      tables.delete(key)
      tables.set(key, table)
      for (const oldest of tables.keys()) {
        if (tables.size <= mostTables) break
        tables.delete(oldest)
      }
      return table
    },
    note: () => problem,
    close: () => void rows?.then((each) => each?.close()),
  }
}
