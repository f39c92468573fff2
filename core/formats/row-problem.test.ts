import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { parseDocument } from '@/core/document'
import { draftSample } from '@/core/document.fixture'
import { AppError } from '@/core/errors'
import { fieldPath, problemsOf, problemsOfError } from './row-problem'

const schema = z.object({
  question: z.string().max(10).optional(),
  options: z.array(z.string()).max(3).optional(),
  video: z
    .object({ width: z.int().min(1), height: z.int().max(9000) })
    .partial()
    .optional(),
  id: z.string().min(1).optional(),
  split: z.enum(['train', 'test']).optional(),
  frames: z.union([z.string(), z.array(z.string())]).optional(),
  strict: z.strictObject({}).optional(),
  flag: z.boolean().optional(),
  extra: z.record(z.string(), z.json()).optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]+$/)
    .optional(),
})

function problems(row: unknown, spelling: Readonly<Record<string, string>> = {}) {
  const parsed = schema.safeParse(row)
  if (parsed.success) throw new Error('The row was expected to be refused.')
  return problemsOf(parsed.error, row, spelling)
}

describe('fieldPath', () => {
  it.each<[readonly PropertyKey[], string]>([
    [[], ''],
    [['question'], 'question'],
    [['options', 2], 'options[2]'],
    [['document', 'f1', 'match', 'method'], 'document.f1.match.method'],
    [[0, 'text'], '[0].text'],
    [['a', 0, 1, 'b'], 'a[0][1].b'],
    [['constructor'], 'constructor'],
  ])('%j is %s', (path, text) => {
    expect(fieldPath(path)).toBe(text)
  })

  it('uses the name of the file for our field, at the top only', () => {
    const spelling = { framePaths: 'keyframe_path' }
    expect(fieldPath(['framePaths', 0], spelling)).toBe('keyframe_path[0]')
    expect(fieldPath(['crema', 'framePaths'], spelling)).toBe('crema.framePaths')
  })
})

describe('what is wrong is said in words, with what was found and what to give', () => {
  it.each<[unknown, string, string]>([
    [{ question: 5 }, 'question', 'Found 5; give text.'],
    [{ question: null }, 'question', 'Found null; give text.'],
    [{ question: ['a', 'b'] }, 'question', 'Found a list of 2; give text.'],
    [{ options: 'A' }, 'options', 'Found "A"; give a list.'],
    [{ options: ['a', {}] }, 'options[1]', 'Found an object with 0 keys; give text.'],
    [{ video: [] }, 'video', 'Found a list of 0; give an object.'],
    [{ video: { width: 1.5 } }, 'video.width', 'Found 1.5; give a whole number.'],
    [{ video: { width: 0 } }, 'video.width', 'Found 0; give at least 1.'],
    [{ video: { height: 9001 } }, 'video.height', 'Found 9001; give at most 9000.'],
    [{ id: '' }, 'id', 'Found ""; it must not be empty.'],
    [{ split: 'dev' }, 'split', 'Found "dev"; give one of train, test.'],
    [{ strict: { odd: 1 } }, 'strict', 'The unknown key "odd" does not belong here; remove it.'],
    [{ flag: 'yes' }, 'flag', 'Found "yes"; give true or false.'],
    [{ extra: 7 }, 'extra', 'Found 7; give an object.'],
  ])('%j', (row, field, message) => {
    expect(problems(row)).toEqual([{ field, code: field === 'video.height' ? 'limit_exceeded' : 'bad_row', message }])
  })

  it.each<[unknown, string]>([
    [{ question: 'x'.repeat(11) }, 'Found 11 characters; at most 10 are allowed. Shorten or split it.'],
    [{ options: ['a', 'b', 'c', 'd'] }, 'Found 4 entries; at most 3 are allowed. Shorten or split it.'],
  ])('a limit is told by size, not by content', (row, message) => {
    expect(problems(row)).toMatchObject([{ code: 'limit_exceeded', message }])
  })

  it('points at the documents where a field has several forms', () => {
    expect(problems({ frames: 5 })).toMatchObject([{ field: 'frames', message: expect.stringContaining('docs/formats.md') }])
  })

  it('says what a missing field should be', () => {
    const parsed = z.object({ question: z.string(), options: z.array(z.string()) }).safeParse({})
    expect(problemsOf(parsed.error ?? new z.ZodError([]), {}).map((problem) => problem.message)).toEqual([
      'The field is missing; give text.',
      'The field is missing; give a list.',
    ])
  })

  it('does not drown a person: a few problems stand for all', () => {
    const row = { options: Array.from({ length: 50 }, () => 5) }
    expect(problems(row).length).toBeLessThanOrEqual(8)
  })

  test('every sentence is short, one line, and can be stored', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('question', 'options', 'split', 'sha256', 'id'), fc.jsonValue({ maxDepth: 2 })), (row) => {
        const parsed = schema.safeParse(row)
        for (const { message } of parsed.success ? [] : problemsOf(parsed.error, row)) {
          expect(message.length).toBeLessThan(300)
          expect(message).not.toContain('\n')
        }
      }),
    )
    const halved = problems({ split: `${'x'.repeat(58)}😀😀` })[0]?.message ?? ''
    expect(halved).toMatch(/…/)
    expect(/\p{Surrogate}/u.test(halved)).toBe(false)
  })
})

describe('problems of a document', () => {
  const thrownBy = (json: unknown): unknown => {
    try {
      parseDocument(json)
    } catch (thrown) {
      return thrown
    }
    throw new Error('The document was expected to be refused.')
  }
  const json: Record<string, unknown> = JSON.parse(JSON.stringify(draftSample()))

  it('are filed below the field that holds it', () => {
    const { o3: _dog, ...rest } = json
    expect(problemsOfError(thrownBy(rest), 'document')).toMatchObject([
      { field: 'document.s2', code: 'bad_row', message: expect.stringContaining('missing object “o3”') },
    ])
    expect(problemsOfError(thrownBy({ ...json, task: { ...draftSample().task, task: 5 } }), 'draft')[0]?.field).toBe('draft.task.task')
  })

  it('of the whole stand at the field itself', () => {
    const { question: _question, ...rest } = json
    expect(problemsOfError(thrownBy(rest), 'document').map((problem) => problem.field)).toEqual(['document'])
    expect(problemsOfError(new AppError('bad_row', 'No reason given.'), 'document')).toEqual([
      { field: 'document', code: 'bad_row', message: 'No reason given.' },
    ])
  })

  it('are a few at most', () => {
    const records = Array.from({ length: 40 }, (_, n) => [`b${n + 10}`, { ...draftSample().b1, id: `b${n + 10}`, frameId: 'f9' }])
    expect(problemsOfError(thrownBy({ ...json, ...Object.fromEntries(records) }), 'document')).toHaveLength(8)
  })

  it('do not hide a defect of ours', () => {
    const defect = new TypeError('x is not a function')
    expect(() => problemsOfError(defect, 'document')).toThrow(defect)
  })
})
