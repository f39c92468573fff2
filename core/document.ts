/**
 * Reading a document: lookups, order, referential integrity. A document is a value; nothing here changes one.
 *
 * Lookups go through `Object.hasOwn`, because `constructor` is a legal record id and every plain object inherits one.
 */
import { documentProblems } from './document-problems'
import { AppError } from './errors'
import {
  type AnswerRecord,
  type BoxRecord,
  type DocRecord,
  documentSchema,
  type QuestionRecord,
  type RecordOf,
  type RecordType,
  type SampleDocument,
  type StepRecord,
  type TaskRecord,
  type Token,
} from './records'

export { documentProblems, type Problem } from './document-problems'

/**
 * Parses stored or received JSON into a document that holds together.
 *
 * @throws AppError `invalid_input`; `details.issues` lists path and message, of shape first, of references second.
 */
export function parseDocument(json: unknown): SampleDocument {
  const parsed = documentSchema.safeParse(json)
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
    throw new AppError('invalid_input', 'The document of the sample is not of the known shape.', { issues })
  }
  const problems = documentProblems(parsed.data)
  if (problems.length > 0) {
    const issues = problems.map((problem) => ({ path: problem.recordId ?? '', message: problem.message }))
    throw new AppError('invalid_input', 'The records of the sample do not fit together.', { issues })
  }
  return parsed.data
}

function isOfType<T extends RecordType>(record: DocRecord, type: T): record is RecordOf<T> {
  return record.type === type
}

/** The record of that id and type, or null. */
export function recordAt<T extends RecordType>(doc: SampleDocument, id: string, type: T): RecordOf<T> | null {
  const record = Object.hasOwn(doc, id) ? doc[id] : undefined
  return record !== undefined && isOfType(record, type) ? record : null
}

/**
 * The record of that id and type.
 *
 * @throws AppError `not_found` when there is none: the caller's view of the sample is out of date.
 */
export function requireRecord<T extends RecordType>(doc: SampleDocument, id: string, type: T): RecordOf<T> {
  const record = recordAt(doc, id, type)
  if (record === null) throw new AppError('not_found', `This sample has no ${type} “${id}”.`, { recordId: id, type })
  return record
}

/** Shorter first, then by code unit: `b2` before `b10`, the same on every machine (no locale). */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}

function orderOf(doc: SampleDocument, record: DocRecord): readonly [number, number] {
  if ('order' in record) return [record.order, 0]
  if (record.type !== 'box') return [0, 0]
  const frame = recordAt(doc, record.frameId, 'coreFrame')
  const object = recordAt(doc, record.objectId, 'object')
  return [frame?.order ?? 0, object?.order ?? 0]
}

/** All records of one type. Frames, objects and steps by `order`; boxes by their frame, then their object; ties by id. */
export function recordsOf<T extends RecordType>(doc: SampleDocument, type: T): RecordOf<T>[] {
  const keyed: { record: RecordOf<T>; order: readonly [number, number] }[] = []
  for (const record of Object.values(doc)) {
    if (isOfType(record, type)) keyed.push({ record, order: orderOf(doc, record) })
  }
  keyed.sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1] || compareIds(a.record.id, b.record.id))
  return keyed.map((entry) => entry.record)
}

function onlyOne<T extends RecordType>(doc: SampleDocument, type: T): RecordOf<T> {
  const [record] = recordsOf(doc, type)
  if (record === undefined) throw new AppError('internal', `A sample without a ${type} record got past the parser.`, { type })
  return record
}

/** The one question record. */
export function questionOf(doc: SampleDocument): QuestionRecord {
  return onlyOne(doc, 'question')
}

/** The one answer record (options and sufficiency live on it). */
export function answerOf(doc: SampleDocument): AnswerRecord {
  return onlyOne(doc, 'answer')
}

/** The one task record. */
export function taskOf(doc: SampleDocument): TaskRecord {
  return onlyOne(doc, 'task')
}

/** Boxes drawn on one core frame, by the order of their objects. */
export function boxesOfFrame(doc: SampleDocument, frameId: string): BoxRecord[] {
  return recordsOf(doc, 'box').filter((box) => box.frameId === frameId)
}

/** Boxes of one object, by the order of their frames. */
export function boxesOfObject(doc: SampleDocument, objectId: string): BoxRecord[] {
  return recordsOf(doc, 'box').filter((box) => box.objectId === objectId)
}

/** Boxes of every object that has any: one pass, where `boxesOfObject` for each object would be one pass an object. */
export function boxesByObject(doc: SampleDocument): ReadonlyMap<string, readonly BoxRecord[]> {
  const groups = new Map<string, BoxRecord[]>()
  for (const box of recordsOf(doc, 'box')) {
    const group = groups.get(box.objectId)
    if (group === undefined) groups.set(box.objectId, [box])
    else group.push(box)
  }
  return groups
}

/** 1-based number of an object, as shown on its chip; its colour is `(n - 1) % 8 + 1`. 0 when there is no such object. */
export function objectNumber(doc: SampleDocument, objectId: string): number {
  return recordsOf(doc, 'object').findIndex((object) => object.id === objectId) + 1
}

/** The sentence of a token list as plain text. */
export function tokenText(tokens: readonly Token[]): string {
  return tokens.map((token) => token.text).join('')
}

/** The sentence of a step as plain text. */
export function stepText(step: StepRecord): string {
  return tokenText(step.tokens)
}
