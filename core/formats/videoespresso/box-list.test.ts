import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readBoxList } from './box-list'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
const four = fc.tuple(finite, finite, finite, finite)
const text = (values: readonly number[]) => `[${values.join(', ')}]`

describe('laws of box lists', () => {
  test('a box written as JSON is read to the last digit', () => {
    fc.assert(
      fc.property(four, (box) => {
        // JSON knows no minus zero.
        const plain = box.map((value) => value + 0)
        expect(readBoxList(JSON.stringify(plain))).toEqual({ boxes: [plain], groups: null, problem: null })
      }),
    )
  })

  test('a list of boxes keeps number and order, however it is bracketed', () => {
    fc.assert(
      fc.property(
        fc.array(
          four.map((box) => box.map((value) => value + 0)),
          { minLength: 2, maxLength: 8 },
        ),
        (boxes) => {
          const nested = readBoxList(JSON.stringify(boxes))
          expect(nested.boxes).toEqual(boxes)
          expect(nested.groups).toHaveLength(boxes.length)
          expect(readBoxList(boxes.map(text).join(' ; '))).toEqual(nested)
          expect(readBoxList(text(boxes.flat())).boxes).toEqual(boxes)
          expect(readBoxList(JSON.stringify(boxes).replaceAll('[', '(').replaceAll(']', ')'))).toEqual(nested)
        },
      ),
    )
  })

  test('lists by frame keep their frames', () => {
    fc.assert(
      fc.property(fc.array(fc.array(four, { maxLength: 3 }), { minLength: 1, maxLength: 5 }), (frames) => {
        const plain = frames.map((boxes) => boxes.map((box) => box.map((value) => value + 0)))
        const list = readBoxList(JSON.stringify(plain))
        expect(list.problem).toBeNull()
        expect(list.boxes).toEqual(plain.flat())
      }),
    )
  })

  test('whatever the text: it is read, or refused in a short sentence that can be stored', () => {
    const scrap = fc.constantFrom('[', ']', '(', ')', ',', ';', ' ', '1', '-2.5', '1e9', '.5', 'None', 'nan', 'x', '😀', '{', '\n')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(scrap, { maxLength: 80 }).map((parts) => parts.join('')),
        ),
        (anything) => {
          const list = readBoxList(anything)
          for (const box of list.boxes) {
            expect(box).toHaveLength(4)
            expect(box.every(Number.isFinite)).toBe(true)
          }
          if (list.groups !== null) expect(list.groups.flat()).toEqual(list.boxes)
          if (list.problem === null) return
          expect(list.boxes).toEqual([])
          expect(list.problem.length).toBeLessThan(140)
          if (!/\p{Surrogate}/u.test(anything)) expect(/\p{Surrogate}/u.test(list.problem)).toBe(false)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('signs of four numbers', () => {
  it.each<[string, readonly number[]]>([
    ['[+1, -2, +.5, -0.25]', [1, -2, 0.5, -0.25]],
    ['[1.,2.,3.,4.]', [1, 2, 3, 4]],
    ['[1E2, 2e-1, 3, 4]', [100, 0.2, 3, 4]],
    ['\t[1\n2\n3\n4]\n', [1, 2, 3, 4]],
    ['[[[1,2,3,4]]]', [1, 2, 3, 4]],
    ['[1,2,3,4,]', [1, 2, 3, 4]],
  ])('%j', (source, box) => {
    expect(readBoxList(source)).toMatchObject({ boxes: [box], problem: null })
  })

  it.each([
    ['three and a word for nothing', '[1,2,3,None]'],
    ['five', '[1,2,3,4,5]'],
    ['seven', '[1,2,3,4,5,6,7]'],
    ['a box among single numbers', '[[1,2,3,4],5]'],
    ['an object', '{"x":1,"y":2,"w":3,"h":4}'],
    ['words that only begin like numbers', '[1px,2px,3px,4px]'],
    ['crossed brackets left open', '[(1,2,3,4)'],
    ['a closing bracket first', '][1,2,3,4]'],
    ['a number beyond all numbers', '[1,2,3,1e400]'],
    ['full-width digits', '[１,２,３,４]'],
    ['fractions', '[1/2,1,1,1]'],
  ])('%s: refused', (_name, source) => {
    const list = readBoxList(source)
    expect(list).toMatchObject({ boxes: [], groups: null })
    expect(list.problem).toContain('four numbers a box')
  })

  it('many brackets end in a refusal, not in a deep stack', () => {
    expect(readBoxList('['.repeat(200_000)).problem).not.toBeNull()
    expect(readBoxList(`${'['.repeat(50_000)}1,2,3,4${']'.repeat(50_000)}`).problem).not.toBeNull()
    expect(readBoxList(`${'[]'.repeat(20_000)}`).boxes).toEqual([])
  })

  it('a long refused text is quoted in part', () => {
    expect(readBoxList('x'.repeat(10_000)).problem).toBe(`“${'x'.repeat(60)}…” is no list of boxes; four numbers a box are expected.`)
  })
})
