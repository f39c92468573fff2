import { describe, expect, it } from 'vitest'
import type { RunEstimateView } from '@/core/pipeline/run-estimate'
import { costWords, redoWords, runWords } from './estimate-words'

const estimate = (more: Partial<RunEstimateView>): RunEstimateView => ({
  videos: 200,
  fresh: 0,
  redone: 0,
  firstStage: null,
  calls: 0,
  costMicroUsd: 0,
  unpriced: [],
  leftSec: null,
  ...more,
})

describe('costWords', () => {
  it.each([
    [{}, 'no cost'],
    [{ costMicroUsd: 9_400_000, leftSec: 1320 }, 'about $9.40, 22 min'],
    [{ costMicroUsd: 9_400_000 }, 'about $9.40'],
    [{ costMicroUsd: null, unpriced: ['a/b'] }, 'a cost nobody knows (no price for a/b)'],
  ])('%j', (more, words) => expect(costWords(estimate(more))).toBe(words))
})

describe('runWords', () => {
  it.each([
    [{ videos: 0 }, 'There is no video to run on.'],
    [{}, 'Everything of 200 videos is remembered: nothing is asked again, no cost.'],
    [{ fresh: 200, firstStage: 'sample-frames' }, 'Works on 200 new videos: no cost.'],
    [{ redone: 188, firstStage: 'dedupe' }, 'Works on 188 videos again from dedupe, 12 videos from memory: no cost.'],
    [{ fresh: 1, redone: 2, firstStage: 'sample-frames' }, 'Works on 1 new video and 2 videos again, 197 videos from memory: no cost.'],
  ] as const)('%j', (more, words) => expect(runWords(estimate(more))).toBe(words))
})

describe('redoWords', () => {
  it('says from which stage on', () => {
    expect(redoWords(estimate({ redone: 188, firstStage: 'dedupe', costMicroUsd: 9_400_000 }))).toBe(
      'redoes 188 videos from dedupe: about $9.40.',
    )
    expect(redoWords(estimate({}))).toBe('Nothing that is done would be redone.')
  })
})
