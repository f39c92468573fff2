import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { CREMA_KEY, FIELD_ALIASES, FIELD_NAMES, nameFields } from './fields'

const allAliases = FIELD_NAMES.flatMap((field) => FIELD_ALIASES[field].map((alias): string => alias))

describe('the table of names', () => {
  it('gives no name two meanings', () => {
    expect(new Set(allAliases).size).toBe(allAliases.length)
    expect(allAliases).not.toContain(CREMA_KEY)
  })

  it('lists every field once', () => {
    expect([...FIELD_NAMES].sort()).toEqual(Object.keys(FIELD_ALIASES).sort())
  })
})

describe('nameFields', () => {
  it('knows the rows of the released files', () => {
    const benchmark = nameFields({
      core_frames_paths: ['a/480.jpg'],
      core_frames_captions: ['A man.'],
      question: 'Why?',
      answer: 'So.',
      evidence: 'It is.',
      task: 'Causal Analysis',
      correct_answer: '(A)',
      video_path: 'a.mp4',
      options: ['(A): x'],
    })
    expect(Object.keys(benchmark.values).sort()).toEqual(
      ['answer', 'correctAnswer', 'evidence', 'frameCaptions', 'framePaths', 'options', 'question', 'task', 'videoPath'].sort(),
    )
    expect(benchmark.extra).toEqual({})
    const train = nameFields({
      video_path: 'a.mp4',
      keyframe_path: ['480.jpg'],
      caption: ['A man.'],
      question: 'Why?',
      key_items: [['man']],
    })
    expect(train.spelling).toMatchObject({ framePaths: 'keyframe_path', frameCaptions: 'caption', videoPath: 'video_path' })
    expect(train.extra).toEqual({ key_items: [['man']] })
  })

  it('takes the first spelling and keeps the other as it came', () => {
    const fields = nameFields({ video: 'b.mp4', video_path: 'a.mp4', caption: 'c', core_frames_captions: ['d'] })
    expect(fields.values).toMatchObject({ videoPath: 'a.mp4', frameCaptions: ['d'] })
    expect(fields.extra).toEqual({ video: 'b.mp4', caption: 'c' })
  })

  it('takes `path` for frames only where it is a list and nothing else names them', () => {
    expect(nameFields({ path: ['1.jpg'] })).toMatchObject({
      values: { framePaths: ['1.jpg'] },
      spelling: { framePaths: 'path' },
      extra: {},
    })
    expect(nameFields({ path: 'a.mp4' })).toMatchObject({ values: {}, extra: { path: 'a.mp4' } })
    expect(nameFields({ path: ['1.jpg'], keyframe_path: ['2.jpg'] })).toMatchObject({
      values: { framePaths: ['2.jpg'] },
      extra: { path: ['1.jpg'] },
    })
  })

  it('minds the case of a name', () => {
    expect(nameFields({ Question: 'Why?' })).toMatchObject({ values: {}, extra: { Question: 'Why?' } })
  })

  it('puts our own key aside, whatever it holds', () => {
    expect(nameFields({ crema: null }).crema).toBeNull()
    expect(nameFields({}).crema).toBeUndefined()
    expect(nameFields({ crema: { schema: 'x' }, more: 1 })).toMatchObject({ crema: { schema: 'x' }, extra: { more: 1 } })
  })

  it('is not led astray by names that every object has', () => {
    const hostile = JSON.parse('{"__proto__":{"question":"stolen"},"constructor":1,"hasOwnProperty":2,"question":"Why?"}')
    const fields = nameFields(hostile)
    expect(fields.values).toEqual({ question: 'Why?' })
    expect(fields.extra.constructor).toBe(1)
    expect(Object.getPrototypeOf(fields.extra)).toBe(Object.prototype)
    expect(Reflect.get(fields.extra, 'question')).toBeUndefined()
    expect(Reflect.get({}, 'question')).toBeUndefined()
  })

  test('every field of a row arrives in exactly one place, with its value', () => {
    const key = fc.oneof(fc.constantFrom(...allAliases), fc.constantFrom('path', CREMA_KEY, 'key_items'), fc.string({ maxLength: 6 }))
    fc.assert(
      fc.property(
        fc.dictionary(
          key.filter((name) => name !== '__proto__'),
          fc.jsonValue({ maxDepth: 1 }),
        ),
        (source) => {
          const row = JSON.parse(JSON.stringify(source))
          const { values, spelling, extra, crema } = nameFields(row)
          const back: Record<string, unknown> = { ...extra }
          for (const field of FIELD_NAMES) {
            const name = spelling[field]
            if (name !== undefined) back[name] = values[field]
          }
          if (crema !== undefined) back[CREMA_KEY] = crema
          expect(back).toEqual(row)
          expect(Object.keys(values).sort()).toEqual(Object.keys(spelling).sort())
        },
      ),
      { numRuns: 300 },
    )
  })
})
