import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameNo, refusalOf } from '../document.fixture'
import { MIN_MARGIN } from '../frame-flags'
import { exampleParts } from './draft.fixture'
import { draftFrames } from './draft-frames'
import type { RetrieveOutput } from './outputs'

type Place = RetrieveOutput['frames'][number]
const { table, captions } = exampleParts
const place = (frame: number, change: Partial<Place> = {}): Place => ({
  frameIndex: frameNo(frame),
  score: 0.5,
  margin: 0.1,
  isLowMargin: false,
  ...change,
})
const build = (...frames: Place[]) =>
  draftFrames(table, captions, { frames: frames.map((_, at) => ({ claimedIndex: null, caption: `words ${at}` })) }, { frames })

describe('draftFrames', () => {
  it('maps each pick to the core frame that stands for it', () => {
    const { idOf, records } = build(place(60), place(20), place(60), place(40))
    expect(idOf).toEqual(['f3', 'f1', 'f3', 'f2'])
    expect(records.map((record) => record.index)).toEqual([20, 40, 60])
  })

  it('lets the first speak where two picks match equally', () => {
    expect(build(place(20), place(20)).origins.f1?.parameters).toMatchObject({ generatedCaption: 'words 0' })
    expect(build(place(20), place(20, { score: 0.6 })).origins.f1?.parameters).toMatchObject({ generatedCaption: 'words 1' })
  })

  it('takes a frame that was named over one that was looked up', () => {
    const { records } = build(place(20, { score: 0.99 }), place(20, { score: null, margin: null }))
    expect(records[0]).toMatchObject({ score: null, margin: null })
  })

  it('says of a frame that a selector chose which one, and of a frame that evidence needs that it was named', () => {
    const picks = [60, 20].map((frame) => ({ claimedIndex: frameNo(frame), caption: `words ${frame}` }))
    const selector = { method: 'mmr' as const, relevance: [0.8, null], notes: ['Looking for “car”.'] }
    const places = { frames: [place(60, { score: 0.8, margin: null }), place(20, { score: null, margin: null })] }
    const { records, origins, problems } = draftFrames(table, captions, { frames: picks, selector }, places)
    expect(records.map(({ index, match, score }) => ({ index, match, score }))).toEqual([
      { index: 20, match: { method: 'exact', confidence: 1 }, score: null },
      { index: 60, match: { method: 'selector', confidence: 1, by: 'selector mmr in the pipeline' }, score: 0.8 },
    ])
    expect(origins.f2).toEqual({
      stage: 'pick-core-frames',
      parameters: { selector: 'mmr', relevance: 0.8 },
      note: 'Looking for “car”.',
    })
    expect(origins.f1).toMatchObject({ stage: 'retrieve', note: expect.stringContaining('Named by the writer') })
    expect(problems).toEqual([])
  })

  it('takes the words of the pick where the frame has no caption of its own', () => {
    expect(build(place(80)).records[0]?.caption).toBe('words 0')
  })

  it.each([
    ['a margin the project finds low', { margin: 0.05, isLowMargin: true }, 1],
    ['a margin that is flagged from the document', { margin: MIN_MARGIN / 2, isLowMargin: true }, 0],
    ['the bound itself', { margin: MIN_MARGIN, isLowMargin: true }, 1],
    ['a good margin', { margin: 0.05 }, 0],
    ['no margin', { margin: null, isLowMargin: true }, 0],
  ])('of %s', (_, change, flags) => {
    expect(build(place(20, change)).problems).toHaveLength(flags)
  })

  it('refuses a frame outside the table', () => {
    expect(refusalOf(() => build(place(200)))).toMatchObject({ code: 'frame_out_of_range' })
  })

  it('names frames exactly, in order of time, with ids that count up', () => {
    const frames = fc.array(
      fc.integer({ min: 0, max: 199 }).map((frame) => place(frame)),
      { minLength: 1, maxLength: 8 },
    )
    fc.assert(
      fc.property(frames, (places) => {
        const { records, idOf, origins } = build(...places)
        expect(records.map((record) => record.id)).toEqual(records.map((_, at) => `f${at + 1}`))
        expect(Object.keys(origins)).toEqual(records.map((record) => record.id))
        for (const [at, { frameIndex }] of places.entries()) {
          const record = records.find((entry) => entry.id === idOf[at])
          expect(record).toMatchObject({ index: frameIndex, pts: table.pts[frameIndex] })
        }
      }),
    )
  })
})
