/** Edits of core frames. A frame is always given as index and pts together (invariant 1). */
import { recordsOf, requireRecord } from './document'
import { AppError } from './errors'
import type { FrameIndex, RecordId } from './ids'
import { afterConsequence, afterEdit, orderBetween, put, putAll, putNew, without } from './record-edit'
import type { CoreFrameRecord, DocRecord, SampleDocument } from './records'
import { fittingStep } from './references'

/** One exact frame of the sample's video. */
export type FramePosition = { readonly index: FrameIndex; readonly pts: number }

const BY_PERSON = { method: 'person', confidence: 1 } as const

function refuseIndexTaken(doc: SampleDocument, index: number, besideId: string | null): void {
  const taken = recordsOf(doc, 'coreFrame').find((frame) => frame.index === index && frame.id !== besideId)
  if (taken !== undefined) {
    throw new AppError('already_exists', `Frame ${index} is a core frame of this sample already.`, { recordId: taken.id, index })
  }
}

/** Behind the last core frame that is not later, so a strip in time order stays in time order. */
function orderFor(frames: readonly CoreFrameRecord[], index: number): number {
  const position = frames.findLastIndex((frame) => frame.index !== null && frame.index <= index)
  return orderBetween(frames[position]?.order ?? null, frames[position + 1]?.order ?? null)
}

/** A selector's word for a frame: `by` = method and where it ran, `relevance` 0 to 1. */
export type FrameProposal = { readonly by: string; readonly relevance: number }
type NewFrame = FramePosition & { readonly id: RecordId; readonly caption?: string | null; readonly proposal?: FrameProposal }

/**
 * A core frame that a person adds. With `proposal` it says which selector found it, and its score is the relevance given there.
 *
 * @throws AppError `already_exists` when the id or that frame is taken
 */
export function addCoreFrame(doc: SampleDocument, frame: NewFrame): SampleDocument {
  refuseIndexTaken(doc, frame.index, null)
  return putNew(doc, {
    id: frame.id,
    type: 'coreFrame',
    verdict: 'added',
    reasons: [],
    order: orderFor(recordsOf(doc, 'coreFrame'), frame.index),
    index: frame.index,
    pts: frame.pts,
    caption: frame.caption ?? null,
    path: null,
    match: frame.proposal === undefined ? BY_PERSON : { method: 'selector', confidence: 1, by: frame.proposal.by },
    score: frame.proposal?.relevance ?? null,
    margin: null,
  })
}

/** Removes a core frame with its boxes and every citation of them. Accepted steps that cited it become stale. */
export function removeCoreFrame(doc: SampleDocument, frameId: string): SampleDocument {
  requireRecord(doc, frameId, 'coreFrame')
  const boxes = recordsOf(doc, 'box').filter((box) => box.frameId === frameId)
  return withoutRecords(doc, new Set([frameId, ...boxes.map((box) => box.id)]))
}

/** Removes records together with all citations of them; steps that lose something they rested on become stale. */
export function withoutRecords(doc: SampleDocument, ids: ReadonlySet<string>): SampleDocument {
  const left = without(doc, ids)
  const changed: DocRecord[] = []
  for (const step of recordsOf(left, 'step')) {
    const fitting = fittingStep(left, step)
    if (fitting !== step) changed.push({ ...fitting, verdict: afterConsequence(step.verdict) })
  }
  return changed.length === 0 ? left : putAll(left, changed)
}

/**
 * Points a core frame at another frame of the video, or locates one that was not located. Its boxes become stale: they were
 * drawn on other pixels. Score and margin spoke of the old frame and go; `path` stays, it names the source's file.
 *
 * @throws AppError `already_exists` when another core frame is that frame
 */
export function moveCoreFrame(doc: SampleDocument, frameId: string, to: FramePosition): SampleDocument {
  const frame = requireRecord(doc, frameId, 'coreFrame')
  if (frame.index === to.index && frame.pts === to.pts) return doc
  refuseIndexTaken(doc, to.index, frameId)
  const moved: CoreFrameRecord = {
    ...frame,
    index: to.index,
    pts: to.pts,
    match: BY_PERSON,
    score: null,
    margin: null,
    ...afterEdit(frame.verdict),
  }
  const boxes = recordsOf(doc, 'box').filter((box) => box.frameId === frameId && box.verdict !== 'stale')
  return putAll(doc, [moved, ...boxes.map((box) => ({ ...box, verdict: 'stale' as const, reasons: [] }))])
}

/**
 * Puts core frames in the given order. The order values themselves are dealt out anew, so going back restores the draft
 * exactly. Order is arrangement, not judgement: verdicts stay.
 *
 * @throws AppError `invalid_input` unless `ids` names every core frame exactly once
 */
export function reorderCoreFrames(doc: SampleDocument, ids: readonly string[]): SampleDocument {
  const frames = recordsOf(doc, 'coreFrame')
  const distinct = new Set(ids)
  if (distinct.size !== ids.length || ids.length !== frames.length || frames.some((frame) => !distinct.has(frame.id))) {
    throw new AppError('invalid_input', 'A new order must name every core frame exactly once.', { ids })
  }
  const orders = dealtOrders(frames.map((frame) => frame.order))
  const changed = ids.flatMap((id, position) => {
    const frame = requireRecord(doc, id, 'coreFrame')
    const order = orders[position] ?? position
    return frame.order === order ? [] : [{ ...frame, order }]
  })
  return changed.length === 0 ? doc : putAll(doc, changed)
}

/** The given ascending order values if they are distinct, 1, 2, 3 … otherwise. */
export function dealtOrders(orders: readonly number[]): number[] {
  return new Set(orders).size === orders.length ? [...orders] : orders.map((_, position) => position + 1)
}

/** Another caption for a core frame, null for none. @throws AppError `not_found` */
export function editCaption(doc: SampleDocument, frameId: string, caption: string | null): SampleDocument {
  const frame = requireRecord(doc, frameId, 'coreFrame')
  return frame.caption === caption ? doc : put(doc, { ...frame, caption, ...afterEdit(frame.verdict) })
}
