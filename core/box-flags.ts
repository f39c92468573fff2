/** Flags about boxes: B1 empty, B2 doubted by the verifier, B3 loose, tiny or stray, B4 duplicates, B5 mentioned without a box. */
import { boxesByObject, recordAt, recordsOf } from './document'
import type { Flag, FlagContext } from './flag'
import { areaShare, clampRect, iou, type Size } from './geometry'
import type { BoxRecord, SampleDocument, StepRecord } from './records'
import { samePhraseKey } from './words'

/** A box over more of the picture than this is hardly a box; under less it is hardly visible. (Reference §4.1, B3.) */
export const MAX_AREA_SHARE = 0.9
/** As share of the picture, 0–1; the lower bound of B3. */
export const MIN_AREA_SHARE = 0.001
/** Longer than this to one side is a sliver: a pole or a rope reaches about 1:15. */
export const MAX_ASPECT = 20
/** Pixels a box may reach over the edge: source conventions round to a thousandth of the picture. */
export const EDGE_TOLERANCE_PX = 2
/** Two boxes overlapping more than this are the same box. (Reference §4.1, B4.) */
export const DUPLICATE_IOU = 0.9
/** A box that the verifier agrees with less than this part as well as with the sample's best. Its scale depends on the model. */
export const LOW_AGREEMENT_SHARE = 0.5

/** B1 (blocking), B2, B3, B4 and B5: boxes that are missing, empty, doubted, of an unlikely shape, outside the picture or doubled. */
export function boxFlags(doc: SampleDocument, context: FlagContext): Flag[] {
  const boxes = recordsOf(doc, 'box')
  return [
    ...mentionFlags(doc),
    ...agreementFlags(doc, boxes),
    ...boxes.flatMap((box) => (context.video === null ? [] : shapeFlags(doc, box, context.video))),
    ...duplicateFlags(doc, boxes),
  ]
}

function nameOf(doc: SampleDocument, objectId: string): string {
  return `“${recordAt(doc, objectId, 'object')?.phrase ?? objectId}”`
}

/** Whether the object has a box where the step looks: on a cited frame, or anywhere when the step cites none. */
function hasBoxFor(boxes: readonly BoxRecord[], step: StepRecord): boolean {
  return boxes.some((box) => step.frameIds.length === 0 || step.frameIds.includes(box.frameId))
}

/** At most one flag an object: B1 where the source wrote an empty list for it, B5 otherwise. */
function mentionFlags(doc: SampleDocument): Flag[] {
  const found = new Map<string, Flag>()
  const byObject = boxesByObject(doc)
  recordsOf(doc, 'step').forEach((step, position) => {
    for (const token of step.tokens) {
      const object = token.kind === 'mention' ? recordAt(doc, token.objectId, 'object') : null
      if (token.kind === 'text' || object === null || found.get(object.id)?.code === 'B1' || hasBoxFor(byObject.get(object.id) ?? [], step))
        continue
      const where = step.frameIds.length === 0 ? 'any core frame' : 'the frames it cites'
      const what = `${nameOf(doc, object.id)} in step ${position + 1}`
      const flag: Flag = token.emptyBox
        ? { code: 'B1', recordId: object.id, message: `${what} came with an empty box list and has no box on ${where}.`, blocking: true }
        : { code: 'B5', recordId: object.id, message: `${what} is mentioned but has no box on ${where}.`, blocking: false }
      if (flag.code === 'B1' || !found.has(object.id)) found.set(object.id, flag)
    }
  })
  return [...found.values()]
}

function agreementFlags(doc: SampleDocument, boxes: readonly BoxRecord[]): Flag[] {
  const best = boxes.reduce((highest, box) => Math.max(highest, box.agreement ?? 0), 0)
  return boxes.flatMap((box): Flag[] => {
    if (box.agreement === null || box.agreement >= LOW_AGREEMENT_SHARE * best) return []
    const message = `The verifier agrees with the box of ${nameOf(doc, box.objectId)} less than half as much as with the best box of this sample.`
    return [{ code: 'B2', recordId: box.id, message, blocking: false }]
  })
}

function shapeFlags(doc: SampleDocument, box: BoxRecord, picture: Size): Flag[] {
  const name = `The box of ${nameOf(doc, box.objectId)}`
  const flag = (what: string, blocking = false): Flag => ({ code: 'B3', recordId: box.id, message: `${name} ${what}.`, blocking })
  const { x, y, w, h } = box.rect
  const visible = clampRect(box.rect, picture)
  if (visible.w <= 0 || visible.h <= 0) return [flag('has no part inside the picture', true)]
  const flags: Flag[] = []
  const over = Math.max(-x, -y, x + w - picture.width, y + h - picture.height)
  if (over > EDGE_TOLERANCE_PX) flags.push(flag(`reaches ${Math.ceil(over)} px outside the picture`))
  const share = areaShare(visible, picture)
  if (share > MAX_AREA_SHARE) flags.push(flag(`covers ${Math.round(share * 100)} % of the picture`))
  if (share < MIN_AREA_SHARE) flags.push(flag('covers less than a thousandth of the picture'))
  if (Math.max(w / h, h / w) > MAX_ASPECT) flags.push(flag(`is more than ${MAX_ASPECT} times as long as wide`))
  return flags
}

function hasTwinBefore(group: readonly BoxRecord[], box: BoxRecord, position: number): boolean {
  for (let index = 0; index < position; index += 1) {
    const earlier = group[index]
    if (earlier !== undefined && iou(earlier.rect, box.rect) > DUPLICATE_IOU) return true
  }
  return false
}

/** Compared only within one frame and one phrase, so hundreds of boxes of different things cost nothing. */
function duplicateFlags(doc: SampleDocument, boxes: readonly BoxRecord[]): Flag[] {
  const groups = new Map<string, BoxRecord[]>()
  for (const box of boxes) {
    const phrase = samePhraseKey(recordAt(doc, box.objectId, 'object')?.phrase ?? '')
    const key = JSON.stringify([box.frameId, phrase === '' ? box.objectId : phrase])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [box])
    else group.push(box)
  }
  return [...groups.values()].flatMap((group) =>
    group.flatMap((box, position): Flag[] => {
      if (!hasTwinBefore(group, box, position)) return []
      const message = `The box of ${nameOf(doc, box.objectId)} covers the same place as another box of the same thing on this frame.`
      return [{ code: 'B4', recordId: box.id, message, blocking: false }]
    }),
  )
}
