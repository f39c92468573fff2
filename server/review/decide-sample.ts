import { z } from 'zod'
import { AppError } from '@/core/errors'
import { mutationIdSchema, projectIdSchema, sampleIdSchema } from '@/core/ids'
import { reasonSchema } from '@/core/records'
import { approvalBlockers, isChanged } from '@/core/review-items'
import { type Decision, nextState, sampleStateSchema } from '@/core/sample-state'
import type { Tx } from '../db'
import { storeAnswer, storedAnswer } from './answer-once'
import { type LockedSample, lockSample } from './lock-sample'

const common = { projectId: projectIdSchema, sampleId: sampleIdSchema, mutationId: mutationIdSchema, version: z.int().min(0) }

export const decideSampleSchema = z.strictObject({
  ...common,
  /** `approve` becomes approved or fixed by what the server finds changed; the caller does not choose. */
  decision: z.enum(['approve', 'send_back', 'reject', 'skip']),
  reasons: z.array(reasonSchema).max(16),
  note: z.string().max(2000),
})
export type DecideSample = z.infer<typeof decideSampleSchema>

export const reopenSampleSchema = z.strictObject(common)
export type ReopenSample = z.infer<typeof reopenSampleSchema>

const decidedSchema = z.object({ version: z.int(), state: sampleStateSchema, from: sampleStateSchema, decision: z.string() })
export type Decided = z.infer<typeof decidedSchema> & { readonly isRepeat: boolean }

/**
 * Decides about a whole sample, once: the transition is a conditional update on state and version (invariant 6).
 *
 * @throws AppError not_reviewed (`details.left`), invalid_input (a rejection without a reason), illegal_transition,
 * version_conflict (somebody changed the sample since the caller saw it), mutation_mismatch, not_found
 */
export async function decideSample(tx: Tx, input: DecideSample, userId: string): Promise<Decided> {
  const { decision, reasons, note } = input
  return move(tx, input, userId, { decision, reasons, note }, (sample) => {
    if (decision === 'approve') {
      requireReviewed(sample)
      return isChanged(sample.draft, sample.document) ? 'fix_approve' : 'approve'
    }
    if (decision === 'reject' && reasons.length === 0) {
      throw new AppError('invalid_input', 'A rejection needs at least one reason. Choose a defect code.', { field: 'reasons' })
    }
    return decision
  })
}

/** Takes a decision back; the sample waits in the queue again. @throws AppError as `decideSample` */
export async function reopenSample(tx: Tx, input: ReopenSample, userId: string): Promise<Decided> {
  return move(tx, input, userId, { decision: 'reopen', reasons: [], note: '' }, () => 'reopen')
}

function requireReviewed(sample: LockedSample): void {
  const left = approvalBlockers(sample.document, sample.flagsOf(sample.document))
  if (left.length === 0) return
  const more = left.length > 1 ? ` and ${left.length - 1} more` : ''
  throw new AppError('not_reviewed', `This sample cannot be approved yet: ${left[0]?.message ?? ''}${more}`, { left: left.slice(0, 50) })
}

type Wish = Pick<DecideSample, 'reasons' | 'note'> & { decision: string }

async function move(tx: Tx, input: ReopenSample, userId: string, wish: Wish, choose: (sample: LockedSample) => Decision): Promise<Decided> {
  const { projectId, sampleId, mutationId, version } = input
  const sample = await lockSample(tx, projectId, sampleId)
  const mutation = { id: mutationId, userId, action: 'sample.decide', request: { sampleId, version, ...wish } }
  const before = await storedAnswer(tx, mutation)
  if (before !== null) return { ...decidedSchema.parse(before), isRepeat: true }
  const from = sample.row.state
  requirePossible(sample, version, wish.decision)
  const decision = choose(sample)
  const state = nextState(from, decision)
  if (state === null) throw illegal(from, decision)
  const isOpen = decision === 'reopen'
  const { count } = await tx.sample.updateMany({
    where: { id: sampleId, projectId, state: from, version },
    data: {
      state,
      version: version + 1,
      decision: isOpen ? null : decision,
      decidedBy: isOpen ? null : userId,
      decidedAt: isOpen ? null : new Date(),
      decisionReasons: [...wish.reasons],
      decisionNote: wish.note,
    },
  })
  if (count !== 1) throw moved(sample.row.version, version)
  const answer = { version: version + 1, state, from, decision }
  await storeAnswer(tx, mutation, answer)
  return { ...answer, isRepeat: false }
}

/** The state is looked at before the version: "approved already" says more than "changed since". */
function requirePossible(sample: LockedSample, version: number, wish: string): void {
  const { state } = sample.row
  const word: Decision = wish === 'reopen' ? 'reopen' : 'approve'
  if (nextState(state, word) === null) throw illegal(state, wish)
  if (sample.row.version !== version) throw moved(sample.row.version, version)
}

function illegal(state: string, decision: string): AppError {
  const words = state.replaceAll('_', ' ')
  return new AppError('illegal_transition', `This sample is ${words} already, so “${decision.replaceAll('_', ' ')}” is not possible.`, {
    state,
    decision,
  })
}

function moved(now: number, seen: number): AppError {
  return new AppError('version_conflict', 'Somebody changed this sample since you looked at it. Look again before you decide.', {
    version: now,
    seen,
  })
}
