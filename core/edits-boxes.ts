/**
 * Edits of boxes. Which mention cites which box is kept up by these edits: it follows from object and frame, so it is
 * upkeep, not an edit of the step, and leaves the step's verdict alone.
 */
import { recordsOf, requireRecord } from './document'
import { equalValues } from './equal'
import { AppError } from './errors'
import type { RecordId } from './ids'
import { afterEdit, put, putAll, putNew, without } from './record-edit'
import type { BoxRecord, Rect, SampleDocument, StepRecord, Token } from './records'

function requireRect(rect: Rect): void {
  if (![rect.x, rect.y, rect.w, rect.h].every(Number.isFinite) || rect.w <= 0 || rect.h <= 0) {
    throw new AppError('invalid_input', 'A box needs a finite position and a width and height above zero.', { rect })
  }
}

/**
 * Cites a new box in the steps that mention its object and cite its frame (or cite no frame at all): every mention that has
 * no box yet gets it, else the first mention, so that no empty box list is left where a person has drawn the box.
 */
function citing(step: StepRecord, box: BoxRecord): StepRecord {
  if (step.frameIds.length > 0 && !step.frameIds.includes(box.frameId)) return step
  const mentions = step.tokens.filter((token) => token.kind === 'mention' && token.objectId === box.objectId)
  const [first] = mentions
  if (first === undefined) return step
  const bare = mentions.filter((token) => token.kind === 'mention' && token.boxIds.length === 0)
  const takers = new Set<Token>(bare.length > 0 ? bare : [first])
  const cite = (token: Token): Token =>
    token.kind === 'mention' && takers.has(token) ? { ...token, boxIds: [...token.boxIds, box.id] } : token
  return { ...step, tokens: step.tokens.map(cite) }
}

/** The step without citations of a box. */
function uncited(step: StepRecord, boxId: string): StepRecord {
  const isCited = step.tokens.some((token) => token.kind === 'mention' && token.boxIds.some((id) => id === boxId))
  if (!isCited) return step
  const drop = (token: Token): Token => (token.kind === 'mention' ? { ...token, boxIds: token.boxIds.filter((id) => id !== boxId) } : token)
  return { ...step, tokens: step.tokens.map(drop) }
}

function mapSteps(doc: SampleDocument, change: (step: StepRecord) => StepRecord): SampleDocument {
  const changed = recordsOf(doc, 'step').flatMap((step) => {
    const next = change(step)
    return next === step ? [] : [next]
  })
  return changed.length === 0 ? doc : putAll(doc, changed)
}

/** Draws a box. @throws AppError `already_exists`, `not_found` (object or frame), `invalid_input` (no area) */
export function addBox(
  doc: SampleDocument,
  box: { readonly id: RecordId; readonly objectId: string; readonly frameId: string; readonly rect: Rect },
): SampleDocument {
  const object = requireRecord(doc, box.objectId, 'object')
  const frame = requireRecord(doc, box.frameId, 'coreFrame')
  requireRect(box.rect)
  const record: BoxRecord = {
    id: box.id,
    type: 'box',
    verdict: 'added',
    reasons: [],
    objectId: object.id,
    frameId: frame.id,
    rect: box.rect,
    score: null,
    agreement: null,
  }
  return mapSteps(putNew(doc, record), (step) => citing(step, record))
}

/** Moves or resizes a box. The detector's scores spoke of the old rectangle and go. */
export function setBoxRect(doc: SampleDocument, boxId: string, rect: Rect): SampleDocument {
  const box = requireRecord(doc, boxId, 'box')
  requireRect(rect)
  if (equalValues(box.rect, rect)) return doc
  return put(doc, { ...box, rect, score: null, agreement: null, ...afterEdit(box.verdict) })
}

/** Says that a box shows another object; citations move with it. */
export function relabelBox(doc: SampleDocument, boxId: string, objectId: string): SampleDocument {
  const box = requireRecord(doc, boxId, 'box')
  const object = requireRecord(doc, objectId, 'object')
  if (box.objectId === object.id) return doc
  const next: BoxRecord = { ...box, objectId: object.id, score: null, agreement: null, ...afterEdit(box.verdict) }
  return mapSteps(put(doc, next), (step) => citing(uncited(step, boxId), next))
}

/** Removes a box and every citation of it. */
export function removeBox(doc: SampleDocument, boxId: string): SampleDocument {
  requireRecord(doc, boxId, 'box')
  return mapSteps(without(doc, new Set([boxId])), (step) => uncited(step, boxId))
}

/** Draws the same rectangle for the same object on another core frame. */
export function copyBoxToFrame(
  doc: SampleDocument,
  boxId: string,
  to: { readonly id: RecordId; readonly frameId: string },
): SampleDocument {
  const { objectId, rect } = requireRecord(doc, boxId, 'box')
  return addBox(doc, { id: to.id, objectId, frameId: to.frameId, rect })
}
