/**
 * What a reviewer goes through, in the order of verification (design §5): question, core frames, each step followed by its
 * boxes and by its objects that lack a box, sufficiency, answer with task. Each item has the verdict of its record.
 */
import { answerOf, boxesByObject, questionOf, recordAt, recordsOf, taskOf } from './document'
import type { Flag } from './flag'
import { sameContent } from './record-content'
import type { AnswerRecord, BoxRecord, RecordType, SampleDocument, StepRecord, TaskRecord, Verdict } from './records'

/** `object` = a mentioned object without any box: done by drawing one, or by accepting that it needs none. */
export type ReviewItemKind = 'question' | 'coreFrame' | 'step' | 'box' | 'object' | 'sufficiency' | 'answer'

/** `frameId` = where the stage should jump; `stepId` = the step the item stands under. */
export type ReviewItem = {
  readonly id: string
  readonly kind: ReviewItemKind
  readonly recordId: string
  readonly label: string
  readonly frameId: string | null
  readonly stepId: string | null
  readonly verdict: Verdict
}

/** The answer item stands for answer and task together; a rejected task makes it rejected. */
function answerVerdict(answer: AnswerRecord, task: TaskRecord): Verdict {
  return task.verdict === 'rejected' ? 'rejected' : answer.verdict
}

type BoxIndex = ReadonlyMap<string, readonly BoxRecord[]>

/** Boxes of a step: those its mentions cite, and those of mentioned objects on the frames it cites. Mention order. */
export function boxesOfStep(doc: SampleDocument, step: StepRecord, byObject: BoxIndex = boxesByObject(doc)): BoxRecord[] {
  const found = new Map<string, BoxRecord>()
  for (const token of step.tokens) {
    if (token.kind === 'text') continue
    for (const box of byObject.get(token.objectId) ?? []) {
      if (token.boxIds.includes(box.id) || step.frameIds.includes(box.frameId)) found.set(box.id, box)
    }
  }
  return [...found.values()]
}

function stepItems(doc: SampleDocument, step: StepRecord, position: number, byObject: BoxIndex, seen: Set<string>): ReviewItem[] {
  const frameId = step.frameIds[0] ?? null
  const label = `Step ${position + 1}`
  const items: ReviewItem[] = [
    { id: `step:${step.id}`, kind: 'step', recordId: step.id, label, frameId, stepId: step.id, verdict: step.verdict },
  ]
  for (const box of boxesOfStep(doc, step, byObject)) {
    if (seen.has(box.id)) continue
    seen.add(box.id)
    items.push(boxItem(doc, box, step.id))
  }
  for (const token of step.tokens) {
    const object = token.kind === 'mention' ? recordAt(doc, token.objectId, 'object') : null
    if (object === null || seen.has(object.id) || byObject.has(object.id)) continue
    seen.add(object.id)
    const { id, phrase, verdict } = object
    items.push({ id: `object:${id}`, kind: 'object', recordId: id, label: `No box: ${phrase}`, frameId, stepId: step.id, verdict })
  }
  return items
}

function boxItem(doc: SampleDocument, box: BoxRecord, stepId: string | null): ReviewItem {
  const phrase = recordAt(doc, box.objectId, 'object')?.phrase ?? box.objectId
  const { id, frameId, verdict } = box
  return { id: `box:${id}`, kind: 'box', recordId: id, label: `Box: ${phrase}`, frameId, stepId, verdict }
}

/** All items in order. A box appears once, under the first step it belongs to; boxes of no step come after the steps. */
export function reviewItems(doc: SampleDocument): ReviewItem[] {
  const question = questionOf(doc)
  const answer = answerOf(doc)
  const seen = new Set<string>()
  const byObject = boxesByObject(doc)
  const whole = { frameId: null, stepId: null } as const
  return [
    { id: `question:${question.id}`, kind: 'question', recordId: question.id, label: 'Question', ...whole, verdict: question.verdict },
    ...recordsOf(doc, 'coreFrame').map(
      (frame, position): ReviewItem => ({
        id: `coreFrame:${frame.id}`,
        kind: 'coreFrame',
        recordId: frame.id,
        label: `Core frame ${position + 1}`,
        frameId: frame.id,
        stepId: null,
        verdict: frame.verdict,
      }),
    ),
    ...recordsOf(doc, 'step').flatMap((step, position) => stepItems(doc, step, position, byObject, seen)),
    ...recordsOf(doc, 'box').flatMap((box) => (seen.has(box.id) ? [] : [boxItem(doc, box, null)])),
    {
      id: `sufficiency:${answer.id}`,
      kind: 'sufficiency',
      recordId: answer.id,
      label: 'Sufficiency',
      ...whole,
      verdict: answer.sufficiency,
    },
    {
      id: `answer:${answer.id}`,
      kind: 'answer',
      recordId: answer.id,
      label: 'Answer and task',
      ...whole,
      verdict: answerVerdict(answer, taskOf(doc)),
    },
  ]
}

/** Whether somebody has said something of the item that still holds. */
export function isDone(verdict: Verdict): boolean {
  return verdict !== 'unseen' && verdict !== 'stale'
}

/** How many of the review items have a verdict that stands. */
export function progressOf(doc: SampleDocument): { readonly total: number; readonly done: number } {
  const items = reviewItems(doc)
  return { total: items.length, done: items.filter((item) => isDone(item.verdict)).length }
}

/** One thing that stands between the sample and its approval. `itemId` = the item to jump to, if there is one. */
export type Blocker = {
  readonly kind: 'unseen' | 'stale' | 'rejected' | 'flag'
  readonly itemId: string | null
  readonly recordId: string | null
  readonly message: string
}

const REMEDY: Readonly<Record<RecordType, string>> = {
  question: 'Correct the question, or reject the sample.',
  answer: 'Correct the answer, or reject the sample.',
  task: 'Choose the right task.',
  coreFrame: 'Move it to the right frame, or remove it.',
  object: 'Rename it, or remove it.',
  box: 'Redraw it, or remove it.',
  step: 'Correct it, or remove it.',
}

/**
 * Why the sample cannot be approved now; empty = it can. Items must be looked at and not stale, no blocking flag may be
 * open, and nothing rejected may be left: a rejected record has to be corrected or removed first (the message says how),
 * since an approval must never carry into the dataset what a person called wrong, and never removes anything by itself.
 */
export function approvalBlockers(doc: SampleDocument, flags: readonly Flag[]): Blocker[] {
  const blockers: Blocker[] = []
  const itemOf = new Map<string, ReviewItem>()
  for (const item of reviewItems(doc)) {
    if (item.kind !== 'sufficiency') itemOf.set(item.recordId, item)
    const at = { itemId: item.id, recordId: item.recordId }
    if (item.verdict === 'unseen') blockers.push({ kind: 'unseen', ...at, message: `${item.label} has not been looked at.` })
    if (item.verdict === 'stale') blockers.push({ kind: 'stale', ...at, message: `${item.label} has to be looked at again.` })
    if (item.kind === 'sufficiency' && item.verdict === 'rejected') {
      const message = 'The evidence alone does not carry the answer. Correct the evidence and accept it, or send the sample back.'
      blockers.push({ kind: 'rejected', ...at, message })
    }
  }
  for (const record of Object.values(doc)) {
    if (record.verdict !== 'rejected') continue
    const item = itemOf.get(record.type === 'task' ? answerOf(doc).id : record.id)
    const label = record.type === 'task' ? 'Task' : record.type === 'object' ? `Object “${record.phrase}”` : (item?.label ?? record.id)
    const message = `${label} is rejected. ${REMEDY[record.type]}`
    blockers.push({ kind: 'rejected', itemId: item?.id ?? null, recordId: record.id, message })
  }
  for (const flag of flags) {
    if (!flag.blocking) continue
    const itemId = flag.recordId === null ? null : (itemOf.get(flag.recordId)?.id ?? null)
    blockers.push({ kind: 'flag', itemId, recordId: flag.recordId, message: flag.message })
  }
  return blockers
}

/** Whether the content differs from the draft. Verdicts, reasons and how a frame was located do not count. */
export function isChanged(draft: SampleDocument, doc: SampleDocument): boolean {
  const ids = Object.keys(doc)
  if (ids.length !== Object.keys(draft).length) return true
  return ids.some((id) => {
    const before = Object.hasOwn(draft, id) ? draft[id] : undefined
    const after = doc[id]
    return before === undefined || after === undefined || !sameContent(before, after)
  })
}
