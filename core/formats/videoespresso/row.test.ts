import { describe, expect, it } from 'vitest'
import type { JsonObject } from '@/core/formats/json'
import { RELEASED, readRow, refusedRow } from './row.fixture'

const row = (changes: JsonObject = {}): JsonObject => ({ question: 'Why?', ...changes })
const letters = (count: number) => Array.from({ length: count }, (_, n) => `option ${n}`)

describe('the released files', () => {
  it.each(Object.entries(RELEASED))('%s is known by its shape', (variant, source) => {
    expect(readRow(source)).toMatchObject({
      variant,
      hasCaptionMismatch: false,
      extra: variant === 'train-video' ? { key_items: [['car', 'lamp']] } : {},
    })
  })

  it.each<[string, JsonObject, string]>([
    ['options alone', { options: [] }, 'benchmark'],
    ['a right answer alone', { correct_answer: 'x' }, 'benchmark'],
    ['the spelling of the benchmark', { core_frames_paths: ['1.jpg'] }, 'benchmark'],
    ['a video', { video: 'a.mp4' }, 'train-video'],
    ['pictures only', { keyframe_path: ['1.jpg'] }, 'train-multi-image'],
    ['nothing', {}, 'train-multi-image'],
  ])('%s decides', (_name, changes, variant) => {
    expect(readRow(row(changes)).variant).toBe(variant)
  })
})

describe('frames and captions', () => {
  it.each<[string, JsonObject, readonly unknown[], boolean]>([
    [
      'are paired by position',
      { keyframe_path: ['1.jpg', '2.jpg'], caption: ['a', null] },
      [
        { path: '1.jpg', caption: 'a' },
        { path: '2.jpg', caption: null },
      ],
      false,
    ],
    ['may each be a single text', { keyframe_path: '1.jpg', caption: 'a' }, [{ path: '1.jpg', caption: 'a' }], false],
    [
      'that are more paths than captions are kept',
      { keyframe_path: ['1.jpg', '2.jpg'], caption: ['a'] },
      [
        { path: '1.jpg', caption: 'a' },
        { path: '2.jpg', caption: null },
      ],
      true,
    ],
    [
      'that are more captions than paths are kept',
      { keyframe_path: ['1.jpg'], caption: ['a', 'b'] },
      [
        { path: '1.jpg', caption: 'a' },
        { path: null, caption: 'b' },
      ],
      true,
    ],
    ['may lack the paths altogether', { caption: ['a'] }, [{ path: null, caption: 'a' }], false],
    [
      'may have empty places, which hold the others in step',
      { keyframe_path: ['', '2.jpg'] },
      [
        { path: null, caption: null },
        { path: '2.jpg', caption: null },
      ],
      false,
    ],
    ['may be none', { keyframe_path: [], caption: null }, [], false],
  ])('%s', (_name, changes, frames, hasCaptionMismatch) => {
    expect(readRow(row(changes))).toMatchObject({ frames, hasCaptionMismatch })
  })
})

describe('what may be missing', () => {
  it('is everything but the question', () => {
    expect(readRow(row())).toMatchObject({
      id: null,
      frames: [],
      answer: null,
      evidence: '',
      task: null,
      correctAnswer: null,
      videoPath: null,
      options: [],
      split: null,
      crema: undefined,
    })
  })

  it('may be null as well', () => {
    const names = ['id', 'keyframe_path', 'caption', 'answer', 'evidence', 'task', 'correct_answer', 'video_path', 'options', 'split']
    const nulls: JsonObject = Object.fromEntries(names.map((name) => [name, null]))
    expect(readRow(row(nulls))).toMatchObject({ id: null, frames: [], evidence: '', options: [] })
  })

  it('an id may be a number', () => {
    expect(readRow(row({ id: 42 })).id).toBe('42')
    expect(readRow(row({ id: 0 })).id).toBe('0')
  })
})

describe('a row is refused by the name its file uses', () => {
  it.each<[string, JsonObject, string, string]>([
    ['no question', {}, 'question', 'bad_row'],
    ['an empty question', { question: ' \n' }, 'question', 'bad_row'],
    ['a question that is a list', { question: ['Why?'] }, 'question', 'bad_row'],
    ['an id that is empty', row({ qid: '' }), 'qid', 'bad_row'],
    ['an id between two numbers', row({ id: 1.5 }), 'id', 'bad_row'],
    ['options as text', row({ options: 'A, B' }), 'options', 'bad_row'],
    ['an option that is a number', row({ options: ['a', 5] }), 'options[1]', 'bad_row'],
    ['more options than letters', row({ options: letters(27) }), 'options', 'limit_exceeded'],
    ['an answer too long', row({ answer: 'x'.repeat(20_001) }), 'answer', 'limit_exceeded'],
    ['evidence too long', row({ evidence: 'x'.repeat(200_001) }), 'evidence', 'limit_exceeded'],
    ['a task that is an object', row({ task: {} }), 'task', 'bad_row'],
    ['an empty video path', row({ video: '' }), 'video', 'bad_row'],
    ['a split that is a number', row({ split: 1 }), 'split', 'bad_row'],
    ['frames that are numbers', row({ key_frames: [1, 2] }), 'key_frames', 'bad_row'],
    ['frames that are an object', row({ keyframe_path: { a: 1 } }), 'keyframe_path', 'bad_row'],
  ])('%s', (_name, source, field, code) => {
    const [first, ...rest] = refusedRow(source)
    expect(rest).toEqual([])
    expect(first?.slice(0, 2)).toEqual([field, code])
    expect(first?.[2]).toMatch(/^(Found|The field is missing)/)
  })

  it('with all its faults at once', () => {
    expect(refusedRow({ question: 5, options: 5, caption: 5 }).map(([field]) => field)).toEqual(['caption', 'question', 'options'])
  })

  it('but takes 26 options, from A to Z', () => {
    expect(readRow(row({ options: letters(26) })).options).toHaveLength(26)
  })
})
