/** The states of a sample and the decisions that move it between them (design §5). The server enforces this table. */
import { z } from 'zod'

/** The same words as the Prisma enum `SampleState`. */
export const sampleStateSchema = z.enum([
  'drafted',
  'queued',
  'in_review',
  'approved',
  'fixed',
  'rejected',
  'sent_back',
  'needs_second',
  'adjudication',
  'released',
])
export type SampleState = z.infer<typeof sampleStateSchema>

/** What a person can decide about a whole sample. `fix_approve` = approved after changes; `reopen` takes a decision back. */
export const decisionSchema = z.enum(['approve', 'fix_approve', 'send_back', 'reject', 'skip', 'reopen'])
export type Decision = z.infer<typeof decisionSchema>

const review = { approve: 'approved', fix_approve: 'fixed', send_back: 'sent_back', reject: 'rejected' } as const
const reopen = { reopen: 'queued' } as const

/** Skipping hands the sample to somebody else without a judgement, so it goes back to where it waited. */
const TRANSITIONS: Readonly<Record<SampleState, Readonly<Partial<Record<Decision, SampleState>>>>> = {
  drafted: {},
  queued: { ...review, skip: 'queued' },
  in_review: { ...review, skip: 'queued' },
  needs_second: { ...review, skip: 'needs_second' },
  adjudication: { ...review, skip: 'adjudication' },
  approved: reopen,
  fixed: reopen,
  rejected: reopen,
  sent_back: reopen,
  // A release is immutable; a new version of the sample would be a new release.
  released: {},
}

/** The state after a decision, or null when the state machine has no such transition. */
export function nextState(state: SampleState, decision: Decision): SampleState | null {
  return TRANSITIONS[state][decision] ?? null
}

/** States whose documents may be edited: those that still wait for a decision. */
export function isEditable(state: SampleState): boolean {
  return nextState(state, 'approve') !== null
}

/** States whose samples an export takes by default. */
export const EXPORTABLE_STATES: readonly SampleState[] = ['approved', 'fixed', 'released']
