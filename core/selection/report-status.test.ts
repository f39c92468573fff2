import { describe, expect, it } from 'vitest'
import { methodRow, sampleRow, videoRows } from './report.fixture'
import {
  framesUsedOf,
  framesUsedSchema,
  reportListSchema,
  reportOptionsSchema,
  reportSchema,
  reportStatusSchema,
  STANDARD_REPORT,
} from './report-status'
import { ReportBuilder } from './report-summary'

const STATUS = {
  id: '0190a0b0-0000-7000-8000-000000000001',
  state: 'done',
  options: STANDARD_REPORT,
  videosDone: 2,
  videosTotal: 2,
  startedBy: 'Ada',
  createdAt: '2026-11-25T10:00:00.000Z',
  startedAt: '2026-11-25T10:00:01.000Z',
  finishedAt: '2026-11-25T10:01:00.000Z',
  errorMessage: null,
} as const

describe('reportOptionsSchema', () => {
  it('takes the standard', () => {
    expect(reportOptionsSchema.parse(STANDARD_REPORT)).toEqual(STANDARD_REPORT)
  })

  it.each([
    ['no signal', { weights: { text: 0, objects: 0, vision: 0 } }],
    ['a weight below 0', { weights: { text: -1, objects: 1, vision: 0 } }],
    ['a weight that is too large', { weights: { text: 1001, objects: 1, vision: 0 } }],
    ['a signal that nobody knows', { weights: { text: 1, objects: 1, vision: 0, sound: 1 } }],
    ['a missing signal', { weights: { text: 1 } }],
    ['no frame', { k: 0 }],
    ['half a frame', { k: 2.5 }],
    ['more frames than a question can rest on', { k: 33 }],
  ])('refuses %s', (_, wrong) => {
    expect(reportOptionsSchema.safeParse({ ...STANDARD_REPORT, ...wrong }).success).toBe(false)
  })
})

describe('reportStatusSchema', () => {
  it('reads a report from its first moment to its end', () => {
    expect(reportStatusSchema.parse(STATUS)).toEqual(STATUS)
    const waiting = { ...STATUS, state: 'waiting', videosDone: 0, videosTotal: null, startedAt: null, finishedAt: null }
    expect(reportListSchema.parse({ reports: [STATUS, waiting], reviewed: 7 }).reports).toHaveLength(2)
  })

  it('has figures or none yet', () => {
    const summary = new ReportBuilder().summary()
    expect(reportSchema.parse({ ...STATUS, summary }).summary).toEqual(summary)
    expect(reportSchema.parse({ ...STATUS, summary: null }).summary).toBeNull()
    expect(reportSchema.safeParse({ ...STATUS, summary: { ...summary, samples: -1 } }).success).toBe(false)
  })

  it('refuses a state that a job cannot have', () => {
    expect(reportStatusSchema.safeParse({ ...STATUS, state: 'paused' }).success).toBe(false)
  })
})

describe('framesUsedOf', () => {
  it('is the mean of each method over all samples', () => {
    const builder = new ReportBuilder()
    const methods = (...seconds: number[]) => [methodRow('adaptive', seconds), methodRow('topk', [1, 2, 3])]
    builder.add(videoRows([sampleRow('a', { methods: methods(1, 2) }), sampleRow('b', { methods: methods(4, 5, 6) })]))
    const used = framesUsedOf({ ...STATUS, summary: builder.summary() })
    expect(framesUsedSchema.parse(used)).toEqual(used)
    expect(used).toMatchObject({ createdAt: STATUS.createdAt, samples: 2 })
    expect(used?.methods).toEqual(
      expect.arrayContaining([
        { method: 'adaptive', mean: 2.5 },
        { method: 'topk', mean: 3 },
      ]),
    )
  })

  it('is nothing where nothing was measured', () => {
    expect(framesUsedOf({ ...STATUS, summary: null })).toBeNull()
    expect(framesUsedOf({ ...STATUS, summary: new ReportBuilder().summary() })).toBeNull()
  })
})
