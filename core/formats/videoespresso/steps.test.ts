import { describe, expect, it } from 'vitest'
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
