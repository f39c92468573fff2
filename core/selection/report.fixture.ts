/** Rows of selector reports for tests: small whole numbers, so that sums can be made by hand. */
import fc from 'fast-check'
import { frameIndexSchema } from '../ids'
import type { MethodRow, SampleRow, VideoRows } from './report-row'
import type { SelectionMethod } from './selection-options'

/** A choice of frames at whole seconds; the index is ten frames a second. */
export function methodRow(method: SelectionMethod, timeSec: readonly number[], over: Partial<MethodRow> = {}): MethodRow {
  const indices = timeSec.map((time) => frameIndexSchema.parse(Math.round(time * 10)))
  return { method, indices, timeSec: [...timeSec], lookedAt: method === 'uniform' ? 0 : 20, ms: 10, flops: 100, ...over }
}

export function sampleRow(sampleId: string, over: Partial<SampleRow> = {}): SampleRow {
  return { sampleId, task: 'traffic_analysis', reviewed: [4, 9], adopted: 0, methods: [methodRow('topk', [4, 9, 15])], ...over }
}

export function videoRows(samples: readonly SampleRow[], over: Partial<VideoRows> = {}): VideoRows {
  return { candidates: 20, looks: 20, lookMs: 1000, captions: 'run', samples: [...samples], leftOut: [], ...over }
}

const times = fc.uniqueArray(fc.nat(40), { minLength: 1, maxLength: 6 }).map((all) => [...all].sort((a, b) => a - b))
const METHODS = ['uniform', 'topk', 'adaptive'] as const

const sampleArbitrary: fc.Arbitrary<SampleRow> = fc
  .record({
    id: fc.uuid(),
    task: fc.constantFrom('traffic_analysis', 'causal_inference', 'a word of theirs', null),
    reviewed: times,
    adopted: fc.nat(1),
    chosen: fc.tuple(times, times, times),
    ms: fc.nat(1000),
  })
  .map(({ id, chosen, ms, ...rest }) => ({
    ...rest,
    sampleId: id,
    methods: METHODS.map((method, at) => methodRow(method, chosen[at] ?? [1], { ms })),
  }))

/** The rows of one video with 0 to 4 samples by three methods, and up to two samples that were left out. */
export const videoRowsArbitrary: fc.Arbitrary<VideoRows> = fc
  .record({
    samples: fc.array(sampleArbitrary, { maxLength: 4 }),
    candidates: fc.integer({ min: 6, max: 60 }),
    captions: fc.constantFrom('run', 'here', 'none'),
    leftOut: fc.array(fc.record({ sampleId: fc.uuid(), reason: fc.constantFrom('no-core-frame', 'no-question') }), { maxLength: 2 }),
  })
  .map((rows) => ({ looks: rows.candidates, lookMs: 500, ...rows }))
