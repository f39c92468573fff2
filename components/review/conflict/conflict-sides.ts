/** What each side of a conflict would leave, and the change that a person's choices make. Pure. */
import { applyDiff, type Diff, diffDocuments, touchedIds } from '@/core/diff'
import { documentProblems } from '@/core/document-problems'
import { AppError } from '@/core/errors'
import { type Conflict, conflictKey, mergeChanges, resolveConflicts } from '@/core/merge'
import { withPart } from '@/core/merge-record'
import type { Meeting } from '@/core/rebase'
import type { DocRecord, SampleDocument } from '@/core/records'

export type Choice = 'draft' | 'theirs' | 'mine'
export type Choices = Readonly<Record<string, Choice>>

export type ConflictView = {
  readonly conflicts: readonly Conflict[]
  readonly theirs: SampleDocument
  readonly mine: SampleDocument
  /** Records that merged by themselves, and whose change they are. */
  readonly merged: readonly { readonly recordId: string; readonly side: 'theirs' | 'mine' }[]
}

export function viewOf({ base, theirs, mine }: Meeting): ConflictView {
  const { conflicts } = mergeChanges(base, theirs, mine)
  const disputed = new Set(conflicts.map((conflict) => conflict.recordId))
  const list = (diff: Diff, side: 'theirs' | 'mine') =>
    touchedIds(diff).flatMap((recordId) => (disputed.has(recordId) ? [] : [{ recordId, side }]))
  return {
    conflicts,
    theirs: applyDiff(base, theirs),
    mine: applyDiff(base, mine),
    merged: [...list(theirs, 'theirs'), ...list(mine, 'mine')],
  }
}

/** The record a side would leave in place of the conflict; null = none. */
export function recordOf(doc: SampleDocument, recordId: string): DocRecord | null {
  return Object.hasOwn(doc, recordId) ? (doc[recordId] ?? null) : null
}

/**
 * The change to apply on base + theirs. A choice of the draft takes that part of the draft's record.
 *
 * @throws AppError invalid_input when the draft's part does not fit what the others left
 */
export function resolve(meeting: Meeting, draft: SampleDocument, choices: Choices): Diff {
  const { conflicts } = viewOf(meeting)
  const sides = Object.fromEntries(
    Object.entries(choices).map(([key, choice]) => [key, choice === 'mine' ? ('mine' as const) : ('theirs' as const)]),
  )
  const merged = resolveConflicts(meeting.base, meeting.theirs, meeting.mine, sides)
  const theirs = applyDiff(meeting.base, meeting.theirs)
  let document: SampleDocument = applyDiff(theirs, merged)
  for (const conflict of conflicts) {
    const before = recordOf(draft, conflict.recordId)
    if (choices[conflictKey(conflict)] !== 'draft' || before === null) continue
    const current = recordOf(document, conflict.recordId)
    const next = conflict.field === null || current === null ? before : withPart(current, conflict.field, before)
    document = { ...document, [conflict.recordId]: next }
  }
  const [problem] = documentProblems(document)
  if (problem !== undefined) throw new AppError('invalid_input', `The draft's version does not fit here: ${problem.message}`)
  return diffDocuments(theirs, document)
}
