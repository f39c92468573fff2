import { describe, expect, it } from 'vitest'
import { boxFlags } from './box-flags'
import { altered, draftSample, extended, mention, rid, run } from './document.fixture'
import { addBox, removeBox } from './edits-boxes'
import { editStep, setStepFrames } from './edits-steps'
import type { Flag, FlagContext } from './flag'
import type { Rect, SampleDocument } from './records'

const context: FlagContext = { video: { width: 640, height: 360, frameCount: 1000 }, isMissingMedia: false, rowProblems: [] }
const draft = draftSample()
const RECT = { x: 100, y: 100, w: 60, h: 40 }

const flagsOf = (doc: SampleDocument, code: Flag['code'], from: FlagContext = context) =>
  boxFlags(doc, from).filter((flag) => flag.code === code)

describe('B1, an empty box', () => {
  it('blocks, names the object and says where', () => {
    expect(flagsOf(draft, 'B1')).toEqual([
      {
        code: 'B1',
        recordId: 'o3',
        message: '“dog” in step 2 came with an empty box list and has no box on the frames it cites.',
        blocking: true,
      },
    ])
  })

  it('is answered by a box on a cited frame', () => {
    const drawn = addBox(draft, { id: rid('b9'), objectId: 'o3', frameId: 'f3', rect: RECT })
    expect(boxFlags(drawn, context)).toEqual([])
  })

  it('is not answered by a box on another frame', () => {
    const drawn = addBox(draft, { id: rid('b9'), objectId: 'o3', frameId: 'f1', rect: RECT })
    expect(flagsOf(drawn, 'B1')).toHaveLength(1)
  })

  it('is answered by any box when the step cites no frame', () => {
    const open = setStepFrames(draft, 's2', [])
    expect(flagsOf(open, 'B1')[0]?.message).toContain('any core frame')
    expect(flagsOf(addBox(open, { id: rid('b9'), objectId: 'o3', frameId: 'f1', rect: RECT }), 'B1')).toEqual([])
  })

  it('is answered by turning the mention into plain text', () => {
    expect(flagsOf(editStep(draft, 's2', [run('Then the dog runs past.')]), 'B1')).toEqual([])
  })

  it('is said once an object, however often it is mentioned', () => {
    const twice = editStep(draft, 's2', [mention('o3', 'dog', [], true), run(' and '), mention('o3', 'it', [], true)])
    expect(flagsOf(twice, 'B1')).toHaveLength(1)
  })
})

describe('B2, a box the verifier doubts', () => {
  const agreeing = (values: Readonly<Record<string, number | null>>) =>
    Object.entries(values).reduce((doc, [id, agreement]) => altered(doc, id, { agreement }), draft)

  it('names a box below half of the best', () => {
    expect(flagsOf(agreeing({ b1: 0.9, b2: 0.44 }), 'B2')).toEqual([
      { code: 'B2', recordId: 'b2', message: expect.stringContaining('less than half as much'), blocking: false },
    ])
  })

  it('lets half of the best pass, and boxes nobody checked', () => {
    expect(flagsOf(agreeing({ b1: 0.9, b2: 0.45 }), 'B2')).toEqual([])
    expect(flagsOf(agreeing({ b1: 0.9, b2: null }), 'B2')).toEqual([])
    expect(flagsOf(draft, 'B2')).toEqual([])
  })

  it('does not ask for a scale of its own: low cosines are no doubt among low ones', () => {
    expect(flagsOf(agreeing({ b1: 0.27, b2: 0.22 }), 'B2')).toEqual([])
  })

  it('doubts a box that contradicts its phrase even when no box agrees', () => {
    expect(flagsOf(agreeing({ b1: 0, b2: -0.1 }), 'B2').map((flag) => flag.recordId)).toEqual(['b2'])
  })
})

describe('B5, a mention without a box', () => {
  const bare = editStep(draft, 's2', [mention('o3', 'dog')])

  it('does not block', () => {
    expect(flagsOf(bare, 'B5')).toEqual([
      { code: 'B5', recordId: 'o3', message: '“dog” in step 2 is mentioned but has no box on the frames it cites.', blocking: false },
    ])
    expect(flagsOf(bare, 'B1')).toEqual([])
  })

  it('gives way to B1 for the same object, in either order', () => {
    const before = editStep(bare, 's1', [mention('o3', 'dog', [], true)])
    const after = editStep(draft, 's1', [mention('o3', 'dog')])
    for (const doc of [before, after]) {
      expect(flagsOf(doc, 'B1')).toHaveLength(1)
      expect(flagsOf(doc, 'B5')).toEqual([])
    }
  })

  it('appears when the last box is removed', () => {
    expect(flagsOf(removeBox(draft, 'b2'), 'B5').map((flag) => flag.recordId)).toEqual(['o2'])
  })

  it('is not said of a mention whose object is gone', () => {
    const { o3, ...rest } = bare
    expect(o3).toBeDefined()
    expect(boxFlags(rest, context)).toEqual([])
  })
})

describe('B3, the shape of a box', () => {
  const shaped = (rect: Rect) => flagsOf(altered(draft, 'b1', { rect }), 'B3')

  it.each<[string, Rect]>([
    ['an ordinary box', { x: 10, y: 20, w: 100, h: 200 }],
    ['a box of nine tenths', { x: 0, y: 0, w: 640, h: 324 }],
    ['a box of hardly more than a thousandth', { x: 5, y: 5, w: 16, h: 14.5 }],
    ['a pole', { x: 100, y: 10, w: 17, h: 340 }],
    ['a box rounded over the edge', { x: -1.5, y: -2, w: 100, h: 100 }],
    ['a box that ends at the edge', { x: 540, y: 260, w: 100, h: 100 }],
  ])('is fine for %s', (_, rect) => {
    expect(shaped(rect)).toEqual([])
  })

  it.each<[string, Rect, string]>([
    ['most of the picture', { x: 0, y: 0, w: 640, h: 330 }, 'covers 92 % of the picture'],
    ['hardly anything', { x: 5, y: 5, w: 10, h: 10 }, 'covers less than a thousandth of the picture'],
    ['a sliver lying', { x: 10, y: 10, w: 600, h: 20 }, 'is more than 20 times as long as wide'],
    ['a sliver standing', { x: 10, y: 10, w: 10, h: 300 }, 'is more than 20 times as long as wide'],
    ['over the left edge', { x: -30, y: 10, w: 100, h: 100 }, 'reaches 30 px outside the picture'],
    ['over the top edge', { x: 10, y: -3.2, w: 100, h: 100 }, 'reaches 4 px outside the picture'],
    ['over the right edge', { x: 600, y: 10, w: 100, h: 100 }, 'reaches 60 px outside the picture'],
    ['over the bottom edge', { x: 10, y: 300, w: 100, h: 100 }, 'reaches 40 px outside the picture'],
  ])('warns of %s', (_, rect, words) => {
    expect(shaped(rect)).toEqual([{ code: 'B3', recordId: 'b1', message: `The box of “man” ${words}.`, blocking: false }])
  })

  it.each<[string, Rect]>([
    ['outside to the right', { x: 700, y: 10, w: 100, h: 100 }],
    ['outside above', { x: 10, y: -200, w: 100, h: 100 }],
    ['without width', { x: 10, y: 10, w: 0, h: 100 }],
    ['without height', { x: 10, y: 10, w: 100, h: 0 }],
  ])('blocks a box %s, since nothing of it can be seen', (_, rect) => {
    expect(shaped(rect)).toEqual([
      { code: 'B3', recordId: 'b1', message: 'The box of “man” has no part inside the picture.', blocking: true },
    ])
  })

  it('is not judged while the size of the picture is unknown', () => {
    const doc = altered(draft, 'b1', { rect: { x: -900, y: 0, w: 1, h: 1 } })
    expect(flagsOf(doc, 'B3', { ...context, video: null })).toEqual([])
  })
})

describe('B4, duplicate boxes', () => {
  const again = (change: Readonly<Record<string, unknown>>, doc: SampleDocument = draft) =>
    extended(doc, { ...draft.b1, id: 'b9', ...change })

  it('warns of two boxes of one object on one place, naming the later', () => {
    expect(flagsOf(again({ rect: { x: 11, y: 21, w: 100, h: 200 } }), 'B4')).toEqual([
      {
        code: 'B4',
        recordId: 'b9',
        message: 'The box of “man” covers the same place as another box of the same thing on this frame.',
        blocking: false,
      },
    ])
  })

  it('warns of two objects with one phrase', () => {
    const renamed = altered(draft, 'o3', { phrase: 'The man!' })
    const same = altered(draft, 'o3', { phrase: ' MAN ' })
    expect(flagsOf(again({ objectId: 'o3' }, same), 'B4')).toHaveLength(1)
    expect(flagsOf(again({ objectId: 'o3' }, renamed), 'B4')).toEqual([])
  })

  it('compares objects whose phrase has no word by their id', () => {
    const marks = altered(altered(draft, 'o1', { phrase: '?' }), 'o3', { phrase: '!' })
    expect(flagsOf(again({ objectId: 'o3' }, marks), 'B4')).toEqual([])
    expect(flagsOf(again({}, marks), 'B4')).toHaveLength(1)
  })

  it.each([
    ['another frame', { frameId: 'f2' }],
    ['another object', { objectId: 'o2' }],
    ['another place', { rect: { x: 40, y: 20, w: 100, h: 200 } }],
  ])('does not warn of %s', (_, change) => {
    expect(flagsOf(again(change), 'B4')).toEqual([])
  })

  it('counts every box after the first', () => {
    const three = extended(draft, { ...draft.b1, id: 'b8' }, { ...draft.b1, id: 'b9' })
    expect(flagsOf(three, 'B4').map((flag) => flag.recordId)).toEqual(['b8', 'b9'])
  })
})
