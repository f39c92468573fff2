/** Referential integrity of a document: what the shapes of `records.ts` cannot say. */
import type { DocRecord, RecordType, SampleDocument } from './records'

/** `refId` names the record that is missing or does not fit, when the problem is a reference. */
export type Problem = { readonly recordId: string | null; readonly refId: string | null; readonly message: string }

const SINGLE: readonly RecordType[] = ['question', 'answer', 'task']

function typeAt(doc: SampleDocument, id: string): DocRecord | undefined {
  return Object.hasOwn(doc, id) ? doc[id] : undefined
}

/**
 * Everything that does not fit together, in a stable order: one problem a broken reference. Empty = valid.
 *
 * Checks: key = id; exactly one question, answer and task; boxes point at an object and a frame that exist; mentions point
 * at objects, and at boxes of that same object; citations point at frames, each once; index and pts are known together;
 * a rectangle is finite and not negative; a span does not run backwards; the right option exists.
 */
export function documentProblems(doc: SampleDocument): Problem[] {
  const problems: Problem[] = []
  for (const type of SINGLE) {
    const count = Object.values(doc).filter((record) => record.type === type).length
    if (count !== 1) problems.push({ recordId: null, refId: null, message: `A sample has exactly one ${type}; this one has ${count}.` })
  }
  for (const [id, record] of Object.entries(doc)) {
    const add = (message: string, refId: string | null = null) => problems.push({ recordId: id, refId, message })
    if (record.id !== id) add(`The record is filed under “${id}” but calls itself “${record.id}”.`)
    checkRecord(doc, record, add)
  }
  return problems
}

type Add = (message: string, refId?: string | null) => void

function checkRecord(doc: SampleDocument, record: DocRecord, add: Add): void {
  switch (record.type) {
    case 'answer':
      if (record.correctIndex !== null && record.correctIndex >= record.options.length) {
        add(`Option ${record.correctIndex + 1} is marked right, but there are ${record.options.length} options.`)
      }
      return
    case 'coreFrame':
      if ((record.index === null) !== (record.pts === null)) add('Frame index and pts must be known together or not at all.')
      return
    case 'box': {
      const { x, y, w, h } = record.rect
      if (![x, y, w, h].every(Number.isFinite) || w < 0 || h < 0) add('The rectangle has a negative or infinite side.')
      if (typeAt(doc, record.objectId)?.type !== 'object') add(`The box names a missing object “${record.objectId}”.`, record.objectId)
      if (typeAt(doc, record.frameId)?.type !== 'coreFrame') add(`The box lies on a missing frame “${record.frameId}”.`, record.frameId)
      return
    }
    case 'step':
      checkStep(doc, record, add)
      return
    default:
      return
  }
}

function checkStep(doc: SampleDocument, step: Extract<DocRecord, { type: 'step' }>, add: Add): void {
  if (step.span !== null && step.span.startPts > step.span.endPts) add('The time span ends before it starts.')
  if (new Set(step.frameIds).size !== step.frameIds.length) add('The step cites the same frame twice.')
  for (const frameId of step.frameIds) {
    if (typeAt(doc, frameId)?.type !== 'coreFrame') add(`The step cites a missing frame “${frameId}”.`, frameId)
  }
  for (const token of step.tokens) {
    if (token.kind === 'text') continue
    if (typeAt(doc, token.objectId)?.type !== 'object') add(`The step mentions a missing object “${token.objectId}”.`, token.objectId)
    for (const boxId of token.boxIds) {
      const box = typeAt(doc, boxId)
      if (box?.type !== 'box') add(`The mention “${token.text}” cites a missing box “${boxId}”.`, boxId)
      else if (box.objectId !== token.objectId) add(`The mention “${token.text}” cites box “${boxId}” of another object.`, boxId)
    }
  }
}
