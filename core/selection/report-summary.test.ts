import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomFrom } from '../pipeline/random'
import { methodRow, sampleRow, videoRows, videoRowsArbitrary } from './report.fixture'
import type { VideoRows } from './report-row'
import { LEAST_VIDEOS, ReportBuilder, type ReportSummary, reportSummarySchema } from './report-summary'

function summaryOf(videos: readonly VideoRows[]): ReportSummary {
  const builder = new ReportBuilder()
  for (const rows of videos) builder.add(rows)
  return builder.summary()
}

/** Sums to nine digits: adding in another order changes the last ones. */
const rounded = (summary: ReportSummary): unknown =>
  JSON.parse(JSON.stringify(summary, (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value)))

/** A video whose one sample has its one core frame at 5 s, found or missed by top-k. */
const coin = (id: number, isFound: boolean): VideoRows =>
  videoRows([sampleRow(`s${id}`, { reviewed: [5], methods: [methodRow('topk', [isFound ? 5 : 15])] })])

describe('ReportBuilder', () => {
  it('pools frames over samples, by hand', () => {
    const summary = summaryOf([
      videoRows([sampleRow('a', { reviewed: [4, 9], adopted: 1, methods: [methodRow('topk', [4, 10.5, 15], { ms: 30, flops: 8 })] })]),
      videoRows([sampleRow('b', { task: 'causal_inference', reviewed: [2], methods: [methodRow('topk', [2], { ms: 10, flops: 4 })] })], {
        captions: 'here',
        leftOut: [
          { sampleId: 'd', reason: 'no-core-frame' },
          { sampleId: 'c', reason: 'no-core-frame' },
        ],
      }),
    ])
    expect(summary).toMatchObject({ videos: 2, samples: 2, reviewed: 3, adopted: 1, captionedHere: 1 })
    expect(summary.leftOut).toEqual([{ reason: 'no-core-frame', samples: 2, example: 'c' }])
    const [topk] = summary.methods
    // Within 1 s two of four chosen and of three reviewed frames match; the mean of the samples' own F1 would be 0.7.
    expect(topk?.within1).toEqual({ precision: 0.5, recall: expect.closeTo(2 / 3, 12), f1: expect.closeTo(4 / 7, 12), interval: null })
    expect(topk?.within2.f1).toBeCloseTo(6 / 7, 12)
    expect(topk).toMatchObject({ samples: 2, ms: 20, flops: 6, candidates: 20, lookedAt: 20 })
    expect(topk?.frames).toEqual({
      mean: 2,
      median: 2,
      histogram: [
        { frames: 1, samples: 1 },
        { frames: 3, samples: 1 },
      ],
    })
    expect(summary.tasks.map(({ task, samples }) => [task, samples])).toEqual([
      ['causal_inference', 1],
      ['traffic_analysis', 1],
    ])
  })

  it('is what its own schema says, whatever came', () => {
    fc.assert(
      fc.property(fc.array(videoRowsArbitrary, { maxLength: 5 }), (videos) => {
        const summary = summaryOf(videos)
        expect(reportSummarySchema.parse(JSON.parse(JSON.stringify(summary)))).toEqual(summary)
        expect(summary.samples).toBe(videos.reduce((sum, { samples }) => sum + samples.length, 0))
        expect(summary.leftOut.reduce((sum, { samples }) => sum + samples, 0)).toBe(
          videos.reduce((sum, { leftOut }) => sum + leftOut.length, 0),
        )
      }),
    )
  })

  it('does not care which video came first', () => {
    fc.assert(
      fc.property(fc.array(videoRowsArbitrary, { minLength: 2, maxLength: 6 }), (videos) => {
        expect(rounded(summaryOf([...videos].reverse()))).toEqual(rounded(summaryOf(videos)))
      }),
    )
  })

  it('keeps F1 between precision and recall, and no smaller with a wider δ', () => {
    fc.assert(
      fc.property(fc.array(videoRowsArbitrary, { maxLength: 4 }), (videos) => {
        for (const { within1, within2 } of summaryOf(videos).methods) {
          for (const { precision, recall, f1 } of [within1, within2]) {
            expect(f1).toBeGreaterThanOrEqual(Math.min(precision, recall) - 1e-12)
            expect(f1).toBeLessThanOrEqual(Math.max(precision, recall) + 1e-12)
          }
          expect(within2.f1).toBeGreaterThanOrEqual(within1.f1)
        }
      }),
    )
  })

  it('has no method and no task of nothing', () => {
    expect(summaryOf([])).toEqual({
      videos: 0,
      samples: 0,
      reviewed: 0,
      adopted: 0,
      captionedHere: 0,
      methods: [],
      tasks: [],
      leftOut: [],
    })
  })

  it('counts samples that no video has, with the first of them as the example', () => {
    const builder = new ReportBuilder()
    builder.add(videoRows([], { leftOut: [{ sampleId: 'm', reason: 'no-video' }] }))
    builder.leaveOut('no-video', 3, 'k')
    builder.leaveOut('no-question', 1, 'z')
    expect(builder.summary().leftOut).toEqual([
      { reason: 'no-video', samples: 4, example: 'k' },
      { reason: 'no-question', samples: 1, example: 'z' },
    ])
  })

  it('lists the tasks of the paper, then words of a source, then none', () => {
    const samples = [null, 'zebra', 'traffic_analysis', 'apple', 'causal_inference'].map((task, at) => sampleRow(`s${at}`, { task }))
    expect(summaryOf([videoRows(samples)]).tasks.map(({ task }) => task)).toEqual([
      'causal_inference',
      'traffic_analysis',
      'apple',
      'zebra',
      null,
    ])
  })
})

describe('interval of F1', () => {
  const intervalOf = (videos: readonly VideoRows[]) => summaryOf(videos).methods[0]?.within1.interval ?? null

  it('is left out while there are too few videos', () => {
    const coins = Array.from({ length: LEAST_VIDEOS }, (_, at) => coin(at, at % 2 === 0))
    expect(intervalOf(coins.slice(1))).toBeNull()
    expect(intervalOf(coins)).not.toBeNull()
  })

  it('is that of a share where every video has one frame', () => {
    // 64 of 100: 0.64 ± 1.96 √(0.64 · 0.36 / 99).
    const [low, high] = intervalOf(Array.from({ length: 100 }, (_, at) => coin(at, at < 64))) ?? [0, 0]
    const half = 1.96 * Math.sqrt((0.64 * 0.36) / 99)
    expect([low, high]).toEqual([expect.closeTo(0.64 - half, 12), expect.closeTo(0.64 + half, 12)])
  })

  it('does not grow narrower because a video has more questions on the same frames', () => {
    const copies = (count: number) =>
      Array.from({ length: 40 }, (_, at) => {
        const [only] = coin(at, at % 3 === 0).samples
        return videoRows(only === undefined ? [] : Array.from({ length: count }, (_, copy) => ({ ...only, sampleId: `${at}-${copy}` })))
      })
    const [once, often] = [intervalOf(copies(1)), intervalOf(copies(8))]
    expect(often?.[0]).toBeCloseTo(once?.[0] ?? -1, 12)
    expect(often?.[1]).toBeCloseTo(once?.[1] ?? -1, 12)
  })

  it('holds the true share about as often as it says', () => {
    const random = randomFrom(7)
    const trials = 400
    let hits = 0
    for (let trial = 0; trial < trials; trial += 1) {
      const [low, high] = intervalOf(Array.from({ length: 60 }, (_, at) => coin(at, random() < 0.4))) ?? [1, 0]
      if (low <= 0.4 && high >= 0.4) hits += 1
    }
    expect(hits / trials).toBeGreaterThan(0.91)
    expect(hits / trials).toBeLessThan(0.98)
  })
})
