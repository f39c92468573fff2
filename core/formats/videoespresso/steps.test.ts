import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { joinSteps, splitSteps } from './steps'
import { readTaggedText } from './tagged-text'

const stepsOf = (text: string) => splitSteps(readTaggedText(text).segments).map((step) => step.map((segment) => segment.raw).join(''))

describe('evidence is split', () => {
  it.each([
    ['A man runs. He falls.', ['A man runs. ', 'He falls.']],
    ['A man runs.\n\nhe falls', ['A man runs.\n\n', 'he falls']],
    ['1. A man runs. 2. He falls.', ['1. A man runs. ', '2. He falls.']],
    ['Step 1. Run. Step 2. Fall.', ['Step 1. Run. ', 'Step 2. Fall.']],
    ['Mr. Bean, e.g. the man, runs at 3.5 m/s. Why? He must!', ['Mr. Bean, e.g. the man, runs at 3.5 m/s. ', 'Why? ', 'He must!']],
    ['He waits... and runs.', ['He waits... and runs.']],
    ['"Run!" she said. "Why?" He ran.', ['"Run!" she said. ', '"Why?" ', 'He ran.']],
    ['一人が走る。犬が追う。', ['一人が走る。', '犬が追う。']],
    ['  \n A man runs.', ['  \n A man runs.']],
    [
      'A. <obj_start>man<obj_end><box_start>[]<box_end> runs. <obj_start>dog<obj_end> too.',
      ['A. <obj_start>man<obj_end><box_start>[]<box_end> runs. ', '<obj_start>dog<obj_end> too.'],
    ],
    ['', []],
    [' \n ', []],
  ])('%j', (text, steps) => {
    expect(stepsOf(text)).toEqual(steps)
  })
})

describe('steps are joined', () => {
  it.each([
    [['A. ', 'B.'], 'A. B.'],
    [['A.', 'B.'], 'A. B.'],
    [['A.\n', 'B.'], 'A.\nB.'],
    [['一人が走る。', '犬が追う。'], '一人が走る。犬が追う。'],
    [['A <obj_end>', '<obj_start>b'], 'A <obj_end> <obj_start>b'],
  ])('%j', (texts, joined) => {
    expect(joinSteps(texts)).toBe(joined)
  })
})

describe('laws of steps', () => {
  const piece = fc.constantFrom(
    'A man runs',
    '. ',
    '! ',
    '."',
    '\n',
    'Mr',
    '. he',
    '1. ',
    '。',
    '<obj_start>dog<obj_end>',
    '...',
    ' ',
    '3.5',
    '? (No.) ',
    'e.g. ',
  )
  const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 16 }).map((parts) => parts.join(''))

  test('no step is blank, and together they are the text', () => {
    fc.assert(
      fc.property(text, (evidence) => {
        const steps = stepsOf(evidence)
        expect(steps.filter((step) => step.trim() === '')).toEqual([])
        expect(steps.join('')).toBe(evidence.trim() === '' ? '' : evidence)
      }),
      { numRuns: 500 },
    )
  })

  test('joining what was split gives the text back, byte for byte', () => {
    fc.assert(
      fc.property(text, (evidence) => {
        fc.pre(evidence.trim() !== '')
        expect(joinSteps(stepsOf(evidence))).toBe(evidence)
      }),
      { numRuns: 500 },
    )
  })

  test('sentences joined after an edit are found again, each on its own', () => {
    const sentence = fc.constantFrom('The man runs.', 'Why does he fall?', 'It rains!', 'The <obj_start>dog<obj_end> barks.')
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 6 }), (sentences) => {
        expect(stepsOf(joinSteps(sentences)).map((step) => step.trim())).toEqual(sentences)
      }),
    )
  })
})
