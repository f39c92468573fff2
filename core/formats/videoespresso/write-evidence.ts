/** Steps, objects and boxes → evidence text. Mentions that still say what the source said keep its exact spelling. */
import { boxesOfObject, recordAt, recordsOf } from '@/core/document'
import type { Size } from '@/core/geometry'
import type { BoxRecord, SampleDocument, Token } from '@/core/records'
import { type BoxConventionName, fromRect } from './box-convention'
import type { Four } from './box-list'
import { NOMINAL_SIZE, rectOfFour } from './evidence-records'
import { joinSteps } from './steps'
import { readTaggedText, writeMention } from './tagged-text'

/** How to write: `rawEvidence` = the source's text where its spelling may be kept. `size` = picture, null while unknown. */
export type EvidenceStyle = { readonly rawEvidence: string | null; readonly convention: BoxConventionName; readonly size: Size | null }

type ByFrame = readonly (readonly Four[])[]

/** Name and numbers of a mention, whatever its spacing or nesting. `byFrame` = null where the text ties no box to a frame. */
function keyOf(name: string, hasBoxTag: boolean, boxes: readonly Four[], byFrame: ByFrame | null): string {
  return JSON.stringify([name, hasBoxTag, boxes, byFrame])
}

/**
 * The mentions of the source by what they say. Their numbers go through the same pixels as the boxes of the document did,
 * so that an untouched box is recognised although it was cut at the edge or rounded. As in reading, a list of as many lists
 * as there are frames says which frame each box lies on; every other text leaves that open.
 */
function spellingsOf(style: EvidenceStyle, frameCount: number): ReadonlyMap<string, string> {
  const spellings = new Map<string, string>()
  const throughPixels = (four: Four) => fromRect(rectOfFour(four, style).rect, style.convention, style.size ?? NOMINAL_SIZE)
  for (const segment of readTaggedText(style.rawEvidence ?? '').segments) {
    if (segment.kind !== 'mention') continue
    const { boxes, groups } = segment.list
    const byFrame = frameCount > 1 && groups?.length === frameCount ? groups.map((group) => group.map(throughPixels)) : null
    spellings.set(keyOf(segment.name, segment.hasBoxTag, boxes.map(throughPixels), byFrame), segment.raw)
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

/** Evidence text of a document. Rejected frames, boxes and steps are left out. */
export function writeEvidence(document: SampleDocument, style: EvidenceStyle): string {
  const frames = recordsOf(document, 'coreFrame').filter((frame) => frame.verdict !== 'rejected')
  const uncited = uncitedBoxes(document)
  const spellings = spellingsOf(style, frames.length)
  const writeToken = (token: Token): string => {
    if (token.kind === 'text') return token.text
    const own = token.boxIds.map((id) => recordAt(document, id, 'box')).filter((box) => box !== null)
    const boxes = [...own.filter((box) => box.verdict !== 'rejected'), ...(uncited.get(token.objectId) ?? [])]
    uncited.set(token.objectId, [])
    const numbers = (box: BoxRecord) => fromRect(box.rect, style.convention, style.size ?? NOMINAL_SIZE)
    const byFrame = frames.map((frame) => boxes.filter((box) => box.frameId === frame.id).map(numbers))
    // A box whose frame was rejected is gone like a rejected box; an empty list would say that the source had no place for it.
    const hasBoxTag = token.emptyBox || byFrame.some((group) => group.length > 0)
    const onOneFrame = byFrame.filter((group) => group.length > 0).length <= 1
    const spelling =
      spellings.get(keyOf(token.text, hasBoxTag, byFrame.flat(), byFrame)) ??
      (onOneFrame ? spellings.get(keyOf(token.text, hasBoxTag, byFrame.flat(), null)) : undefined)
    return spelling ?? writeMention(token.text, byFrame, hasBoxTag)
  }
  const texts = recordsOf(document, 'step')
    .filter((step) => step.verdict !== 'rejected')
    .map((step) => step.tokens.map(writeToken).join(''))
  return joinSteps(texts)
}
