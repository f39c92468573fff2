import { describe, expect, it } from 'vitest'
import {
  answerOf,
  boxesByObject,
  boxesOfFrame,
  boxesOfObject,
  compareIds,
  documentProblems,
  objectNumber,
  parseDocument,
  questionOf,
  recordAt,
  recordsOf,
  requireRecord,
  stepText,
  taskOf,
  tokenText,
} from './document'
import { altered, draftSample, extended, mention, refusalOf, run } from './document.fixture'
import { AppError } from './errors'

const draft = draftSample()
const ids = (records: readonly { readonly id: string }[]) => records.map((record) => record.id)

describe('parseDocument', () => {
  it('takes a stored document', () => {
    expect(parseDocument(JSON.parse(JSON.stringify(draft)))).toEqual(draft)
  })

  it.each([
    ['nothing', null],
    ['a list', []],
    ['a text', 'document'],
    ['a record of no known type', { x: { id: 'x', type: 'robot' } }],
    ['a record with a missing field', { question: { id: 'question', type: 'question', verdict: 'unseen', reasons: [] } }],
    ['a record with a field too many', { ...draft, question: { ...draft.question, extra: 1 } }],
    ['a number that is none', { ...draft, b1: { ...draft.b1, rect: { x: Number.NaN, y: 0, w: 1, h: 1 } } }],
    ['an infinite number', { ...draft, b1: { ...draft.b1, rect: { x: Number.POSITIVE_INFINITY, y: 0, w: 1, h: 1 } } }],
    ['a fractional frame index', { ...draft, f1: { ...draft.f1, index: 1.5 } }],
    ['a negative frame index', { ...draft, f1: { ...draft.f1, index: -1 } }],
    ['an id with a slash', { ...draft, 'a/b': { ...draft.o1, id: 'a/b' } }],
    ['a text beyond the limit', { ...draft, question: { ...draft.question, text: 'x'.repeat(20_001) } }],
  ])('refuses %s', (_, json) => {
    expect(refusalOf(() => parseDocument(json)).code).toBe('invalid_input')
  })

  it('refuses records that do not fit together and says which', () => {
    try {
      parseDocument({ ...draft, b1: { ...draft.b1, frameId: 'f77' } })
      expect.unreachable()
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(AppError)
      expect(thrown).toMatchObject({
        code: 'invalid_input',
        details: { issues: [{ path: 'b1', message: 'The box lies on a missing frame “f77”.' }] },
      })
    }
  })

  it('names the path of a shape problem', () => {
    try {
      parseDocument({ ...draft, b1: { ...draft.b1, rect: { x: 'left', y: 0, w: 1, h: 1 } } })
      expect.unreachable()
    } catch (thrown) {
      expect(thrown).toMatchObject({ details: { issues: [{ path: 'b1.rect.x' }] } })
    }
  })
})

describe('recordAt and requireRecord', () => {
  it('find a record of the wanted type only', () => {
    expect(recordAt(draft, 'f1', 'coreFrame')).toBe(draft.f1)
    expect(recordAt(draft, 'f1', 'box')).toBeNull()
    expect(recordAt(draft, 'f77', 'coreFrame')).toBeNull()
  })

  it('do not find what every object inherits', () => {
    expect(recordAt(draft, 'constructor', 'object')).toBeNull()
    expect(recordAt(draft, 'toString', 'object')).toBeNull()
  })

  it('refuse in words', () => {
    expect(refusalOf(() => requireRecord(draft, 'f77', 'coreFrame'))).toEqual({
      code: 'not_found',
      message: 'This sample has no coreFrame “f77”.',
    })
  })
})

describe('recordsOf', () => {
  it('orders frames, objects and steps by order, not by key', () => {
    const turned = altered(altered(draft, 'f1', { order: 2.5 }), 's2', { order: 0 })
    expect(ids(recordsOf(turned, 'coreFrame'))).toEqual(['f2', 'f1', 'f3'])
    expect(ids(recordsOf(turned, 'step'))).toEqual(['s2', 's1'])
  })

  it('breaks ties by id, b2 before b10', () => {
    const tied = altered(altered(draft, 'f2', { order: 1 }), 'f3', { order: 1 })
    const more = extended(tied, { ...tied.f1, id: 'f10' })
    expect(ids(recordsOf(more, 'coreFrame'))).toEqual(['f1', 'f2', 'f3', 'f10'])
  })

  it('orders boxes by frame, then object', () => {
    expect(ids(recordsOf(draft, 'box'))).toEqual(['b1', 'b2', 'b3'])
    const turned = altered(draft, 'f1', { order: 9 })
    expect(ids(recordsOf(turned, 'box'))).toEqual(['b3', 'b1', 'b2'])
    const renumbered = altered(draft, 'o1', { order: 9 })
    expect(ids(recordsOf(renumbered, 'box'))).toEqual(['b2', 'b1', 'b3'])
  })

  it('does not depend on the order of keys', () => {
    const reversed = Object.fromEntries(Object.entries(draft).reverse())
    expect(recordsOf(reversed, 'box')).toEqual(recordsOf(draft, 'box'))
    expect(recordsOf(reversed, 'step')).toEqual(recordsOf(draft, 'step'))
  })

  it('is empty for a type the document lacks', () => {
    const { b1, b2, b3, ...rest } = draft
    expect([b1, b2, b3].every((box) => box !== undefined)).toBe(true)
    expect(recordsOf(rest, 'box')).toEqual([])
  })
})

describe('the single records', () => {
  it('are found by type', () => {
    expect(questionOf(draft)).toBe(draft.question)
    expect(answerOf(draft)).toBe(draft.answer)
    expect(taskOf(draft)).toBe(draft.task)
  })

  it('missing is a defect of ours, since the parser refuses such documents', () => {
    expect(refusalOf(() => questionOf({})).code).toBe('internal')
    expect(refusalOf(() => answerOf({})).code).toBe('internal')
    expect(refusalOf(() => taskOf({})).code).toBe('internal')
  })
})

describe('boxes', () => {
  it('of a frame, by object', () => {
    expect(ids(boxesOfFrame(draft, 'f1'))).toEqual(['b1', 'b2'])
    expect(ids(boxesOfFrame(draft, 'f3'))).toEqual([])
  })

  it('of an object, by frame', () => {
    expect(ids(boxesOfObject(draft, 'o1'))).toEqual(['b1', 'b3'])
    expect(ids(boxesOfObject(draft, 'o3'))).toEqual([])
  })

  it('of all objects in one pass', () => {
    const groups = boxesByObject(draft)
    expect([...groups.keys()]).toEqual(['o1', 'o2'])
    for (const object of recordsOf(draft, 'object')) expect(groups.get(object.id) ?? []).toEqual(boxesOfObject(draft, object.id))
  })
})

describe('objectNumber', () => {
  it('counts from one, in the order of the objects', () => {
    expect(['o1', 'o2', 'o3'].map((id) => objectNumber(draft, id))).toEqual([1, 2, 3])
    expect(objectNumber(altered(draft, 'o3', { order: 0 }), 'o1')).toBe(2)
  })

  it('is 0 for what is no object', () => {
    expect(objectNumber(draft, 'b1')).toBe(0)
  })
})

describe('texts', () => {
  it('of a step', () => {
    expect(stepText(requireRecord(draft, 's1', 'step'))).toBe('The man grips the rope.')
  })

  it('of no tokens', () => {
    expect(tokenText([])).toBe('')
    expect(tokenText([run('a'), mention('o1', 'b')])).toBe('ab')
  })
})

describe('compareIds', () => {
  it.each([
    ['b2', 'b10', -1],
    ['b10', 'b2', 1],
    ['b2', 'b2', 0],
    ['b2', 'b3', -1],
    ['b3', 'b2', 1],
  ])('%s against %s', (a, b, sign) => {
    expect(Math.sign(compareIds(a, b))).toBe(sign)
  })
})

describe('documentProblems', () => {
  const messages = (doc: Parameters<typeof documentProblems>[0]) => documentProblems(doc).map((problem) => problem.message)

  it('finds none in the sample', () => {
    expect(documentProblems(draft)).toEqual([])
  })

  it.each(['question', 'answer', 'task'])('wants exactly one %s', (id) => {
    const rest = Object.fromEntries(Object.entries(draft).filter(([key]) => key !== id))
    expect(messages(rest)).toEqual([`A sample has exactly one ${id}; this one has 0.`])
    expect(messages(extended(draft, { ...draft[id], id: 'again' }))).toEqual([`A sample has exactly one ${id}; this one has 2.`])
  })

  it('wants each record under its own id', () => {
    const { o2, ...rest } = draft
    expect(o2).toBeDefined()
    expect(messages({ ...rest, ...(o2 === undefined ? {} : { o22: o2 }) })).toContain(
      'The record is filed under “o22” but calls itself “o2”.',
    )
  })

  it('wants the right option to exist', () => {
    expect(messages(altered(draft, 'answer', { correctIndex: 4 }))).toEqual(['Option 5 is marked right, but there are 4 options.'])
    expect(messages(altered(draft, 'answer', { options: [], correctIndex: null }))).toEqual([])
  })

  it('wants index and pts together', () => {
    expect(messages(altered(draft, 'f1', { pts: null }))).toEqual(['Frame index and pts must be known together or not at all.'])
    expect(messages(altered(draft, 'f1', { index: null }))).toHaveLength(1)
    expect(messages(altered(draft, 'f1', { index: null, pts: null }))).toEqual([])
  })

  it.each([{ w: -1 }, { h: -0.5 }])('wants no negative side: %o', (side) => {
    const doc = altered(draft, 'b1', { rect: { x: 0, y: 0, w: 5, h: 5, ...side } })
    expect(messages(doc)).toEqual(['The rectangle has a negative or infinite side.'])
  })

  it('wants a box to lie on a frame and show an object, each of the right type', () => {
    expect(documentProblems(altered(draft, 'b2', { objectId: 'f1' }))).toContainEqual({
      recordId: 'b2',
      refId: 'f1',
      message: 'The box names a missing object “f1”.',
    })
    expect(documentProblems(altered(draft, 'b3', { frameId: 'o1' }))).toContainEqual({
      recordId: 'b3',
      refId: 'o1',
      message: 'The box lies on a missing frame “o1”.',
    })
  })

  it('wants spans to run forwards; a span of one frame is fine', () => {
    expect(messages(altered(draft, 's1', { span: { startPts: 2, endPts: 1 } }))).toEqual(['The time span ends before it starts.'])
    expect(messages(altered(draft, 's1', { span: { startPts: 2, endPts: 2 } }))).toEqual([])
  })

  it('wants citations of frames that exist, each once', () => {
    expect(messages(altered(draft, 's1', { frameIds: ['f1', 'f1'] }))).toEqual(['The step cites the same frame twice.'])
    expect(messages(altered(draft, 's1', { frameIds: ['f9'] }))).toEqual(['The step cites a missing frame “f9”.'])
    expect(messages(altered(draft, 's1', { frameIds: ['b1'] }))).toEqual(['The step cites a missing frame “b1”.'])
  })

  it('wants mentions of objects that exist', () => {
    const doc = altered(draft, 's1', { tokens: [mention('o9', 'cat')] })
    expect(documentProblems(doc)).toEqual([{ recordId: 's1', refId: 'o9', message: 'The step mentions a missing object “o9”.' }])
  })

  it('wants cited boxes to exist and to show the mentioned object', () => {
    expect(messages(altered(draft, 's1', { tokens: [mention('o1', 'man', ['b9'])] }))).toEqual([
      'The mention “man” cites a missing box “b9”.',
    ])
    expect(messages(altered(draft, 's1', { tokens: [mention('o1', 'man', ['b2'])] }))).toEqual([
      'The mention “man” cites box “b2” of another object.',
    ])
  })

  it('reports one problem for each broken reference', () => {
    const { o1, ...rest } = draft
    expect(o1).toBeDefined()
    const problems = documentProblems(rest)
    expect(problems.filter((problem) => problem.refId === 'o1').map((problem) => problem.recordId)).toEqual(['b1', 'b3', 's1', 's2'])
  })
})
