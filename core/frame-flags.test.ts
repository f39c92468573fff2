import { describe, expect, it } from 'vitest'
import { altered, draftSample, extended, frameNo } from './document.fixture'
import { moveCoreFrame } from './edits-frames'
import { setStepFrames } from './edits-steps'
import type { Flag, FlagContext } from './flag'
import { frameFlags } from './frame-flags'
import type { SampleDocument } from './records'

const context: FlagContext = { video: { width: 640, height: 360, frameCount: 1000 }, isMissingMedia: false, rowProblems: [] }
const draft = draftSample()

const flagsOf = (doc: SampleDocument, code: Flag['code'], from: FlagContext = context) =>
  frameFlags(doc, from).filter((flag) => flag.code === code)

it('finds nothing in the sample', () => {
  expect(frameFlags(draft, context)).toEqual([])
})

describe('F1, an irrelevant frame', () => {
  it('warns of a frame no step cites while others are cited', () => {
    expect(flagsOf(setStepFrames(draft, 's2', []), 'F1')).toEqual([
      { code: 'F1', recordId: 'f2', message: 'Core frame 2 is not cited by any step, while others are.', blocking: false },
      { code: 'F1', recordId: 'f3', message: 'Core frame 3 is not cited by any step, while others are.', blocking: false },
    ])
  })

  it('says nothing when no frame is cited at all: the source does not cite', () => {
    expect(flagsOf(setStepFrames(setStepFrames(draft, 's1', []), 's2', []), 'F1')).toEqual([])
  })

  it('warns of a frame that scores less than half of the best', () => {
    const scored = altered(altered(altered(draft, 'f1', { score: 0.8 }), 'f2', { score: 0.39 }), 'f3', { score: 0.41 })
    expect(flagsOf(scored, 'F1')).toEqual([
      { code: 'F1', recordId: 'f2', message: 'Core frame 2 scores less than half of the best core frame.', blocking: false },
    ])
  })

  it('compares what a selector proposed with its own kind alone: the scales differ', () => {
    const proposed = { match: { method: 'selector', confidence: 1, by: 'selector adaptive in browser' } } as const
    const mixed = altered(altered(altered(draft, 'f1', { score: 0.3 }), 'f2', { score: 0.9, ...proposed }), 'f3', {
      score: 0.5,
      ...proposed,
    })
    expect(flagsOf(mixed, 'F1')).toEqual([])
    const low = altered(mixed, 'f3', { score: 0.4, ...proposed })
    expect(flagsOf(low, 'F1').map(({ recordId }) => recordId)).toEqual(['f3'])
  })

  it('does not compare scores where there are none, or only negative ones', () => {
    expect(flagsOf(altered(draft, 'f1', { score: 0.8 }), 'F1')).toEqual([])
    expect(flagsOf(altered(altered(draft, 'f1', { score: -0.1 }), 'f2', { score: -0.9 }), 'F1')).toEqual([])
  })
})

describe('F3, near-duplicates', () => {
  it('warns of two core frames that are one frame', () => {
    expect(flagsOf(altered(draft, 'f3', { index: 480 }), 'F3')).toEqual([
      { code: 'F3', recordId: 'f3', message: 'Core frames 1 and 3 are the same frame of the video.', blocking: false },
    ])
  })

  it('warns of nearly the same caption, whatever its case, order and small words', () => {
    const doc = altered(draft, 'f2', { caption: 'Beside the lake, a man HOLDS the rope' })
    expect(flagsOf(doc, 'F3')).toEqual([
      { code: 'F3', recordId: 'f2', message: 'Core frames 1 and 2 have nearly the same caption.', blocking: false },
    ])
  })

  it('does not take captions of a few words for the same', () => {
    const short = altered(altered(draft, 'f1', { caption: 'A man.' }), 'f2', { caption: 'A man.' })
    expect(flagsOf(short, 'F3')).toEqual([])
  })

  it('does not compare missing captions', () => {
    const none = altered(altered(draft, 'f1', { caption: null }), 'f2', { caption: null })
    expect(flagsOf(none, 'F3')).toEqual([])
  })

  it('does not take two frames without a place for the same frame', () => {
    const lost = altered(altered(draft, 'f1', { index: null, pts: null }), 'f2', { index: null, pts: null })
    expect(flagsOf(lost, 'F3')).toEqual([])
  })

  it('names each later frame once', () => {
    const doc = extended(draft, { ...draft.f1, id: 'f8', order: 8 }, { ...draft.f1, id: 'f9', order: 9 })
    expect(flagsOf(doc, 'F3').map((flag) => flag.recordId)).toEqual(['f8', 'f9'])
  })
})

describe('F4, a wrong or unsure frame', () => {
  const lost = altered(draft, 'f2', { index: null, pts: null, match: { method: 'none', confidence: 0 } })

  it('blocks a frame that is not located', () => {
    expect(flagsOf(lost, 'F4')).toEqual([
      { code: 'F4', recordId: 'f2', message: 'Core frame 2 is not located in the video; choose its frame.', blocking: true },
    ])
  })

  it('leaves that to V1 while there is no video', () => {
    expect(flagsOf(lost, 'F4', { ...context, video: null, isMissingMedia: true })).toEqual([])
  })

  it('blocks a frame past the end of the video', () => {
    const past = altered(draft, 'f3', { index: 1000 })
    expect(flagsOf(past, 'F4')).toEqual([
      { code: 'F4', recordId: 'f3', message: 'Core frame 3 names frame 1000, but the video has frames 0 to 999.', blocking: true },
    ])
    expect(flagsOf(altered(draft, 'f3', { index: 999 }), 'F4')).toEqual([])
    expect(flagsOf(past, 'F4', { ...context, video: null })).toEqual([])
  })

  it('warns of a low confidence', () => {
    const unsure = altered(draft, 'f1', { match: { method: 'stem-time', confidence: 0.34 } })
    expect(flagsOf(unsure, 'F4')).toEqual([
      { code: 'F4', recordId: 'f1', message: 'Core frame 1 was located with 34 % confidence only.', blocking: false },
    ])
    expect(flagsOf(altered(draft, 'f1', { match: { method: 'stem-time', confidence: 0.5 } }), 'F4')).toEqual([])
  })

  it('warns of a small margin', () => {
    expect(flagsOf(altered(draft, 'f1', { margin: 0.004 }), 'F4')).toEqual([
      { code: 'F4', recordId: 'f1', message: 'Core frame 1 leads the second-best match by 0.004 only.', blocking: false },
    ])
    expect(flagsOf(altered(draft, 'f1', { margin: 0.02 }), 'F4')).toEqual([])
  })

  it('is answered by a person who places the frame', () => {
    const unsure = altered(draft, 'f1', { match: { method: 'image', confidence: 0.2 }, margin: 0.001 })
    expect(flagsOf(unsure, 'F4')).toHaveLength(2)
    expect(flagsOf(moveCoreFrame(unsure, 'f1', { index: frameNo(481), pts: 1 }), 'F4')).toEqual([])
    expect(flagsOf(moveCoreFrame(lost, 'f2', { index: frameNo(481), pts: 1 }), 'F4')).toEqual([])
  })
})
