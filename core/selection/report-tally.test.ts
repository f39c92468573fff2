import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../document.fixture'
import { matchFrames, temporalProximity } from './metrics'
import { methodRow, sampleRow, videoRows, videoRowsArbitrary } from './report.fixture'
import { addMethodTallies, addTallies, type MethodTallies, NO_TALLY, type Tally, talliesOf } from './report-tally'

const topk = (tallies: MethodTallies): Tally => tallies.get('topk') ?? NO_TALLY
/** Maps as lists, sums to ten digits: adding in another order changes the last ones. */
const plain = (tally: Tally) =>
  JSON.parse(
    JSON.stringify({ ...tally, sizes: [...tally.sizes].sort(([a], [b]) => a - b) }, (_, value: unknown) =>
      typeof value === 'number' ? Number(value.toPrecision(10)) : value,
    ),
  )

describe('talliesOf', () => {
  it('counts by hand', () => {
    const rows = videoRows([
      sampleRow('a', { reviewed: [4, 9], methods: [methodRow('topk', [4, 10.5, 15], { ms: 30, flops: 7, lookedAt: 20 })] }),
      sampleRow('b', { reviewed: [2], methods: [methodRow('topk', [12], { ms: 10, flops: 3, lookedAt: 6 })] }),
    ])
    const tally = topk(talliesOf(rows).all)
    expect(tally).toMatchObject({ videos: 1, samples: 2, frames: 4, reviewed: 3, candidates: 40, lookedAt: 26, ms: 40, flops: 10 })
    // Within 1 s only 4 matches; 10.5 is 1.5 s from 9. a = 2, b = 4 + 3.
    expect(tally.at[1]).toEqual({ matched: 1, aa: 4, ab: 14, bb: 49 })
    expect(tally.at[2]).toEqual({ matched: 2, aa: 16, ab: 28, bb: 49 })
    // 1 − 3/20 and 1 − 1/20.
    expect(tally.reduction).toBeCloseTo(1.8, 12)
    expect([...tally.sizes]).toEqual([
      [3, 1],
      [1, 1],
    ])
  })

  it('is the sum of the metrics of single samples', () => {
    fc.assert(
      fc.property(videoRowsArbitrary, (rows) => {
        const tally = topk(talliesOf(rows).all)
        const pairs = rows.samples.flatMap(({ reviewed, methods }) =>
          methods.filter(({ method }) => method === 'topk').map(({ timeSec }) => ({ reviewed, timeSec })),
        )
        const sum = (of: (pair: (typeof pairs)[number]) => number) => pairs.reduce((total, pair) => total + of(pair), 0)
        expect(tally.at[1].matched).toBe(sum(({ reviewed, timeSec }) => matchFrames(timeSec, reviewed, 1).matched))
        expect(tally.at[2].matched).toBe(sum(({ reviewed, timeSec }) => matchFrames(timeSec, reviewed, 2).matched))
        expect(tally.proximity).toBeCloseTo(
          sum(({ reviewed, timeSec }) => temporalProximity(timeSec, reviewed)),
          10,
        )
        expect(tally.frames).toBe(sum(({ timeSec }) => timeSec.length))
      }),
    )
  })

  it('parts samples by task and loses none', () => {
    fc.assert(
      fc.property(videoRowsArbitrary, (rows) => {
        const { all, tasks } = talliesOf(rows)
        const parts = [...tasks.values()].map(topk)
        for (const field of ['samples', 'frames', 'reviewed', 'ms', 'candidates'] as const) {
          expect(parts.reduce((sum, part) => sum + part[field], 0)).toBe(topk(all)[field])
        }
        expect(new Set(tasks.keys())).toEqual(new Set(rows.samples.map(({ task }) => task)))
      }),
    )
  })

  it('has nothing of a video without samples', () => {
    const { all, tasks } = talliesOf(videoRows([], { candidates: null }))
    expect([all.size, tasks.size]).toEqual([0, 0])
  })

  it('refuses more frames than there were candidates', () => {
    expect(refusalOf(() => talliesOf(videoRows([sampleRow('a')], { candidates: 2 }))).code).toBe('invalid_input')
  })
})

describe('addTallies', () => {
  it('does not care about order or brackets, and nothing changes nothing', () => {
    fc.assert(
      fc.property(videoRowsArbitrary, videoRowsArbitrary, videoRowsArbitrary, (first, second, third) => {
        const [a, b, c] = [topk(talliesOf(first).all), topk(talliesOf(second).all), topk(talliesOf(third).all)]
        expect(plain(addTallies(a, b))).toEqual(plain(addTallies(b, a)))
        expect(plain(addTallies(addTallies(a, b), c))).toEqual(plain(addTallies(a, addTallies(b, c))))
        expect(addTallies(a, NO_TALLY)).toEqual(a)
      }),
    )
  })

  it('leaves its parts alone', () => {
    const { all } = talliesOf(videoRows([sampleRow('a')]))
    const before = plain(topk(all))
    addMethodTallies(all, all)
    expect(plain(topk(all))).toEqual(before)
  })
})

describe('addMethodTallies', () => {
  it('keeps a method that only one side has', () => {
    const one = talliesOf(videoRows([sampleRow('a', { methods: [methodRow('mmr', [3])] })])).all
    const other = talliesOf(videoRows([sampleRow('b', { methods: [methodRow('topk', [3])] })])).all
    const sum = addMethodTallies(one, other)
    expect([...sum].map(([method, { samples }]) => [method, samples])).toEqual([
      ['mmr', 1],
      ['topk', 1],
    ])
  })
})
