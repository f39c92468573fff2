import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameIndexSchema } from '../ids'
import type { CandidateFrames } from './candidate-frames'
import { type TrainingRow, trainingLine, trainingRow, trainingRowSchema } from './training-row'

const SHA = 'a'.repeat(64)
const ASKED = { id: 'row-1', question: 'Which car is first?', task: 'traffic_analysis' }

/** Candidates at the given times, ten frames a second. */
function candidatesAt(times: readonly number[], hasCaptions = true): CandidateFrames {
  const frames = times.map((timeSec) => ({ index: frameIndexSchema.parse(Math.round(timeSec * 10)), pts: timeSec * 1000, timeSec }))
  const captions = frames.map(({ index }) => ({ text: `Frame ${index} “shows”\na car\u2028.`, facts: null }))
  return { videoSha256: SHA, run: 1, fps: null, frames, captions: hasCaptions ? captions : null, captionedBy: 'embedded' }
}

const rowOf = (reviewed: readonly number[], times: readonly number[] = [0, 1, 2, 3]) =>
  trainingRow({ ...ASKED, reviewed }, candidatesAt(times))

describe('trainingRow', () => {
  it('names the candidate nearest to each core frame', () => {
    expect(rowOf([2.9, 0.2])).toEqual({
      ...ASKED,
      video: SHA,
      captions: [0, 10, 20, 30].map((index) => `Frame ${index} “shows”\na car\u2028.`),
      frames: [0, 10, 20, 30],
      chosen: [0, 3],
    })
  })

  it('takes the earlier of two that are equally near, and a candidate once', () => {
    expect(rowOf([1.5])).toMatchObject({ chosen: [1] })
    expect(rowOf([1.9, 2.1])).toMatchObject({ chosen: [2] })
  })

  it('says why there is none', () => {
    expect(trainingRow({ ...ASKED, reviewed: [1] }, candidatesAt([0, 1], false))).toBe('no-captions')
    expect(rowOf([1, 4.1])).toBe('not-a-candidate')
    expect(rowOf([4])).toMatchObject({ chosen: [3] })
  })

  it('has as few positions as it can and none far away, and does not care about the order of core frames', () => {
    const times = fc.uniqueArray(fc.nat(60), { minLength: 1, maxLength: 20 }).map((all) => all.sort((a, b) => a - b))
    fc.assert(
      fc.property(times, fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: 1, maxLength: 6 }), (candidates, reviewed) => {
        const row = rowOf(reviewed, candidates)
        expect(rowOf([...reviewed].reverse(), candidates)).toEqual(row)
        if (typeof row === 'string') {
          expect(reviewed.some((time) => candidates.every((each) => Math.abs(each - time) > 1))).toBe(true)
          return
        }
        expect(trainingRowSchema.parse(row)).toEqual(row)
        for (const at of row.chosen) expect(reviewed.some((time) => Math.abs((candidates[at] ?? 99) - time) <= 1)).toBe(true)
        expect(row.chosen.length).toBeLessThanOrEqual(reviewed.length)
      }),
    )
  })
})

const rowArbitrary: fc.Arbitrary<TrainingRow> = fc
  .record({
    id: fc.string({ minLength: 1, unit: 'binary' }),
    question: fc.string({ minLength: 1, unit: 'binary' }),
    task: fc.option(fc.string(), { nil: null }),
    texts: fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 12 }),
    picks: fc.array(fc.nat(11), { minLength: 1, maxLength: 6 }),
  })
  .map(({ texts, picks, ...row }) => ({
    ...row,
    video: SHA,
    captions: texts,
    frames: texts.map((_, at) => frameIndexSchema.parse(at * 3)),
    chosen: [...new Set(picks.map((pick) => pick % texts.length))].sort((a, b) => a - b),
  }))

describe('trainingLine', () => {
  it('is one line of JSON that reads back, whatever the texts hold', () => {
    fc.assert(
      fc.property(rowArbitrary, (row) => {
        const line = trainingLine(row)
        expect(line.indexOf('\n')).toBe(line.length - 1)
        expect(trainingRowSchema.parse(JSON.parse(line))).toEqual(row)
        expect(trainingLine(trainingRowSchema.parse(JSON.parse(line)))).toBe(line)
      }),
    )
  })

  it('is the same bytes whatever order the fields came in', () => {
    const row = rowOf([1])
    if (typeof row === 'string') throw new Error(row)
    const turned = Object.fromEntries(Object.entries(row).reverse())
    expect(trainingLine(trainingRowSchema.parse(turned))).toBe(trainingLine(row))
    expect(trainingLine(row).startsWith('{"id":"row-1","video":')).toBe(true)
  })
})

describe('trainingRowSchema', () => {
  const row = { ...ASKED, video: SHA, captions: ['a', 'b'], frames: [0, 5], chosen: [0] }
  it.each([
    ['a position that is no frame', { chosen: [2] }],
    ['a position twice', { chosen: [1, 1] }],
    ['positions out of order', { chosen: [1, 0] }],
    ['nothing chosen', { chosen: [] }],
    ['a caption too few', { captions: ['a'] }],
  ])('refuses %s', (_, wrong) => {
    expect(trainingRowSchema.safeParse(row).success).toBe(true)
    expect(trainingRowSchema.safeParse({ ...row, ...wrong }).success).toBe(false)
  })
})
