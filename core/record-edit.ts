/** The building blocks of every reviewer edit: copy-on-write of one record, and what an edit does to verdicts. */
import { answerOf } from './document'
import { AppError } from './errors'
import type { RecordId } from './ids'
import type { DocRecord, SampleDocument, Verdict } from './records'

/** The document with one record put in place; the other records are shared, not copied. */
export function put(doc: SampleDocument, record: DocRecord): SampleDocument {
  return { ...doc, [record.id]: record }
}

/** The document with several records put in place. */
export function putAll(doc: SampleDocument, records: readonly DocRecord[]): SampleDocument {
  return { ...doc, ...Object.fromEntries(records.map((record) => [record.id, record])) }
}

/** The document without some records. */
export function without(doc: SampleDocument, ids: ReadonlySet<string>): SampleDocument {
  return Object.fromEntries(Object.entries(doc).filter(([id]) => !ids.has(id)))
}

/** Adds a record that must be new. @throws AppError `already_exists` */
export function putNew(doc: SampleDocument, record: DocRecord): SampleDocument {
  refuseTaken(doc, record.id)
  return put(doc, record)
}

/** @throws AppError `already_exists` when the id stands for a record already */
export function refuseTaken(doc: SampleDocument, id: RecordId): void {
  if (Object.hasOwn(doc, id)) throw new AppError('already_exists', `This sample has a record “${id}” already.`, { recordId: id })
}

/** What an edit leaves on a record: what a person added stays `added`, everything else is `edited`; old reasons are answered. */
export function afterEdit(verdict: Verdict): { verdict: Verdict; reasons: [] } {
  return { verdict: verdict === 'added' ? 'added' : 'edited', reasons: [] }
}

/**
 * What a change elsewhere leaves on a record that rests on it (a step that lost a cited frame): an acceptance no longer
 * holds, so it becomes `stale`. Never makes an unseen record look reviewed.
 */
export function afterConsequence(verdict: Verdict): Verdict {
  return verdict === 'accepted' || verdict === 'edited' ? 'stale' : verdict
}

/**
 * The document with the sufficiency question open again: question, evidence or answer changed, so an earlier judgement of
 * "does the answer follow from the evidence alone?" says nothing of what stands there now.
 */
export function reopenSufficiency(doc: SampleDocument): SampleDocument {
  const answer = answerOf(doc)
  if (answer.sufficiency === 'unseen') return doc
  const reasons = answer.sufficiency === 'rejected' && answer.verdict !== 'rejected' ? [] : answer.reasons
  return put(doc, { ...answer, sufficiency: 'unseen', reasons })
}

/** An order value between two neighbours (null = none on that side). */
export function orderBetween(before: number | null, after: number | null): number {
  if (before === null) return after === null ? 1 : after - 1
  return after === null ? before + 1 : (before + after) / 2
}
