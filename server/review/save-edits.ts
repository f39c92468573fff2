import { z } from 'zod'
import { applyDiff, type Diff, diffSchema, emptyDiff, isEmptyDiff, reverseDiff, squashDiffs, touchedIds } from '@/core/diff'
import { documentProblems } from '@/core/document-problems'
import { AppError } from '@/core/errors'
import { flagSchema } from '@/core/flags'
import { mutationIdSchema, projectIdSchema, sampleIdSchema } from '@/core/ids'
import { landChange } from '@/core/rebase'
import { isEditable, sampleStateSchema } from '@/core/sample-state'
import { summarise } from '@/core/summary'
import type { Tx } from '../db'
import { storeAnswer, storedAnswer } from './answer-once'
import { type LockedSample, lockSample } from './lock-sample'

export const saveEditsSchema = z.strictObject({
  projectId: projectIdSchema,
  sampleId: sampleIdSchema,
  mutationId: mutationIdSchema,
  /** Version of the sample the diff starts from. */
  baseVersion: z.int().min(0),
  diff: diffSchema,
})
export type SaveEdits = z.infer<typeof saveEditsSchema>

/** `theirs` leads from the sender's base to the document the sender's change was put on; `by` = who made it. */
const savedSchema = z.object({
  status: z.literal('saved'),
  version: z.int(),
  state: sampleStateSchema,
  flags: z.array(flagSchema),
  theirs: diffSchema,
  by: z.string().nullable(),
})
export type Saved = z.infer<typeof savedSchema> & { readonly isRepeat: boolean }

/** Nothing was written: both sides changed the same thing. `theirs` leads from the sender's base to `version`. */
export type Refused = { readonly status: 'conflict'; readonly version: number; readonly theirs: Diff; readonly by: string | null }
export type SaveAnswer = Saved | Refused

/**
 * Puts an edit on a sample (invariant 5). A repeated `mutationId` gets its stored answer; a moved version leads to a merge or
 * to a conflict with nothing written.
 *
 * @throws AppError not_found, illegal_transition (already decided), invalid_input (the change breaks the document),
 * version_conflict (the base is not a version of this sample), mutation_mismatch
 */
export async function saveEdits(tx: Tx, input: SaveEdits, userId: string): Promise<SaveAnswer> {
  const { mutationId, projectId, sampleId, baseVersion, diff } = input
  const sample = await lockSample(tx, projectId, sampleId)
  const mutation = { id: mutationId, userId, action: 'sample.edit', request: { sampleId, baseVersion, diff } }
  const before = await storedAnswer(tx, mutation)
  if (before !== null) return { ...savedSchema.parse(before), isRepeat: true }
  requireEditable(sample)
  requireSameTypes(diff)
  const others = await changesSince(tx, sample, baseVersion)
  const base = applyDiff(sample.document, reverseDiff(others.diff))
  const landing = landChange({ base, theirs: others.diff, mine: diff })
  if (landing.kind === 'conflicts') return { status: 'conflict', version: sample.row.version, theirs: others.diff, by: others.by }
  const problems = documentProblems(landing.document)
  if (problems.length > 0) {
    const issues = problems.map((problem) => ({ path: problem.recordId ?? '', message: problem.message }))
    throw new AppError('invalid_input', `The change does not fit the sample: ${problems[0]?.message ?? ''}`, { issues })
  }
  const flags = sample.flagsOf(landing.document)
  const state = sample.row.state === 'queued' ? 'in_review' : sample.row.state
  const version = sample.row.version + 1
  await tx.sample.update({
    where: { id: sampleId },
    data: { ...summarise(landing.document, flags), state, version },
  })
  await tx.sampleBody.update({
    where: { sampleId },
    data: { document: landing.document, flags, rowProblems: [...sample.rowProblems] },
  })
  if (!isEmptyDiff(landing.merged)) await tx.edit.create({ data: { sampleId, version, userId, mutationId, diff: landing.merged } })
  const answer: z.infer<typeof savedSchema> = { status: 'saved', version, state, flags, theirs: plain(others.diff), by: others.by }
  await storeAnswer(tx, mutation, answer)
  return { ...answer, isRepeat: false }
}

function plain(diff: Diff): z.infer<typeof diffSchema> {
  return diffSchema.parse(diff)
}

function requireEditable({ row }: LockedSample): void {
  if (isEditable(row.state)) return
  throw new AppError('illegal_transition', `This sample is ${row.state.replaceAll('_', ' ')}. Reopen it before you change it.`, {
    state: row.state,
  })
}

function requireSameTypes(diff: Diff): void {
  for (const [id, [from, to]] of Object.entries(diff.updated)) {
    if (from.type !== to.type) throw new AppError('invalid_input', `A ${from.type} cannot become a ${to.type}.`, { recordId: id })
  }
}

/** Everything saved after `baseVersion`, as one change, and by whom. */
async function changesSince(tx: Tx, sample: LockedSample, baseVersion: number): Promise<{ diff: Diff; by: string | null }> {
  const { id, version } = sample.row
  if (baseVersion === version) return { diff: emptyDiff, by: null }
  if (baseVersion > version) {
    throw new AppError('version_conflict', 'This change was made on a version of the sample that does not exist here. Reload the page.', {
      version,
      baseVersion,
    })
  }
  const edits = await tx.edit.findMany({ where: { sampleId: id, version: { gt: baseVersion } }, orderBy: { version: 'asc' } })
  const diff = squashDiffs(edits.map((edit) => diffSchema.parse(edit.diff)))
  const people = await tx.user.findMany({ where: { id: { in: edits.map((edit) => edit.userId) } }, select: { name: true } })
  return { diff, by: people.length === 0 ? null : people.map((person) => person.name).join(', ') }
}

/** What the audit row says of a save. */
export function savedFacts(input: SaveEdits, answer: SaveAnswer) {
  return { version: answer.version, baseVersion: input.baseVersion, records: touchedIds(input.diff).slice(0, 100) }
}
