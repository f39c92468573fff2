import { describe, expect, it } from 'vitest'
import { type SampleRow, sampleFacetsSchema, samplePageSchema, sampleRowSchema } from './sample-row'

const row: SampleRow = {
  id: '018f3a5e-7c1d-7b2a-9c3d-1e2f3a4b5c6d',
  // Beyond 2^53: as a number it would come out as another row's.
  ordinal: '9007199254740993',
  externalId: 'xd/42',
  question: '<img src=x onerror=alert(1)>',
  task: null,
  state: 'queued',
  flagCodes: ['B1', 'S1'],
  isBlocked: true,
  risk: 0.62,
  itemsTotal: 9,
  itemsDone: 3,
  thumbFrame: 480,
  videoId: null,
  videoName: null,
  reviewer: { id: 'u1', name: 'Ada' },
  updatedAt: '2026-01-31T12:00:00.000Z',
}

describe('a line of the list', () => {
  it('comes through JSON as it was', () => {
    expect(sampleRowSchema.parse(JSON.parse(JSON.stringify(row)))).toEqual(row)
  })

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['an ordinal that lost its digits', { ordinal: Number('9007199254740993') }],
    ['a state of another version', { state: 'archived' }],
    ['a flag nobody knows', { flagCodes: ['B1', 'Z9'] }],
    ['an id that is none', { id: '42' }],
    ['no reviewer field at all', { reviewer: undefined }],
    ['a risk in words', { risk: 'high' }],
  ])('with %s is refused', (_name, change) => {
    expect(sampleRowSchema.safeParse({ ...row, ...change }).success).toBe(false)
  })
})

describe('a page', () => {
  it('tells the end from a page that goes on', () => {
    expect(samplePageSchema.parse({ rows: [], next: null }).next).toBeNull()
    expect(samplePageSchema.parse({ rows: [row], next: 'opaque' }).next).toBe('opaque')
    expect(samplePageSchema.safeParse({ rows: [row] }).success).toBe(false)
  })
})

describe('numbers beside the filter', () => {
  it('count by names that a source chose, even the empty one', () => {
    const facets = { total: 5, state: { queued: 5 }, task: { '': 2, causal_inference: 3 }, flag: {} }
    expect(sampleFacetsSchema.parse(facets)).toEqual(facets)
  })

  it('are numbers', () => {
    expect(sampleFacetsSchema.safeParse({ total: 5, state: { queued: '5' }, task: {}, flag: {} }).success).toBe(false)
  })
})
