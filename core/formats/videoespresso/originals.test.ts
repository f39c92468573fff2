import { describe, expect, it } from 'vitest'
import { setVerdict } from '@/core/edits'
import type { Json, JsonObject } from '@/core/formats/json'
import { originalsOf } from './originals'
import { plainFields } from './plain-fields'
import { buildRow, RELEASED, readRow } from './row.fixture'

const row = (changes: JsonObject = {}): JsonObject => ({ question: 'Why?', ...changes })
const kept = (source: JsonObject) => originalsOf(readRow(source), buildRow(source).document)

describe('what the document writes as it came is not kept twice', () => {
  it.each(Object.entries(RELEASED))('in a row of %s', (_variant, source) => {
    expect(kept(source)).toEqual({})
  })
})

describe('what the document would write differently is kept', () => {
  it.each<[string, JsonObject, Readonly<Record<string, Json>>]>([
    ['a task in other words', { task: 'causal inference' }, { task: 'causal inference' }],
    ['labels of another kind', { options: ['A. x', 'B. y'] }, { options: ['A. x', 'B. y'] }],
    ['no labels', { options: ['x', 'y'] }, { options: ['x', 'y'] }],
    ['a letter without brackets', { options: ['(A): x', '(B): y'], correct_answer: 'b' }, { correctAnswer: 'b' }],
    ['an answer that names no option', { options: ['(A): x'], correct_answer: 'Z' }, { correctAnswer: 'Z' }],
    ['a caption that is no list', { keyframe_path: '1.jpg', caption: 'a' }, { frameCaptions: 'a' }],
    ['fields that are null', { answer: null, task: null, options: null }, { answer: null, task: null, options: null }],
    ['an empty list of options', { options: [] }, { options: [] }],
    ['id and split always', { id: 7, split: 'train', answer: '' }, { id: 7, split: 'train' }],
  ])('%s', (_name, changes, originals) => {
    expect(kept(row(changes))).toEqual(originals)
  })
})

describe('plainFields', () => {
  it('writes the benchmark row as the benchmark does', () => {
    expect(plainFields(buildRow(RELEASED.benchmark).document)).toEqual({
      question: 'Why does the man let go?',
      answer: 'Because the dog pulls him.',
      task: 'Causal Analysis',
      frameCaptions: ['A man holds a rope.', 'A dog runs.'],
      options: ['(A): The dog pulls.', '(B): It rains.', '(C): He is tired.'],
      correctAnswer: '(A)',
    })
  })

  it('writes nothing for what is not there', () => {
    expect(plainFields(buildRow(row({ keyframe_path: ['1.jpg'] })).document)).toEqual({ question: 'Why?', answer: '' })
  })

  it('keeps the place of a missing caption, and leaves out that of a rejected frame', () => {
    const { document } = buildRow(row({ keyframe_path: ['1.jpg', '2.jpg', '3.jpg'], caption: ['a', null, 'c'] }))
    expect(plainFields(document).frameCaptions).toEqual(['a', null, 'c'])
    expect(plainFields(setVerdict(document, 'f1', 'rejected', [{ code: 'F1', note: '' }])).frameCaptions).toEqual([null, 'c'])
  })

  it('writes a task that is none of ours in the words of its source', () => {
    expect(plainFields(buildRow(row({ task: 'Sports' })).document).task).toBe('Sports')
  })
})
