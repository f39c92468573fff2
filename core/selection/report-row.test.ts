import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { methodRow, sampleRow, videoRows, videoRowsArbitrary } from './report.fixture'
import { LEFT_OUT, methodRowSchema, videoRowsSchema } from './report-row'

describe('videoRowsSchema', () => {
  it('reads what it wrote', () => {
    fc.assert(
      fc.property(videoRowsArbitrary, (rows) => {
        expect(videoRowsSchema.parse(JSON.parse(JSON.stringify(rows)))).toEqual(rows)
      }),
    )
  })

  it('takes a video that nothing could be read of, with the samples it cost', () => {
    const leftOut = LEFT_OUT.map((reason, at) => ({ sampleId: `s${at}`, reason }))
    expect(videoRowsSchema.parse(videoRows([], { candidates: null, captions: 'none', leftOut })).leftOut).toHaveLength(5)
  })

  it.each([
    ['a method without frames', { methods: [{ ...methodRow('topk', [1]), indices: [], timeSec: [] }] }],
    ['a method that nobody knows', { methods: [{ ...methodRow('topk', [1]), method: 'best' }] }],
    ['no method', { methods: [] }],
    ['no core frame', { reviewed: [] }],
    ['a field of its own', { colour: 'red' }],
  ])('refuses %s', (_, wrong) => {
    expect(videoRowsSchema.safeParse({ ...videoRows([]), samples: [{ ...sampleRow('a'), ...wrong }] }).success).toBe(false)
  })
})

describe('methodRowSchema', () => {
  it('wants a time for each frame', () => {
    expect(methodRowSchema.safeParse(methodRow('mmr', [1, 2])).success).toBe(true)
    expect(methodRowSchema.safeParse(methodRow('mmr', [1, 2], { timeSec: [1] })).success).toBe(false)
    expect(methodRowSchema.safeParse(methodRow('mmr', [1, 2], { lookedAt: -1 })).success).toBe(false)
  })
})
