/**
 * Verdicts: what a reviewer says of a record. Edits of content live in edits-text.ts, edits-frames.ts, edits-boxes.ts,
 * edits-objects.ts and edits-steps.ts. Every edit is a pure function from document to document; one that changes nothing
 * returns the very document it was given.
 */
import { answerOf, requireRecord, taskOf } from './document'
import { equalValues } from './equal'
import { AppError } from './errors'
import { put, putAll } from './record-edit'
import type { AnswerRecord, DocRecord, Reason, SampleDocument, Verdict } from './records'
import { boxesOfStep } from './review-items'

/** Accepting what a person edited or added keeps that mark: it is both their work and their approval. */
function settled(current: Verdict, wanted: Verdict): Verdict {
  return wanted === 'accepted' && (current === 'edited' || current === 'added') ? current : wanted
}

/** Reasons belong to a rejection. The answer's list is shared with the sufficiency question, so either keeps it alive. */
function reasonsAfter(record: DocRecord, verdict: Verdict, reasons: readonly Reason[]): Reason[] {
  if (verdict === 'rejected') return [...reasons]
  return record.type === 'answer' && record.sufficiency === 'rejected' ? record.reasons : []
}

function judged<T extends DocRecord>(record: T, verdict: Verdict, reasons: readonly Reason[]): T {
  const next = settled(record.verdict, verdict)
  const kept = reasonsAfter(record, next, reasons)
  return next === record.verdict && equalValues(kept, record.reasons) ? record : { ...record, verdict: next, reasons: kept }
}

function judgeSufficiency(doc: SampleDocument, verdict: Verdict, reasons: readonly Reason[]): SampleDocument {
  if (verdict !== 'unseen' && verdict !== 'accepted' && verdict !== 'rejected') {
    throw new AppError('invalid_input', `Sufficiency is accepted, rejected or unseen, not “${verdict}”.`, { verdict })
  }
  const answer = answerOf(doc)
  const kept = answer.verdict === 'rejected' ? answer.reasons : []
  const next: AnswerRecord = { ...answer, sufficiency: verdict, reasons: verdict === 'rejected' ? [...reasons] : kept }
  return equalValues(next, answer) ? doc : put(doc, next)
}

/**
 * Says something of one record, or of `'sufficiency'` (does the answer follow from the evidence alone?).
 *
 * `reasons` are kept with a rejection and dropped otherwise. Accepting an edited or added record keeps it so. The answer
 * item stands for the task too: accepting the answer accepts a task nobody has judged yet.
 *
 * @throws AppError `not_found` for an unknown record, `invalid_input` for a verdict sufficiency cannot have
 */
export function setVerdict(
  doc: SampleDocument,
  target: string | 'sufficiency',
  verdict: Verdict,
  reasons: readonly Reason[] = [],
): SampleDocument {
  if (target === 'sufficiency') return judgeSufficiency(doc, verdict, reasons)
  const record = Object.hasOwn(doc, target) ? doc[target] : undefined
  if (record === undefined) throw new AppError('not_found', `This sample has no record “${target}”.`, { recordId: target })
  const next = judged(record, verdict, reasons)
  const withRecord = next === record ? doc : put(doc, next)
  const task = taskOf(doc)
  const takesTask = record.type === 'answer' && verdict === 'accepted' && (task.verdict === 'unseen' || task.verdict === 'stale')
  return takesTask ? put(withRecord, judged(task, 'accepted', [])) : withRecord
}

/**
 * Accepts a step and every box that belongs to it in one act. Boxes a person has rejected stay rejected: sweeping over a
 * considered no is not what the key is for.
 */
export function acceptStepWithBoxes(doc: SampleDocument, stepId: string): SampleDocument {
  const step = requireRecord(doc, stepId, 'step')
  const boxes = boxesOfStep(doc, step).filter((box) => box.verdict !== 'rejected')
  const changed = [step, ...boxes].flatMap((record) => {
    const next = judged<DocRecord>(record, 'accepted', [])
    return next === record ? [] : [next]
  })
  return changed.length === 0 ? doc : putAll(doc, changed)
}
