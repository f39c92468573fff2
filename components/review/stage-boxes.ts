/** What the stage and the strip draw, made from the document. Pure, so that it can be memoised on what it reads. */
import { objectColour } from '@/browser/review-acts'
import type { FoundGhosts } from '@/browser/review-store'
import { boxesOfFrame, recordAt } from '@/core/document'
import { iou } from '@/core/geometry'
import type { BoxRecord, SampleDocument } from '@/core/records'
import type { StageBox } from './stage/stage-types'

export type Emphasis = { readonly hoveredObjectId: string | null; readonly stepId: string | null; readonly selectedBoxId: string | null }

/** Objects at full strength: the one pointed at, else those of the step under verification; null = all. */
export function strongObjects(doc: SampleDocument, { hoveredObjectId, stepId }: Emphasis): ReadonlySet<string> | null {
  if (hoveredObjectId !== null) return new Set([hoveredObjectId])
  const step = stepId === null ? null : recordAt(doc, stepId, 'step')
  const mentioned = (step?.tokens ?? []).flatMap((token) => (token.kind === 'mention' ? [token.objectId as string] : []))
  return mentioned.length === 0 ? null : new Set(mentioned)
}

function stageBox(doc: SampleDocument, box: BoxRecord, isDimmed: boolean): StageBox {
  const phrase = recordAt(doc, box.objectId, 'object')?.phrase ?? ''
  return {
    id: box.id,
    objectId: box.objectId,
    ...objectColour(doc, box.objectId),
    label: phrase,
    rect: box.rect,
    isDimmed,
    verdict: box.verdict,
  }
}

export function stageBoxes(doc: SampleDocument, frameId: string | null, emphasis: Emphasis): StageBox[] {
  if (frameId === null) return []
  const strong = strongObjects(doc, emphasis)
  return boxesOfFrame(doc, frameId).map((box) => {
    const isStrong = strong === null || strong.has(box.objectId) || (box.id === emphasis.selectedBoxId && emphasis.hoveredObjectId === null)
    return stageBox(doc, box, !isStrong)
  })
}

export function ratioText(ratio: number): string {
  return ratio >= 0.995 ? '1.0' : ratio.toFixed(2).slice(1)
}

/** Draft boxes that look different now: of all boxes of the frame, or of the selected one only. */
export function ghostBoxes(draft: SampleDocument, doc: SampleDocument, frameId: string | null, only: string | 'all' | null): StageBox[] {
  if (frameId === null || only === null || recordAt(draft, frameId, 'coreFrame') === null) return []
  return boxesOfFrame(draft, frameId).flatMap((before) => {
    if (only !== 'all' && before.id !== only) return []
    const now = recordAt(doc, before.id, 'box')
    const ratio = now === null ? 0 : iou(before.rect, now.rect)
    const isSame = now !== null && now.frameId === before.frameId && ratio > 0.9999
    if (isSame) return []
    const label = now === null ? 'draft, removed' : `draft  IoU ${ratioText(ratio)}`
    return [{ ...stageBox(draft, before, false), label }]
  })
}

/** What a detector found on this frame, numbered as in the list: ghosts until one is taken. */
export function foundGhosts(doc: SampleDocument, frameId: string | null, found: FoundGhosts | null): StageBox[] {
  if (found === null || found.frameId !== frameId || recordAt(doc, found.objectId, 'object') === null) return []
  return found.boxes.map(({ rect, score }, place) => ({
    id: `found:${place}`,
    objectId: found.objectId,
    ...objectColour(doc, found.objectId),
    // While one is pointed at, the others keep their lines and lose their labels.
    label: found.pointed === null || found.pointed === place ? `${place + 1}  ${ratioText(score)}` : '',
    rect,
    isDimmed: false,
    verdict: 'unseen',
  }))
}
