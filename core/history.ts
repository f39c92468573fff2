/**
 * One undo stack over everything a reviewer does to a sample. Entries are diffs, not closures, so the history is plain
 * JSON: it survives a reload and can be tested as data. Acts with the same merge key (the steps of one drag, letters of
 * one text) become one entry.
 */
import { z } from 'zod'
import { type Diff, diffSchema, isEmptyDiff, reverseDiff, squashDiffs, touchedIds } from './diff'
import { referencesOf } from './references'

/** One act: what it changed, its name in the undo menu, and the key under which following acts join it (null = never). */
export type HistoryEntry = { readonly diff: Diff; readonly label: string; readonly mergeKey: string | null }

/** `done` oldest first; `undone` with the next to redo last. */
export type History = { readonly done: readonly HistoryEntry[]; readonly undone: readonly HistoryEntry[] }

/** A history and the change to apply to the document with it. */
export type HistoryMove = { readonly history: History; readonly diff: Diff; readonly label: string }

const entrySchema = z.strictObject({ diff: diffSchema, label: z.string(), mergeKey: z.string().nullable() })

/** For a history that comes back from storage. */
export const historySchema = z.strictObject({ done: z.array(entrySchema), undone: z.array(entrySchema) })

/** Nothing done, nothing undone. */
export const emptyHistory: History = { done: [], undone: [] }

/** Acts kept. Beyond it the oldest are forgotten; the draft-versus-human diff does not depend on the history. */
export const HISTORY_LIMIT = 500

/**
 * Remembers an act that has been applied. Same non-null `mergeKey` as the newest entry = joined with it; after an undo a
 * new entry is begun, since what was undone is gone for good. An act that changes nothing leaves the history as it is;
 * a joined entry that comes out empty disappears.
 */
export function pushChange(history: History, entry: HistoryEntry, limit: number = HISTORY_LIMIT): History {
  if (isEmptyDiff(entry.diff)) return history
  const top = history.done.at(-1)
  if (top === undefined || entry.mergeKey === null || top.mergeKey !== entry.mergeKey || history.undone.length > 0) {
    return { done: [...history.done, entry].slice(-limit), undone: [] }
  }
  const diff = squashDiffs([top.diff, entry.diff])
  const older = history.done.slice(0, -1)
  return { done: isEmptyDiff(diff) ? older : [...older, { ...top, diff }], undone: [] }
}

/** Takes back the newest act; null when there is none. */
export function undo(history: History): HistoryMove | null {
  const entry = history.done.at(-1)
  if (entry === undefined) return null
  const next = { done: history.done.slice(0, -1), undone: [...history.undone, entry] }
  return { history: next, diff: reverseDiff(entry.diff), label: entry.label }
}

/** Does the last undone act again; null when there is none. */
export function redo(history: History): HistoryMove | null {
  const entry = history.undone.at(-1)
  if (entry === undefined) return null
  const next = { done: [...history.done, entry], undone: history.undone.slice(0, -1) }
  return { history: next, diff: entry.diff, label: entry.label }
}

/**
 * After a merge brought in somebody else's change: forgets every act that can no longer be taken back exactly, because it
 * or a newer act before it in line, touches the same records or ones they now point at. What remains fits the document.
 */
export function forgetTouched(history: History, theirs: Diff): History {
  const arrived = [...Object.values(theirs.added), ...Object.values(theirs.updated).map(([, to]) => to)]
  const foreign = new Set([...touchedIds(theirs), ...arrived.flatMap(referencesOf)])
  const isFree = (entry: HistoryEntry) => !touchedIds(entry.diff).some((id) => foreign.has(id))
  const keepNewest = (entries: readonly HistoryEntry[]) => entries.slice(entries.findLastIndex((entry) => !isFree(entry)) + 1)
  return { done: keepNewest(history.done), undone: keepNewest(history.undone) }
}
