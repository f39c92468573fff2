import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readBoxList } from './box-list'
import { splitSteps } from './steps'
import { readTaggedText, writeMention } from './tagged-text'

const tag = fc.constantFrom(
  '<obj_start>',
  '<obj_end>',
  '<box_start>',
  '<box_end>',
  '[1,2,3,4]',
  '[]',
  'None',
  '. ',
  '\n',
  '! A',
  'man',
  ' ',
  '[[1,2,3,4],[]]',
  '。',
)
const tangled = fc.array(fc.oneof(tag, fc.string({ maxLength: 8 })), { maxLength: 24 }).map((parts) => parts.join(''))

test('whatever the text, nothing is thrown and no character is lost', () => {
  fc.assert(
    fc.property(tangled, (text) => {
      const { segments } = readTaggedText(text)
      expect(segments.map((segment) => segment.raw).join('')).toBe(text)
      const steps = splitSteps(segments)
      if (text.trim() !== '') {
        expect(
          steps
            .flat()
            .map((segment) => segment.raw)
            .join(''),
        ).toBe(text)
      }
    }),
    { numRuns: 2000 },
  )
})

const number = fc.integer({ min: -2000, max: 2000 })
const four = fc.tuple(number, number, number, number)
const name = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== '' && !text.includes('<'))

test('a written mention is read as the same boxes on the same frames', () => {
  fc.assert(
    fc.property(name, fc.array(fc.array(four, { maxLength: 3 }), { minLength: 1, maxLength: 4 }), (phrase, byFrame) => {
      const { segments, problems } = readTaggedText(writeMention(phrase, byFrame, true))
      expect(problems).toEqual([])
      const [mention] = segments
      expect(mention).toMatchObject({ kind: 'mention', name: phrase, hasBoxTag: true })
      if (mention?.kind !== 'mention') return
      expect(mention.list.boxes).toEqual(byFrame.flat())
      const framesUsed = byFrame.filter((boxes) => boxes.length > 0).length
      if (framesUsed > 1) expect(mention.list.groups).toEqual(byFrame)
    }),
  )
})

describe('a list of boxes', () => {
  it.each<[string, readonly (readonly number[])[], number | null]>([
    ['[1,2,3,4]', [[1, 2, 3, 4]], null],
    [' [ 1.5 , -2, 3e1, .5 ] ', [[1.5, -2, 30, 0.5]], null],
    ['1, 2, 3, 4', [[1, 2, 3, 4]], null],
    ['(1, 2, 3, 4)', [[1, 2, 3, 4]], null],
    [
      '[1,2,3,4,5,6,7,8]',
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
      null,
    ],
    [
      '[1,2,3,4],[5,6,7,8]',
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
      2,
    ],
    [
      '[1,2,3,4];[5,6,7,8]',
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
      2,
    ],
    [
      '[[1,2,3,4],[5,6,7,8]]',
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
      2,
    ],
    [
      '[[1,2,3,4],[],[5,6,7,8]]',
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
      3,
    ],
    ['[[1,2,3,4],None]', [[1, 2, 3, 4]], 2],
    [
      '[[[1,2,3,4],[5,6,7,8]],[]]',
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
      2,
    ],
    ['[]', [], null],
    ['', [], null],
    ['None', [], null],
    ['[null]', [], null],
  ])('%s', (text, boxes, groupCount) => {
    expect(readBoxList(text)).toMatchObject({ boxes, problem: null })
    expect(readBoxList(text).groups?.length ?? null).toBe(groupCount)
  })

  it.each(['[1,2,3]', '[1,2,3,4', '1,2,3,4]', '[a,b,c,d]', '[1e999,1,1,1]', '[[[[[1,2,3,4]]]]]', '[1,[2,3,4,5]]'])(
    'refuses %s and says why',
    (text) => {
      const list = readBoxList(text)
      expect(list.boxes).toEqual([])
      expect(list.problem).toContain('no list of boxes')
    },
  )
})

describe('tags', () => {
  it('without a partner stay in the text and are named', () => {
    const { segments, problems } = readTaggedText('a <obj_start>man b <obj_start>dog<obj_end><box_start>[1,2,3,4]<box_end> <box_end>')
    expect(segments.map((segment) => segment.kind)).toEqual(['text', 'mention', 'text'])
    expect(problems.map((problem) => problem.at)).toEqual([2, expect.any(Number)])
  })

  it('may be missing their box, or have several', () => {
    const [first, , second] = readTaggedText(
      '<obj_start>a<obj_end> <obj_start>b<obj_end><box_start>[1,2,3,4]<box_end><box_start>[5,6,7,8]<box_end>',
    ).segments
    expect(first).toMatchObject({ kind: 'mention', hasBoxTag: false })
    expect(second).toMatchObject({
      kind: 'mention',
      hasBoxTag: true,
      list: {
        boxes: [
          [1, 2, 3, 4],
          [5, 6, 7, 8],
        ],
      },
    })
  })

  it('around nothing are no mention', () => {
    const { segments, problems } = readTaggedText('<obj_start> <obj_end><box_start>[]<box_end>')
    expect(segments).toEqual([{ kind: 'text', raw: '<obj_start> <obj_end><box_start>[]<box_end>' }])
    expect(problems).toHaveLength(1)
  })
})
