/**
 * A change is a value (invariant 3): which records were added, updated (from, to) and removed. Undo, autosave, merge,
 * audit, the diff view and the metrics all use this one value. Diffs are plain JSON and carry what they replace, so each
 * can be reversed and each notices when it is applied to a document it was not made for.
 */
import { z } from 'zod'
import { equalValues } from './equal'
import { AppError } from './errors'
import { recordIdSchema } from './ids'
import { type DocRecord, recordSchema, type SampleDocument } from './records'

/** Records by id. `updated` holds `[from, to]` of the whole record. */
export type Diff = {
  readonly added: Readonly<Record<string, DocRecord>>
  readonly updated: Readonly<Record<string, readonly [DocRecord, DocRecord]>>
  readonly removed: Readonly<Record<string, DocRecord>>
}

const recordsSchema = z.record(recordIdSchema, recordSchema)

/** A diff from outside: each key equals the id of its records, and no id stands in two parts. */
export const diffSchema = z
  .strictObject({
    added: recordsSchema,
    updated: z.record(recordIdSchema, z.tuple([recordSchema, recordSchema])),
    removed: recordsSchema,
  })
  .check((context) => {
    const { added, updated, removed } = context.value
    const filed = [
      ...Object.entries(added).map(([key, record]) => ({ key, part: 'added', ids: [record.id] })),
      ...Object.entries(removed).map(([key, record]) => ({ key, part: 'removed', ids: [record.id] })),
      ...Object.entries(updated).map(([key, [from, to]]) => ({ key, part: 'updated', ids: [from.id, to.id] })),
    ]
    for (const { key, part, ids } of filed) {
      if (ids.some((id) => id !== key)) {
        context.issues.push({ code: 'custom', input: key, path: [part, key], message: 'Key and record id differ.' })
      }
    }
    const keys = filed.map((entry) => entry.key)
    if (new Set(keys).size !== keys.length) {
      context.issues.push({ code: 'custom', input: keys, path: [], message: 'One record id stands in two parts of the change.' })
    }
  })

/** The change that changes nothing. */
export const emptyDiff: Diff = { added: {}, updated: {}, removed: {} }

/** Whether applying the diff would change nothing. */
export function isEmptyDiff(diff: Diff): boolean {
  return Object.keys(diff.added).length + Object.keys(diff.updated).length + Object.keys(diff.removed).length === 0
}

/** Every record id a diff touches. */
export function touchedIds(diff: Diff): string[] {
  return [...Object.keys(diff.added), ...Object.keys(diff.updated), ...Object.keys(diff.removed)]
}

/** Structural equality of two records. */
export function equalRecords(a: DocRecord, b: DocRecord): boolean {
  return equalValues(a, b)
}

function at(records: Readonly<Record<string, DocRecord>>, id: string): DocRecord | undefined {
  return Object.hasOwn(records, id) ? records[id] : undefined
}

/** The change that leads from one document to another. Empty exactly when they are equal. */
export function diffDocuments(from: SampleDocument, to: SampleDocument): Diff {
  const added: Record<string, DocRecord> = {}
  const updated: Record<string, readonly [DocRecord, DocRecord]> = {}
  const removed: Record<string, DocRecord> = {}
  for (const [id, before] of Object.entries(from)) {
    const after = at(to, id)
    if (after === undefined) removed[id] = before
    else if (!equalRecords(before, after)) updated[id] = [before, after]
  }
  for (const [id, after] of Object.entries(to)) {
    if (at(from, id) === undefined) added[id] = after
  }
  return { added, updated, removed }
}

function refuse(id: string, what: string): never {
  throw new AppError('version_conflict', `The change does not fit this version of the sample: record “${id}” ${what}.`, { recordId: id })
}

/**
 * A new document with the change applied; the given one is left as it is.
 *
 * @throws AppError `version_conflict` when the document is not the one the diff was made for (a `from` differs, an added
 * record exists already, a removed one is gone). Nothing is applied then.
 */
export function applyDiff(doc: SampleDocument, diff: Diff): SampleDocument {
  const next: Record<string, DocRecord> = { ...doc }
  for (const [id, record] of Object.entries(diff.removed)) {
    const current = at(doc, id)
    if (current === undefined) refuse(id, 'is gone already')
    if (!equalRecords(current, record)) refuse(id, 'has changed since')
    delete next[id]
  }
  for (const [id, [from, to]] of Object.entries(diff.updated)) {
    const current = at(doc, id)
    if (current === undefined) refuse(id, 'is gone')
    if (!equalRecords(current, from)) refuse(id, 'has changed since')
    next[id] = to
  }
  for (const [id, record] of Object.entries(diff.added)) {
    if (at(doc, id) !== undefined) refuse(id, 'exists already')
    next[id] = record
  }
  return next
}

/** The change that takes the given one back. */
export function reverseDiff(diff: Diff): Diff {
  const updated: Record<string, readonly [DocRecord, DocRecord]> = {}
  for (const [id, [from, to]] of Object.entries(diff.updated)) updated[id] = [to, from]
  return { added: diff.removed, updated, removed: diff.added }
}

/** One change with the effect of all given ones in sequence. What cancels out disappears. */
export function squashDiffs(diffs: readonly Diff[]): Diff {
  // Per record: what stood there before the first and after the last change; null = no record.
  const net = new Map<string, { before: DocRecord | null; after: DocRecord | null }>()
  const record = (id: string, before: DocRecord | null, after: DocRecord | null) => {
    const known = net.get(id)
    net.set(id, { before: known === undefined ? before : known.before, after })
  }
  for (const diff of diffs) {
    for (const [id, gone] of Object.entries(diff.removed)) record(id, gone, null)
    for (const [id, [from, to]] of Object.entries(diff.updated)) record(id, from, to)
    for (const [id, fresh] of Object.entries(diff.added)) record(id, null, fresh)
  }
  const before: Record<string, DocRecord> = {}
  const after: Record<string, DocRecord> = {}
  for (const [id, ends] of net) {
    if (ends.before !== null) before[id] = ends.before
    if (ends.after !== null) after[id] = ends.after
  }
  return diffDocuments(before, after)
}
