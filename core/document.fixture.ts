/** Test material: one hand-made sample that holds every kind of record, and arbitraries for property tests. */
import fc from 'fast-check'
import { recordsOf } from './document'
import { acceptStepWithBoxes, setVerdict } from './edits'
import { addBox, copyBoxToFrame, relabelBox, removeBox, setBoxRect } from './edits-boxes'
import { addCoreFrame, editCaption, moveCoreFrame, removeCoreFrame, reorderCoreFrames } from './edits-frames'
import { addObject, removeObject, renameObject } from './edits-objects'
import { addStep, editStep, moveStep, removeStep, setStepFrames, setStepSpan } from './edits-steps'
import { addOption, editAnswer, editOption, editQuestion, removeOption, setCorrect, setTask } from './edits-text'
import { AppError } from './errors'
import { type FrameIndex, frameIndexSchema, type RecordId, recordIdSchema } from './ids'
import { type DocRecord, documentSchema, type Reason, recordSchema, type SampleDocument, type Token } from './records'

/** A record id from a plain string. */
export const rid = (id: string): RecordId => recordIdSchema.parse(id)

/** A frame index from a plain number. */
export const frameNo = (index: number): FrameIndex => frameIndexSchema.parse(index)

/** Text run. */
export const run = (text: string): Token => ({ kind: 'text', text })

/** Mention of an object with the boxes it cites. */
export const mention = (objectId: string, text: string, boxIds: readonly string[] = [], emptyBox = false): Token => ({
  kind: 'mention',
  objectId: rid(objectId),
  text,
  boxIds: boxIds.map(rid),
  emptyBox,
})

export const reason = (code: Reason['code'], note = ''): Reason => ({ code, note })

const unseen = { verdict: 'unseen', reasons: [] } as const

function coreFrame(id: string, order: number, index: number, caption: string) {
  const match = { method: 'stem', confidence: 0.9 }
  return {
    ...unseen,
    id,
    type: 'coreFrame',
    order,
    index,
    pts: index * 512,
    caption,
    path: `${index}.jpg`,
    match,
    score: null,
    margin: null,
  }
}

function box(id: string, objectId: string, frameId: string, rect: readonly [number, number, number, number]) {
  const [x, y, w, h] = rect
  return { ...unseen, id, type: 'box', objectId, frameId, rect: { x, y, w, h }, score: 0.7, agreement: null }
}

/** A fresh draft in which nothing has been looked at and one object, the dog, came with an empty box. 640 × 360 pixels. */
export function draftSample(): SampleDocument {
  const records = [
    { ...unseen, id: 'question', type: 'question', text: 'Why does the man let go of the rope?' },
    {
      ...unseen,
      id: 'answer',
      type: 'answer',
      text: 'Because the dog pulls him off balance.',
      options: ['The dog pulls him', 'The rope snaps', 'He is tired', 'It rains'],
      correctIndex: 0,
      sufficiency: 'unseen',
    },
    { ...unseen, id: 'task', type: 'task', task: 'causal_inference' },
    coreFrame('f1', 1, 480, 'A man holds a rope beside a lake.'),
    coreFrame('f2', 2, 528, 'A dog runs towards the camera.'),
    coreFrame('f3', 3, 600, 'The rope lies in the grass.'),
    { ...unseen, id: 'o1', type: 'object', order: 1, phrase: 'man' },
    { ...unseen, id: 'o2', type: 'object', order: 2, phrase: 'rope' },
    { ...unseen, id: 'o3', type: 'object', order: 3, phrase: 'dog' },
    box('b1', 'o1', 'f1', [10, 20, 100, 200]),
    box('b2', 'o2', 'f1', [90, 150, 80, 30]),
    box('b3', 'o1', 'f2', [30, 40, 90, 180]),
    {
      ...unseen,
      id: 's1',
      type: 'step',
      order: 1,
      tokens: [run('The '), mention('o1', 'man', ['b1']), run(' grips the '), mention('o2', 'rope', ['b2']), run('.')],
      frameIds: ['f1'],
      span: null,
    },
    {
      ...unseen,
      id: 's2',
      type: 'step',
      order: 2,
      tokens: [run('Then the '), mention('o3', 'dog', [], true), run(' runs past the '), mention('o1', 'man', ['b3']), run('.')],
      frameIds: ['f2', 'f3'],
      span: { startPts: 528 * 512, endPts: 600 * 512 },
    },
  ]
  return documentSchema.parse(Object.fromEntries(records.map((record) => [record.id, record])))
}

/** The document with fields of one record replaced; anything may be broken on purpose as long as the shape holds. */
export function altered(doc: SampleDocument, id: string, change: Readonly<Record<string, unknown>>): SampleDocument {
  return { ...doc, [id]: recordSchema.parse({ ...doc[id], ...change }) }
}

/** The document with a record put in, whatever it breaks. */
export function extended(doc: SampleDocument, ...records: readonly unknown[]): SampleDocument {
  const parsed: DocRecord[] = records.map((record) => recordSchema.parse(record))
  return { ...doc, ...Object.fromEntries(parsed.map((record) => [record.id, record])) }
}

/** The document with every record accepted, as a careful reviewer of a clean sample leaves it. */
export function reviewed(doc: SampleDocument): SampleDocument {
  const all = Object.keys(doc).reduce((next, id) => setVerdict(next, id, 'accepted'), doc)
  return setVerdict(all, 'sufficiency', 'accepted')
}

/** The code and message of the AppError a call throws; fails the test when it throws nothing or something else. */
export function refusalOf(call: () => unknown): { readonly code: string; readonly message: string } {
  try {
    call()
  } catch (thrown) {
    if (thrown instanceof AppError) return { code: thrown.code, message: thrown.message }
    throw thrown
  }
  throw new Error('The call was expected to be refused.')
}

/** One random act of a reviewer; numbers choose among whatever records exist at that moment. */
export type Act = { readonly kind: number; readonly a: number; readonly b: number; readonly text: string }

export const actArbitrary: fc.Arbitrary<Act> = fc.record({
  kind: fc.nat({ max: 25 }),
  a: fc.nat({ max: 1000 }),
  b: fc.nat({ max: 1000 }),
  text: fc.string({ maxLength: 12 }),
})

function pick<T>(list: readonly T[], number: number): T {
  const chosen = list[number % Math.max(list.length, 1)]
  if (chosen === undefined) throw new AppError('not_found', 'Nothing to choose from.')
  return chosen
}

const VERDICTS = ['accepted', 'rejected', 'unseen', 'stale'] as const

function perform(doc: SampleDocument, act: Act, newId: RecordId): SampleDocument {
  const { a, b, text } = act
  const frame = () => pick(recordsOf(doc, 'coreFrame'), a).id
  const object = () => pick(recordsOf(doc, 'object'), b).id
  const boxId = () => pick(recordsOf(doc, 'box'), a).id
  const step = () => pick(recordsOf(doc, 'step'), a).id
  const rect = { x: a / 2, y: b / 2, w: (a % 90) + 1, h: (b % 90) + 1 }
  const position = { index: frameNo(b), pts: b * 512 }
  const acts: readonly (() => SampleDocument)[] = [
    () => setVerdict(doc, pick(Object.keys(doc), a), pick(VERDICTS, b), [reason('E1', text)]),
    () => setVerdict(doc, 'sufficiency', b % 2 === 0 ? 'accepted' : 'rejected', [reason('E1', text)]),
    () => acceptStepWithBoxes(doc, step()),
    () => editQuestion(doc, text),
    () => editAnswer(doc, text),
    () => editOption(doc, a % 5, text),
    () => addOption(doc, text),
    () => removeOption(doc, a % 5),
    () => setCorrect(doc, b % 3 === 0 ? null : a % 5),
    () => setTask(doc, text === '' ? null : text),
    () => addCoreFrame(doc, { id: newId, ...position, caption: text }),
    () => removeCoreFrame(doc, frame()),
    () => moveCoreFrame(doc, frame(), position),
    () =>
      reorderCoreFrames(
        doc,
        recordsOf(doc, 'coreFrame')
          .map((record) => record.id)
          .reverse(),
      ),
    () => editCaption(doc, frame(), text),
    () => addBox(doc, { id: newId, objectId: object(), frameId: frame(), rect }),
    () => setBoxRect(doc, boxId(), rect),
    () => relabelBox(doc, boxId(), object()),
    () => removeBox(doc, boxId()),
    () => copyBoxToFrame(doc, boxId(), { id: newId, frameId: pick(recordsOf(doc, 'coreFrame'), b).id }),
    () => (b % 2 === 0 ? addObject(doc, { id: newId, phrase: text }) : renameObject(doc, object(), text)),
    () => removeObject(doc, object()),
    () => editStep(doc, step(), [run(text), mention(object(), 'it'), run('.')]),
    () => (b % 2 === 0 ? addStep(doc, { id: newId, tokens: [run(text)], frameIds: [frame()] }) : removeStep(doc, step())),
    () => moveStep(doc, step(), b % 4),
    () => (b % 2 === 0 ? setStepFrames(doc, step(), [frame()]) : setStepSpan(doc, step(), { startPts: b, endPts: b + a })),
  ]
  return pick(acts, act.kind)()
}

/** The document after a list of acts; what the rules refuse changes nothing, as on the screen. `prefix` starts new ids. */
export function afterActs(doc: SampleDocument, acts: readonly Act[], prefix = 'n'): SampleDocument {
  return acts.reduce((current, act, position) => {
    try {
      return perform(current, act, rid(`${prefix}${position}`))
    } catch (thrown) {
      if (thrown instanceof AppError) return current
      throw thrown
    }
  }, doc)
}

/** Any valid document that a reviewer could reach from the draft. */
export const documentArbitrary: fc.Arbitrary<SampleDocument> = fc
  .array(actArbitrary, { maxLength: 12 })
  .map((acts) => afterActs(draftSample(), acts, 'd'))

/** Property runs: enough to find rare interleavings, few enough for every save. fast-check prints seed and path on failure. */
export const RUNS = { numRuns: 300 } as const
