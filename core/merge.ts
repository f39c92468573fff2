/**
 * Merging two people's changes to one sample (invariant 5: a moved base leads to a merge or a visible conflict, never to an
 * overwrite). `base` is the version both started from; `theirs` is in force on the server, `mine` wants to be.
 */
import { applyDiff, type Diff, diffDocuments } from './diff'
import { documentProblems, type Problem } from './document'
import { equalValues } from './equal'
import { AppError } from './errors'
import { mergeRecord, withPart } from './merge-record'
import type { DocRecord, SampleDocument } from './records'
import { referencesOf, withoutDangling } from './references'

/**
 * Something both changed differently. `field` is a part of the record (see `RECORD_PARTS`, and `verdict`) or null for the
 * whole record: removed against edited, or a change that rests on what the other side removed. Values are those of the
 * part, or the whole record; null = no such record.
 */
export type Conflict = {
  readonly recordId: string
  readonly field: string | null
  readonly base: unknown
  readonly theirs: unknown
  readonly mine: unknown
}

/** `merged` applies on base + theirs and holds everything of `mine` that is not in conflict. */
export type MergeResult = { readonly merged: Diff; readonly conflicts: readonly Conflict[] }

/** Whose value stands in a place of conflict. */
export type ConflictChoice = 'theirs' | 'mine'

/** The name under which a choice for this conflict is given. */
export function conflictKey(conflict: Pick<Conflict, 'recordId' | 'field'>): string {
  return conflict.field === null ? conflict.recordId : `${conflict.recordId}.${conflict.field}`
}

type Sides = { readonly base: SampleDocument; readonly theirs: SampleDocument; readonly mine: SampleDocument }

function at(doc: SampleDocument, id: string): DocRecord | null {
  return Object.hasOwn(doc, id) ? (doc[id] ?? null) : null
}

function wholeConflict(sides: Sides, id: string): Conflict {
  return { recordId: id, field: null, base: at(sides.base, id), theirs: at(sides.theirs, id), mine: at(sides.mine, id) }
}

/** What one record I touched becomes; null = it is not there. */
function mergeOne(sides: Sides, id: string): { readonly record: DocRecord | null; readonly conflicts: readonly Conflict[] } {
  const [base, theirs, mine] = [at(sides.base, id), at(sides.theirs, id), at(sides.mine, id)]
  if (equalValues(theirs, base)) return { record: mine, conflicts: [] }
  if (equalValues(theirs, mine)) return { record: theirs, conflicts: [] }
  if (base === null || theirs === null || mine === null || theirs.type !== base.type || mine.type !== base.type) {
    return { record: theirs, conflicts: [wholeConflict(sides, id)] }
  }
  const { record, conflicts } = mergeRecord(base, theirs, mine)
  return { record, conflicts: conflicts.map((conflict) => ({ recordId: id, ...conflict })) }
}

/** The record of mine to give up for a problem of the merged document; null = the problem is not of my making. */
function culpritOf(sides: Sides, merged: SampleDocument, problem: Problem): string | null {
  const isMine = (id: string | null): id is string => id !== null && at(merged, id) !== at(sides.theirs, id)
  if (isMine(problem.refId) && at(merged, problem.refId) === null) return problem.refId
  return [problem.recordId, problem.refId].find(isMine) ?? null
}

/** Puts theirs back for one record; with a frame or object come back the boxes that only went because it went. */
function giveUp(sides: Sides, merged: SampleDocument, id: string): SampleDocument {
  const next: Record<string, DocRecord> = { ...merged }
  const theirs = at(sides.theirs, id)
  if (theirs === null) delete next[id]
  else next[id] = theirs
  for (const [otherId, other] of Object.entries(sides.theirs)) {
    if (other.type === 'box' && at(next, otherId) === null && referencesOf(other).some((ref) => ref === id)) next[otherId] = other
  }
  return next
}

/**
 * Merges field by field. Different records and different parts of one record merge; the same change made by both is no
 * conflict. Without conflicts the result is a valid document whenever both sides are valid; with conflicts it is valid too,
 * with theirs in every place of conflict.
 *
 * @throws AppError `version_conflict` when a diff does not start at `base`
 */
export function mergeChanges(base: SampleDocument, theirs: Diff, mine: Diff): MergeResult {
  const sides: Sides = { base, theirs: applyDiff(base, theirs), mine: applyDiff(base, mine) }
  const conflicts = new Map<string, Conflict>()
  const draft: Record<string, DocRecord> = { ...sides.theirs }
  for (const id of [...Object.keys(mine.added), ...Object.keys(mine.updated), ...Object.keys(mine.removed)]) {
    const one = mergeOne(sides, id)
    for (const conflict of one.conflicts) conflicts.set(conflictKey(conflict), conflict)
    if (one.record === null) delete draft[id]
    else draft[id] = one.record
  }
  let merged: SampleDocument = draft
  // Each round gives up one record of mine, so there are at most as many rounds as I touched records.
  for (let culprit = nextCulprit(sides, merged); culprit !== null; culprit = nextCulprit(sides, merged)) {
    merged = giveUp(sides, merged, culprit)
    for (const [key, conflict] of conflicts) if (conflict.recordId === culprit) conflicts.delete(key)
    conflicts.set(culprit, wholeConflict(sides, culprit))
  }
  return { merged: diffDocuments(sides.theirs, merged), conflicts: [...conflicts.values()] }
}

function nextCulprit(sides: Sides, merged: SampleDocument): string | null {
  for (const problem of documentProblems(merged)) {
    const culprit = culpritOf(sides, merged, problem)
    if (culprit !== null) return culprit
  }
  return null
}

/** Puts a record of mine in place, with everything it rests on that is no longer there. */
function restore(doc: Record<string, DocRecord>, mine: SampleDocument, record: DocRecord): void {
  doc[record.id] = record
  for (const id of referencesOf(record)) {
    const needed = at(doc, id) === null ? at(mine, id) : null
    if (needed !== null) restore(doc, mine, needed)
  }
}

/**
 * The change to apply on base + theirs once a person has chosen. Choosing `mine` for a record the others removed brings back
 * what it rests on; choosing a removal takes with it what would dangle. The result is a valid document.
 *
 * @param choices by `conflictKey`; every conflict of `mergeChanges(base, theirs, mine)` needs one
 * @throws AppError `invalid_input` when a choice is missing (`details.missing`)
 */
export function resolveConflicts(base: SampleDocument, theirs: Diff, mine: Diff, choices: Readonly<Record<string, ConflictChoice>>): Diff {
  const { merged, conflicts } = mergeChanges(base, theirs, mine)
  const missing = conflicts.map(conflictKey).filter((key) => !Object.hasOwn(choices, key))
  if (missing.length > 0) throw new AppError('invalid_input', 'Not every conflict has been decided.', { missing })
  const theirDoc = applyDiff(base, theirs)
  const myDoc = applyDiff(base, mine)
  const doc: Record<string, DocRecord> = { ...applyDiff(theirDoc, merged) }
  for (const conflict of conflicts) {
    if (choices[conflictKey(conflict)] === 'theirs') continue
    const my = at(myDoc, conflict.recordId)
    const current = at(doc, conflict.recordId)
    if (my === null) delete doc[conflict.recordId]
    else if (conflict.field === null || current === null) restore(doc, myDoc, my)
    else restore(doc, myDoc, withPart(current, conflict.field, my))
  }
  return diffDocuments(theirDoc, withoutDangling(doc))
}
