/**
 * What happens when an edit meets a sample that moved on: the one rule that server, browser and the model in the tests share
 * (invariant 5: a moved base leads to a merge or a visible conflict, never to an overwrite).
 */
import { applyDiff, type Diff, diffDocuments, isEmptyDiff, squashDiffs } from './diff'
import { AppError } from './errors'
import { type Conflict, mergeChanges } from './merge'
import type { SampleDocument } from './records'

/** Both changes are relative to `base`. `theirs` is already in force, `mine` wants to be. */
export type Meeting = { readonly base: SampleDocument; readonly theirs: Diff; readonly mine: Diff }

/** `merged` applies on base + theirs and gives `document`. */
export type Landing =
  | { readonly kind: 'lands'; readonly merged: Diff; readonly document: SampleDocument }
  | { readonly kind: 'conflicts'; readonly conflicts: readonly Conflict[] }

/**
 * Lands `mine` on `base + theirs`. Conflicts are what both changed differently, and what rests on something the other side
 * removed (a box on a removed frame).
 *
 * @throws AppError version_conflict when a diff does not start at `base`
 */
export function landChange({ base, theirs, mine }: Meeting): Landing {
  if (isEmptyDiff(theirs)) return { kind: 'lands', merged: mine, document: applyDiff(base, mine) }
  const { merged, conflicts } = mergeChanges(base, theirs, mine)
  if (conflicts.length > 0) return { kind: 'conflicts', conflicts }
  return { kind: 'lands', merged, document: applyDiff(applyDiff(base, theirs), merged) }
}

/** Outcome of `rebasePending`. */
export type Rebased =
  | { readonly kind: 'clean'; readonly base: SampleDocument; readonly pending: readonly Diff[] }
  | { readonly kind: 'conflicts'; readonly ancestor: SampleDocument; readonly theirs: Diff; readonly conflicts: readonly Conflict[] }

/**
 * Changes waiting to be sent, after the server took `sent` and told what the others did meanwhile (`theirs`, relative to `base`).
 *
 * `pending[i]` is relative to base + sent + pending[0…i-1]. On success the result is relative to the server's document
 * (`base`), in the same order. On a conflict nothing of `pending` is changed: `ancestor` is base + sent and `theirs` what
 * separates it from the server's document, so that one meeting of both sides can be shown.
 *
 * @throws AppError internal when `sent` does not land on `theirs`: the server took it by this very rule, so that is a defect
 */
export function rebasePending(base: SampleDocument, sent: Diff, theirs: Diff, pending: readonly Diff[]): Rebased {
  const landed = landChange({ base, theirs, mine: sent })
  const ancestor = applyDiff(base, sent)
  if (landed.kind === 'conflicts') {
    throw new AppError('internal', 'The server took a change that this side cannot merge. Reload the page; nothing is lost.', {})
  }
  const server = landed.document
  const moved: Diff[] = []
  let local = ancestor
  let target = server
  for (const diff of pending) {
    const landing = landChange({ base: local, theirs: diffDocuments(local, target), mine: diff })
    if (landing.kind === 'conflicts') {
      return { kind: 'conflicts', ancestor, theirs: diffDocuments(ancestor, server), conflicts: landing.conflicts }
    }
    local = applyDiff(local, diff)
    target = landing.document
    moved.push(landing.merged)
  }
  return { kind: 'clean', base: server, pending: moved }
}

/** The meeting of everything this side has not sent yet with what the other side did. */
export function meetingOf(base: SampleDocument, theirs: Diff, pending: readonly Diff[]): Meeting {
  return { base, theirs, mine: squashDiffs(pending) }
}
