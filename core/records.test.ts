/** What the schemas of stored and received values let in and keep out. */
import { describe, expect, it } from 'vitest'
import { draftSample } from './document.fixture'
import { AppError, ERROR_CODES, exitCodeOf, isErrorBody, toAppError } from './errors'
import { frameIndexSchema, mutationIdSchema, projectIdSchema, recordIdSchema, sha256Schema } from './ids'
import { provenanceMapSchema, provenanceSchema } from './provenance'
import { DEFECT_CODES, documentSchema, reasonSchema, recordSchema, tokenSchema } from './records'
import { sampleSourceSchema } from './sample-source'

const draft = draftSample()

describe('documentSchema', () => {
  it('takes the sample through JSON', () => {
    expect(documentSchema.parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft)
  })

  it('does not let __proto__ through', () => {
    const hostile: unknown = JSON.parse(
      '{"__proto__": {"id": "x", "type": "object", "verdict": "unseen", "reasons": [], "order": 1, "phrase": "x"}}',
    )
    const parsed = documentSchema.safeParse(hostile)
    expect(parsed.success ? Object.keys(parsed.data) : []).toEqual([])
  })

  it('keeps markup as plain text', () => {
    const text = '<img src=x onerror=alert(1)>'
    expect(recordSchema.parse({ ...draft.question, text })).toMatchObject({ text })
  })
})

describe('recordSchema', () => {
  it.each([
    ['an unknown verdict', { ...draft.b1, verdict: 'perfect' }],
    ['an unknown defect code', { ...draft.b1, reasons: [{ code: 'Z9', note: '' }] }],
    ['too many reasons', { ...draft.b1, reasons: Array.from({ length: 17 }, () => ({ code: 'B1', note: '' })) }],
    ['a confidence above one', { ...draft.f1, match: { method: 'stem', confidence: 1.1 } }],
    ['a selector without a name', { ...draft.f1, match: { method: 'selector', confidence: 1 } }],
    ['a selector of an empty name', { ...draft.f1, match: { method: 'selector', confidence: 1, by: '' } }],
    ['a person with the name of a selector', { ...draft.f1, match: { method: 'person', confidence: 1, by: 'selector' } }],
    ['an unknown way of matching', { ...draft.f1, match: { method: 'guess', confidence: 1 } }],
    ['a missing key, since absent is null', { ...draft.f1, caption: undefined }],
    ['27 options', { ...draft.answer, options: Array.from({ length: 27 }, () => 'x') }],
    ['sufficiency that was edited', { ...draft.answer, sufficiency: 'edited' }],
    ['a span of seconds', { ...draft.s1, span: { startPts: 0.5, endPts: 1 } }],
    ['65 cited frames', { ...draft.s1, frameIds: Array.from({ length: 65 }, (_, n) => `f${n}`) }],
  ])('refuses %s', (_, record) => {
    expect(recordSchema.safeParse(record).success).toBe(false)
  })
})

describe('tokenSchema', () => {
  it('takes runs and mentions only', () => {
    expect(tokenSchema.safeParse({ kind: 'text', text: 'a' }).success).toBe(true)
    expect(tokenSchema.safeParse({ kind: 'text', text: 'a', objectId: 'o1' }).success).toBe(false)
    expect(tokenSchema.safeParse({ kind: 'mention', objectId: 'o1', text: 'a', boxIds: [], emptyBox: false }).success).toBe(true)
    expect(tokenSchema.safeParse({ kind: 'mention', objectId: '1', text: 'a', boxIds: [], emptyBox: false }).success).toBe(false)
    expect(tokenSchema.safeParse({ kind: 'html', text: 'a' }).success).toBe(false)
  })
})

describe('reasonSchema', () => {
  it.each(DEFECT_CODES)('knows %s', (code) => {
    expect(reasonSchema.parse({ code, note: 'why' })).toEqual({ code, note: 'why' })
  })

  it('limits the note', () => {
    expect(reasonSchema.safeParse({ code: 'B1', note: 'x'.repeat(2001) }).success).toBe(false)
  })
})

describe('ids', () => {
  it.each(['f1', 'b_9xk', 'question', 'A-1', 'x'.repeat(64)])('takes the record id %s', (id) => {
    expect(recordIdSchema.safeParse(id).success).toBe(true)
  })

  it.each(['', '1f', '_x', '__proto__', 'a b', 'a/b', '../x', 'ä', 'x'.repeat(65), 'a\n'])('refuses the record id %j', (id) => {
    expect(recordIdSchema.safeParse(id).success).toBe(false)
  })

  it('take UUIDs for what the database names', () => {
    expect(projectIdSchema.safeParse('018f7f6e-7f7a-7c1e-9d5b-0123456789ab').success).toBe(true)
    expect(projectIdSchema.safeParse('1 OR 1=1').success).toBe(false)
    expect(mutationIdSchema.safeParse('').success).toBe(false)
  })

  it('take lower-case sha256', () => {
    expect(sha256Schema.safeParse('0f'.repeat(32)).success).toBe(true)
    expect(sha256Schema.safeParse('0F'.repeat(32)).success).toBe(false)
    expect(sha256Schema.safeParse('../../etc/passwd').success).toBe(false)
  })

  it('take whole frame indices from 0', () => {
    expect([0, 7].every((index) => frameIndexSchema.safeParse(index).success)).toBe(true)
    expect([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '3', 2 ** 53].some((index) => frameIndexSchema.safeParse(index).success)).toBe(
      false,
    )
  })
})

describe('provenanceSchema', () => {
  const model = {
    kind: 'model',
    provider: 'openai',
    model: 'gpt-4o',
    version: '2024-08-06',
    promptHash: 'ab'.repeat(32),
    parameters: { temperature: 0, stop: ['\n'], nested: { a: null } },
    costMicroUsd: 1250,
    note: null,
    at: '2026-11-22T21:00:00Z',
  }

  it('takes what a model wrote, and an import that knows nothing', () => {
    expect(provenanceSchema.parse(model)).toEqual(model)
    const unknown = {
      ...model,
      kind: 'import',
      provider: null,
      model: null,
      version: null,
      promptHash: null,
      parameters: {},
      costMicroUsd: null,
      at: null,
    }
    expect(provenanceMapSchema.parse({ question: unknown })).toEqual({ question: unknown })
  })

  it.each([
    ['an unknown kind', { kind: 'magic' }],
    ['a negative cost', { costMicroUsd: -1 }],
    ['a fraction of a micro-dollar', { costMicroUsd: 0.5 }],
    ['a time in words', { at: 'yesterday' }],
    ['a field too many', { apiKey: 'secret' }],
  ])('refuses %s', (_, change) => {
    expect(provenanceSchema.safeParse({ ...model, ...change }).success).toBe(false)
  })
})

describe('sampleSourceSchema', () => {
  const source = {
    format: 'videoespresso',
    variant: 'bench',
    fileSha256: 'ab'.repeat(32),
    row: 12,
    fieldNames: { coreFramePaths: 'core_frames_paths' },
    extra: { difficulty: 'hard', nested: [1, { a: null }] },
    boxConvention: { name: 'cxcywh-1000', how: 'detected' },
    rawEvidence: 'The <obj_start>man<obj_end><box_start>[]<box_end>',
    originals: {},
    videoPath: 'all_video/XD-Violence/x.mp4',
  }

  it('keeps unknown fields as they came', () => {
    expect(sampleSourceSchema.parse(source)).toEqual(source)
  })

  it.each([
    ['a way of knowing that is none', { boxConvention: { name: 'xyxy', how: 'guessed' } }],
    ['a negative row', { row: -1 }],
    ['an unknown field beside extra', { difficulty: 'hard' }],
    ['no format', { format: '' }],
  ])('refuses %s', (_, change) => {
    expect(sampleSourceSchema.safeParse({ ...source, ...change }).success).toBe(false)
  })
})

describe('AppError', () => {
  it('has the status of its code and crosses borders as a body', () => {
    const error = new AppError('frame_out_of_range', 'There is no frame 9.', { count: 3 })
    expect(error.status).toBe(422)
    expect(error).toBeInstanceOf(Error)
    expect(isErrorBody(JSON.parse(JSON.stringify(error.toBody())))).toBe(true)
  })

  it.each([
    null,
    'x',
    {},
    { code: 'nonsense', message: 'x' },
    { code: 'constructor', message: 'x' },
    { code: 'internal' },
    { code: 3, message: 'x' },
  ])('does not take %j for a body', (value) => {
    expect(isErrorBody(value)).toBe(false)
  })

  it('wraps what is none, with the cause kept and the message to itself', () => {
    const cause = new Error('password is hunter2')
    const wrapped = toAppError(cause)
    expect(wrapped.code).toBe('internal')
    expect(wrapped.message).not.toContain('hunter2')
    expect(wrapped.cause).toBe(cause)
    const own = new AppError('not_found', 'No.')
    expect(toAppError(own)).toBe(own)
  })

  it('ends a command with 2 for input the caller can correct, with 1 otherwise', () => {
    expect(exitCodeOf('bad_row')).toBe(2)
    expect(exitCodeOf('frame_out_of_range')).toBe(2)
    expect(exitCodeOf('internal')).toBe(1)
    expect(exitCodeOf('unavailable')).toBe(1)
  })

  it('has a client or server status for every code', () => {
    for (const [code, status] of Object.entries(ERROR_CODES)) expect(status >= 400 && status < 600, code).toBe(true)
  })
})
