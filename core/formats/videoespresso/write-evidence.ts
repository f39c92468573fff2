/** Steps, objects and boxes → evidence text. Mentions that still say what the source said keep its exact spelling. */
import { boxesOfObject, recordAt, recordsOf } from '@/core/document'
import type { Size } from '@/core/geometry'
import type { BoxRecord, SampleDocument, Token } from '@/core/records'
import { type BoxConventionName, fromRect } from './box-convention'
import type { Four } from './box-list'
import { joinSteps } from './steps'
import { readTaggedText, writeMention } from './tagged-text'

export type EvidenceStyle = { readonly rawEvidence: string | null; readonly convention: BoxConventionName; readonly size: Size }

/** Name and numbers of a mention, whatever its spacing or nesting. */
function keyOf(name: string, boxes: readonly Four[], hasBoxTag: boolean): string {
  return JSON.stringify([name, hasBoxTag, boxes])
}

function spellingsOf(rawEvidence: string | null): ReadonlyMap<string, string> {
  const spellings = new Map<string, string>()
  for (const segment of readTaggedText(rawEvidence ?? '').segments) {
    if (segment.kind === 'mention') spellings.set(keyOf(segment.name, segment.list.boxes, segment.hasBoxTag), segment.raw)
  }
  return spellings
}

/**
 * Boxes of an object that no mention cites (drawn or copied by a person) would be lost in this format; the first mention of
 * the object takes them along.
 */
function uncitedBoxes(document: SampleDocument): Map<string, BoxRecord[]> {
  const cited = new Set(
    recordsOf(document, 'step').flatMap((step) => step.tokens.flatMap((token) => (token.kind === 'mention' ? token.boxIds : []))),
  )
  const byObject = new Map<string, BoxRecord[]>()
  for (const object of recordsOf(document, 'object')) {
    byObject.set(
      object.id,
      boxesOfObject(document, object.id).filter((box) => !cited.has(box.id) && box.verdict !== 'rejected'),
    )
  }
  return byObject
}

export function writeEvidence(document: SampleDocument, style: EvidenceStyle): string {
  const frames = recordsOf(document, 'coreFrame').filter((frame) => frame.verdict !== 'rejected')
  const uncited = uncitedBoxes(document)
  const spellings = spellingsOf(style.rawEvidence)
  const writeToken = (token: Token): string => {
    if (token.kind === 'text') return token.text
    const own = token.boxIds.map((id) => recordAt(document, id, 'box')).filter((box) => box !== null)
    const boxes = [...own.filter((box) => box.verdict !== 'rejected'), ...(uncited.get(token.objectId) ?? [])]
    uncited.set(token.objectId, [])
    const numbers = (box: BoxRecord) => fromRect(box.rect, style.convention, style.size)
    const byFrame = frames.map((frame) => boxes.filter((box) => box.frameId === frame.id).map(numbers))
    const hasBoxTag = token.emptyBox || boxes.length > 0
    return spellings.get(keyOf(token.text, byFrame.flat(), hasBoxTag)) ?? writeMention(token.text, byFrame, hasBoxTag)
  }
  const texts = recordsOf(document, 'step')
    .filter((step) => step.verdict !== 'rejected')
    .map((step) => step.tokens.map(writeToken).join(''))
  return joinSteps(texts)
}
