/** A small complete sample for tests: two frames, two objects, two boxes, two steps. */
import { parseDocument } from './document'
import type { SampleDocument } from './records'

const fresh = { verdict: 'unseen', reasons: [] } as const

export function exampleDocument(): SampleDocument {
  const frame = (id: string, order: number) => ({
    ...fresh,
    id,
    type: 'coreFrame',
    order,
    index: order * 10,
    pts: order * 100,
    caption: `Frame ${order}`,
    path: null,
    match: { method: 'exact', confidence: 1 },
    score: null,
    margin: null,
  })
  const box = (id: string, objectId: string, frameId: string, x: number) => ({
    ...fresh,
    id,
    type: 'box',
    objectId,
    frameId,
    rect: { x, y: 10, w: 40, h: 40 },
    score: null,
    agreement: null,
  })
  const step = (id: string, order: number, objectId: string, boxId: string, frameId: string) => ({
    ...fresh,
    id,
    type: 'step',
    order,
    frameIds: [frameId],
    span: null,
    tokens: [
      { kind: 'text', text: 'The ' },
      { kind: 'mention', objectId, text: objectId, boxIds: [boxId], emptyBox: false },
      { kind: 'text', text: ' moves.' },
    ],
  })
  const records = [
    { ...fresh, id: 'question', type: 'question', text: 'Why does the man drop the rope?' },
    {
      ...fresh,
      id: 'answer',
      type: 'answer',
      text: 'The dog pulls.',
      options: ['The dog pulls.', 'It is wet.'],
      correctIndex: 0,
      sufficiency: 'unseen',
    },
    { ...fresh, id: 'task', type: 'task', task: 'causal_inference' },
    frame('f1', 1),
    frame('f2', 2),
    { ...fresh, id: 'o1', type: 'object', order: 1, phrase: 'o1' },
    { ...fresh, id: 'o2', type: 'object', order: 2, phrase: 'o2' },
    box('b1', 'o1', 'f1', 10),
    box('b2', 'o2', 'f2', 100),
    step('s1', 1, 'o1', 'b1', 'f1'),
    step('s2', 2, 'o2', 'b2', 'f2'),
  ]
  return parseDocument(Object.fromEntries(records.map((record) => [record.id, record])))
}
