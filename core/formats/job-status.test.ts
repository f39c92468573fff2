import { describe, expect, it } from 'vitest'
import { exportListSchema, exportStatusSchema, importStatusSchema } from './job-status'

const shared = {
  id: '018f3a5e-7c1d-7b2a-9c3d-1e2f3a4b5c6d',
  format: 'videoespresso',
  state: 'running',
  rowsDone: 10,
  rowsTotal: null,
  createdAt: '2026-01-31T12:00:00.000Z',
  startedAt: '2026-01-31T12:00:01.000Z',
  finishedAt: null,
  errorMessage: null,
}
const problem = { file: 'a.json', row: 3, field: 'options[1]', code: 'bad_row', message: 'Found 5; give text.' }
const importReport = {
  total: 3,
  imported: 1,
  unchanged: 1,
  flagged: 2,
  perTask: { causal_inference: 1 },
  errors: [problem],
  errorCount: 1,
  warnings: [{ ...problem, row: null, field: null }],
  warningCount: 900,
  missingMedia: ['b.mp4'],
  conventions: { 'a.json': { name: 'cxcywh1000', how: 'detected' } },
  variants: { benchmark: 3 },
}
const running = { ...shared, isDryRun: true, files: [{ name: 'a.json', bytes: 5 }], report: null }
const done = { ...running, state: 'done', rowsTotal: 3, rowsDone: 3, finishedAt: shared.startedAt, report: importReport }

const exportReport = {
  samples: 2,
  files: [{ path: 'rows.jsonl', sha256: 'ab'.repeat(32), bytes: 10 }],
  fileCount: 1,
  perTask: {},
  warnings: [],
  archive: null,
}
const waiting = { ...shared, state: 'waiting', startedAt: null, rowsDone: 0, options: { state: 'approved', boxes: null }, report: null }
const exported = { ...waiting, state: 'done', report: exportReport }

describe('an import as the screen sees it', () => {
  it.each([
    ['running', running],
    ['done', done],
    ['failed', { ...running, state: 'failed', errorMessage: 'The file is no JSON.' }],
    ['cancelled before it began', { ...running, state: 'cancelled', startedAt: null }],
  ])('%s comes through JSON as it was', (_name, status) => {
    expect(importStatusSchema.parse(JSON.parse(JSON.stringify(status)))).toEqual(status)
  })

  it.each<[string, unknown]>([
    ['of a state nobody knows', { ...running, state: 'paused' }],
    ['of half a row', { ...running, rowsDone: 1.5 }],
    ['of a count nobody gave', { ...running, rowsTotal: undefined }],
    ['of a report without its errors', { ...done, report: { ...importReport, errors: undefined } }],
    ['of a problem without a sentence', { ...done, report: { ...importReport, errors: [{ ...problem, message: undefined }] } }],
    ['of a convention that was not found anyhow', { ...done, report: { ...importReport, conventions: { 'a.json': 'cxcywh1000' } } }],
    ['of another id', { ...running, id: '../1' }],
  ])('%s is refused', (_name, status) => {
    expect(importStatusSchema.safeParse(status).success).toBe(false)
  })
})

describe('an export as the screen sees it', () => {
  it('comes through JSON as it was, with an archive and without', () => {
    const packed = { ...exported, report: { ...exportReport, archive: { name: 'a.zip', sha256: 'cd'.repeat(32), bytes: 99 } } }
    for (const status of [waiting, exported, packed]) expect(exportStatusSchema.parse(JSON.parse(JSON.stringify(status)))).toEqual(status)
  })

  it.each<[string, unknown]>([
    ['every state of samples there is', { ...waiting, options: { state: 'rejected', boxes: null } }],
    ['an unsaid convention', { ...waiting, options: { state: 'all' } }],
    ['a file without a hash', { ...exported, report: { ...exportReport, files: [{ path: 'rows.jsonl', bytes: 10 }] } }],
  ])('does not take %s', (_name, status) => {
    expect(exportStatusSchema.safeParse(status).success).toBe(false)
  })

  it('is told apart from an import', () => {
    expect(exportStatusSchema.safeParse(running).success).toBe(false)
    expect(importStatusSchema.safeParse(waiting).success).toBe(false)
  })

  it('stands in a list, which may be empty', () => {
    expect(exportListSchema.parse({ exports: [] }).exports).toEqual([])
    expect(exportListSchema.parse({ exports: [exported, waiting] }).exports.map(({ state }) => state)).toEqual(['done', 'waiting'])
    expect(exportListSchema.safeParse({ exports: [exported, { ...waiting, id: null }] }).success).toBe(false)
  })
})
