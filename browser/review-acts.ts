/** What keys and buttons of the review screen do, as calls on the store. One place, so that a key and its button cannot differ. */
import { boxesOfFrame, objectNumber, recordAt, recordsOf } from '@/core/document'
import { documentProblems } from '@/core/document-problems'
import { acceptStepWithBoxes, setVerdict } from '@/core/edits'
import { addBox, copyBoxToFrame, removeBox, setBoxRect } from '@/core/edits-boxes'
import { addCoreFrame, moveCoreFrame, removeCoreFrame } from '@/core/edits-frames'
import { addStep, removeStep } from '@/core/edits-steps'
import { AppError } from '@/core/errors'
import { clampRect, roundRect } from '@/core/geometry'
import { frameIndexSchema, recordIdSchema } from '@/core/ids'
import type { DefectCode, Reason, Rect, SampleDocument } from '@/core/records'
import type { ReviewItem } from '@/core/review-items'
import { newId } from './new-id'
import type { ReviewState, ReviewStore, Tool } from './review-store'

/** Defect codes that can be true of a record of this kind, the likeliest first: digit n chooses the n-th. */
export const REASONS: Readonly<Record<ReviewItem['kind'] | 'sample', readonly DefectCode[]>> = {
  question: ['Q1', 'Q2', 'Q3', 'V1', 'S1'],
  coreFrame: ['F1', 'F4', 'F3', 'F2', 'V1'],
  step: ['E1', 'E2', 'E4', 'E3', 'B5'],
  box: ['B2', 'B3', 'B4', 'B1'],
  object: ['B5', 'B2', 'E1'],
  sufficiency: ['E1', 'E2', 'F2', 'Q1'],
  answer: ['A1', 'A2', 'D1', 'T1', 'E3'],
  sample: ['Q1', 'Q2', 'A1', 'E1', 'E2', 'F4', 'V1', 'T1', 'S1'],
}

export function currentItem({ items, selection }: ReviewState): ReviewItem | null {
  return items.find((item) => item.id === selection.itemId) ?? null
}

const targetOf = (item: ReviewItem) => (item.kind === 'sufficiency' ? 'sufficiency' : item.recordId)

export function newRecordId(prefix: 'b' | 'f' | 'o' | 's') {
  return recordIdSchema.parse(`${prefix}_${newId().replaceAll('-', '').slice(0, 16)}`)
}

export function accept(store: ReviewStore, item = currentItem(store.getState())): void {
  if (item === null) return
  const isFirst = item.verdict === 'unseen' || item.verdict === 'stale' || item.verdict === 'rejected'
  store.apply(`Accept ${item.label.toLowerCase()}`, (doc) => setVerdict(doc, targetOf(item), 'accepted'))
  if (isFirst || store.getState().selection.itemId === item.id) store.advance()
}

/** On a step, or on anything under one: the step with all its boxes. */
export function acceptStep(store: ReviewStore): void {
  const { selection } = store.getState()
  if (selection.stepId === null) {
    accept(store)
    return
  }
  const { stepId } = selection
  store.apply('Accept step with boxes', (doc) => acceptStepWithBoxes(doc, stepId))
  store.advance()
}

export function reject(store: ReviewStore, item: ReviewItem, reasons: readonly Reason[]): void {
  store.apply(`Reject ${item.label.toLowerCase()}`, (doc) => setVerdict(doc, targetOf(item), 'rejected', reasons))
  store.setState({ rejectingId: null })
  if (store.getState().selection.itemId === item.id) store.advance()
}

/** The size boxes are kept inside of; null while the video is unknown. */
export function pictureSize({ sample: { video } }: ReviewState): { width: number; height: number } | null {
  return video?.width != null && video.height != null ? { width: video.width, height: video.height } : null
}

function placed(state: ReviewState, rect: Rect): Rect {
  const size = pictureSize(state)
  return roundRect(size === null ? rect : clampRect(rect, size))
}

export function setRect(store: ReviewStore, boxId: string, rect: Rect, mergeKey: string | null = null): void {
  const next = placed(store.getState(), rect)
  store.apply('Move box', (doc) => setBoxRect(doc, boxId, next), mergeKey)
}

/** Moves (`dx`, `dy`) or grows (`dw`, `dh`) the selected box by whole pixels; a run of presses is one act. */
export function adjustBox(store: ReviewStore, by: { dx?: number; dy?: number; dw?: number; dh?: number }): boolean {
  const state = store.getState()
  const box = state.selection.boxId === null ? null : recordAt(state.document, state.selection.boxId, 'box')
  if (box === null) return false
  const { dx = 0, dy = 0, dw = 0, dh = 0 } = by
  const size = pictureSize(state)
  const { x, y, w, h } = box.rect
  const within = (value: number, length: number, limit: number | undefined) =>
    Math.max(0, limit === undefined ? value : Math.min(value, limit - length))
  const rect = { x: within(x + dx, w, size?.width), y: within(y + dy, h, size?.height), w: Math.max(1, w + dw), h: Math.max(1, h + dh) }
  setRect(store, box.id, rect, `adjust:${box.id}`)
  return true
}

/** The object a new box is for: the one without a box that is being looked at, else the first of the step without one here. */
export function objectToDraw(state: ReviewState): string | null {
  const { document, selection } = state
  const item = currentItem(state)
  if (item?.kind === 'object') return item.recordId
  const here = new Set(selection.frameId === null ? [] : boxesOfFrame(document, selection.frameId).map((box) => box.objectId as string))
  const step = selection.stepId === null ? null : recordAt(document, selection.stepId, 'step')
  const mentioned = (step?.tokens ?? []).flatMap((token) => (token.kind === 'mention' ? [token.objectId as string] : []))
  const all = recordsOf(document, 'object').map((object) => object.id as string)
  return [...mentioned, ...all].find((id) => !here.has(id)) ?? all[0] ?? null
}

export function startDraw(store: ReviewStore, isRedraw: boolean): void {
  const state = store.getState()
  if (!state.canEdit) return
  if (state.selection.frameId === null) {
    store.say('warn', 'There is no core frame to draw on. Add one below the picture.')
    return
  }
  const { boxId } = state.selection
  if (isRedraw && boxId !== null) {
    const box = recordAt(state.document, boxId, 'box')
    store.setState({ tool: 'extreme', redrawBoxId: boxId, drawObjectId: box?.objectId ?? null })
    return
  }
  store.setState({ tool: isRedraw ? 'extreme' : 'draw', redrawBoxId: null, drawObjectId: objectToDraw(state) })
}

export function startTool(store: ReviewStore, tool: Tool): void {
  if (tool === 'draw' || tool === 'extreme') {
    const hasBox = store.getState().selection.boxId !== null
    startDraw(store, tool === 'extreme' && hasBox)
    if (store.getState().tool !== 'select') store.setState({ tool })
  } else store.setState({ tool, redrawBoxId: null })
}

export function finishDraw(store: ReviewStore, rect: Rect): void {
  const state = store.getState()
  const { redrawBoxId, drawObjectId: objectId, selection } = state
  const { frameId } = selection
  const area = placed(state, rect)
  store.setState({ tool: 'select', redrawBoxId: null })
  if (area.w < 1 || area.h < 1) return
  if (redrawBoxId !== null) {
    store.apply('Redraw box', (doc) => setBoxRect(doc, redrawBoxId, area))
    return
  }
  if (objectId === null) {
    store.say('warn', 'A box belongs to a key object. Add an object first, then draw its box.')
    return
  }
  if (frameId === null) return
  const id = newRecordId('b')
  if (store.apply('Draw box', (doc) => addBox(doc, { id, objectId, frameId, rect: area }))) store.jumpTo(id)
}

/** Takes one of the boxes that a detector found: from here on it is an edit like any other. */
export function adoptFound(store: ReviewStore, place: number): boolean {
  const state = store.getState()
  const { found } = state
  const box = found?.boxes[place]
  if (found === null || box === undefined) return false
  const id = newRecordId('b')
  const { objectId, frameId, boxId } = found
  const rect = placed(state, box.rect)
  const take = (doc: SampleDocument) => (boxId === null ? addBox(doc, { id, objectId, frameId, rect }) : setBoxRect(doc, boxId, rect))
  store.apply('Take found box', take)
  store.setState({ found: null })
  store.jumpTo(boxId ?? id)
  return true
}

export function copyToNextFrame(store: ReviewStore): void {
  const { document, selection } = store.getState()
  const box = selection.boxId === null ? null : recordAt(document, selection.boxId, 'box')
  const frames = recordsOf(document, 'coreFrame')
  const next = box === null ? undefined : frames[frames.findIndex((frame) => frame.id === box.frameId) + 1]
  if (box === null) store.say('info', 'Choose a box first; it is then copied to the next core frame.')
  else if (next === undefined) store.say('info', 'This is the last core frame.')
  else if (boxesOfFrame(document, next.id).some((other) => other.objectId === box.objectId)) {
    store.say('info', 'The object has a box on the next core frame already.')
  } else {
    const id = newRecordId('b')
    if (store.apply('Copy box', (doc) => copyBoxToFrame(doc, box.id, { id, frameId: next.id }))) store.jumpTo(id)
  }
}

/** Removes what is selected: a box, else the step or core frame under verification. */
export function removeSelected(store: ReviewStore): void {
  const state = store.getState()
  const { boxId } = state.selection
  const item = currentItem(state)
  if (boxId !== null) store.apply('Remove box', (doc) => removeBox(doc, boxId))
  else if (item?.kind === 'step') store.apply('Remove step', (doc) => removeStep(doc, item.recordId))
  else if (item?.kind === 'coreFrame') store.apply('Remove core frame', (doc) => removeCoreFrame(doc, item.recordId))
}

/** `index` and `pts` name one frame of the frame table (invariant 1). */
export type ExactFrame = { readonly index: number; readonly pts: number }

export function moveFrame(store: ReviewStore, frameId: string, to: ExactFrame): void {
  const index = frameIndexSchema.parse(to.index)
  store.apply('Move core frame', (doc) => moveCoreFrame(doc, frameId, { index, pts: to.pts }))
}

export function addFrame(store: ReviewStore, at: ExactFrame): void {
  const id = newRecordId('f')
  const index = frameIndexSchema.parse(at.index)
  if (store.apply('Add core frame', (doc) => addCoreFrame(doc, { id, index, pts: at.pts }))) store.jumpTo(id)
}

export function addStepAfter(store: ReviewStore): void {
  const { selection, document } = store.getState()
  const id = newRecordId('s')
  const frame = selection.frameId === null ? null : recordAt(document, selection.frameId, 'coreFrame')
  const place = selection.stepId === null ? {} : { afterId: selection.stepId }
  if (store.apply('Add step', (doc) => addStep(doc, { id, frameIds: frame === null ? [] : [frame.id], ...place }))) {
    store.jumpTo(id)
    startEditing(store, id, 'text')
  }
}

let sessions = 0

export function startEditing(store: ReviewStore, recordId: string, field: string): void {
  if (!store.getState().canEdit) return
  sessions += 1
  store.setState({ editing: { recordId, field, session: sessions } })
}

/** `E`: the text of whatever is under verification. A box leads to the name of its object. */
export function editCurrent(store: ReviewStore): void {
  const { document } = store.getState()
  const item = currentItem(store.getState())
  if (item === null) return
  const record = Object.hasOwn(document, item.recordId) ? document[item.recordId] : undefined
  if (record?.type === 'box') startEditing(store, record.objectId, 'phrase')
  else if (record?.type === 'object') startEditing(store, record.id, 'phrase')
  else if (record?.type === 'coreFrame') startEditing(store, record.id, 'caption')
  else if (record?.type === 'answer')
    startEditing(store, record.id, record.options.length > 0 ? `option:${record.correctIndex ?? 0}` : 'text')
  else if (record !== undefined) startEditing(store, record.id, 'text')
}

/** Puts a record back as the draft has it, unseen again. @throws AppError when what it rests on is gone */
export function revertRecord(doc: SampleDocument, draft: SampleDocument, recordId: string): SampleDocument {
  const before = Object.hasOwn(draft, recordId) ? draft[recordId] : undefined
  if (before === undefined) throw new AppError('not_found', 'The draft has no such record.', { recordId })
  const next = { ...doc, [recordId]: before }
  const [problem] = documentProblems(next)
  if (problem !== undefined) throw new AppError('invalid_input', `It cannot be put back alone: ${problem.message}`, { recordId })
  return next
}

export function revert(store: ReviewStore, recordId: string): void {
  const { draft } = store.getState()
  store.apply('Revert to draft', (doc) => revertRecord(doc, draft, recordId))
}

/** 1-based number and 1–8 colour of an object. */
export function objectColour(document: SampleDocument, objectId: string): { number: number; colour: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 } {
  const number = Math.max(1, objectNumber(document, objectId))
  const colours = [1, 2, 3, 4, 5, 6, 7, 8] as const
  return { number, colour: colours[(number - 1) % 8] ?? 1 }
}
