import { describe, expect, it } from 'vitest'
import { rejectedPairsPageSchema } from './rejected-pair'
import { errandStatusSchema, foundBoxesSchema, isSettled, providerTestSchema } from './run-errand'
import { runListSchema, runStateSchema, stageProgressSchema } from './run-status'
import { sampleOriginSchema } from './sample-origin'

const ID = '0190a5d0-0000-7000-8000-000000000001'

describe('what the screens read of runs', () => {
  it('has four states', () => {
    expect(runStateSchema.options).toEqual(['running', 'paused', 'cancelled', 'done'])
  })

  it('refuses counts below zero and stages that are none', () => {
    const counts = { done: 1, memory: 0, running: 0, waiting: 0, retrying: 0, failed: 0, cancelled: 0 }
    const stage = { ...counts, stage: 'caption', total: null, perSec: null, leftSec: null, costMicroUsd: 0 }
    expect(stageProgressSchema.safeParse(stage).success).toBe(true)
    expect(stageProgressSchema.safeParse({ ...stage, done: -1 }).success).toBe(false)
    expect(stageProgressSchema.safeParse({ ...stage, stage: 'daydream' }).success).toBe(false)
  })

  it('is a list under a name, so that it can grow', () => {
    expect(runListSchema.parse({ runs: [] })).toEqual({ runs: [] })
    expect(runListSchema.safeParse([]).success).toBe(false)
  })
})

describe('errands', () => {
  it.each([
    ['waiting', false],
    ['running', false],
    ['done', true],
    ['failed', true],
    ['cancelled', true],
  ] as const)('%s is over: %s', (state, isOver) => {
    expect(isSettled({ state })).toBe(isOver)
  })

  it('keep what a model answered as plain JSON', () => {
    const errand = { id: ID, kind: 'find-boxes', state: 'done', output: { boxes: [] }, error: null }
    expect(errandStatusSchema.safeParse(errand).success).toBe(true)
    expect(errandStatusSchema.safeParse({ ...errand, output: undefined }).success).toBe(false)
  })

  it('may know no price', () => {
    expect(providerTestSchema.parse({ answer: 'ok', latencyMs: 4, costMicroUsd: null }).costMicroUsd).toBeNull()
    expect(providerTestSchema.safeParse({ answer: 'ok', latencyMs: -4, costMicroUsd: null }).success).toBe(false)
  })

  it('find boxes with a rectangle, or say why not', () => {
    const found = { boxes: [{ rect: { x: 0, y: 0, w: 1, h: 1 }, score: 0.4, label: 'cup' }], reason: null }
    expect(foundBoxesSchema.safeParse(found).success).toBe(true)
    expect(foundBoxesSchema.safeParse({ boxes: [{ score: 1, label: 'cup' }], reason: null }).success).toBe(false)
    expect(foundBoxesSchema.parse({ boxes: [], reason: 'Not detectable.' }).reason).toBe('Not detectable.')
  })
})

describe('what was left out', () => {
  it('keeps the reason of each judge', () => {
    const judgement = { judge: 'rules', verdict: 'reject', criterion: 'trivial', reason: 'Too easy.' }
    const pair = { videoId: ID, videoName: 'a.mp4', key: 'k', question: 'q', answer: 'a', judgements: [judgement] }
    expect(rejectedPairsPageSchema.safeParse({ pairs: [pair], next: null }).success).toBe(true)
    const odd = { ...judgement, criterion: 'boring' }
    expect(rejectedPairsPageSchema.safeParse({ pairs: [{ ...pair, judgements: [odd] }], next: null }).success).toBe(false)
  })

  it('takes the provenance of older stages as far as it goes', () => {
    const stage = { stage: 'verify', provenance: { kind: 'model', model: 'clip' }, costMicroUsd: 0, durationMs: 1, isMemo: false, at: 'x' }
    const origin = { runId: ID, runNumber: 1, stages: [stage], refusedBoxes: [], undetectable: [], rejectedPairs: [] }
    expect(sampleOriginSchema.safeParse(origin).success).toBe(true)
    expect(sampleOriginSchema.safeParse({ ...origin, stages: [{ ...stage, stage: 'x' }] }).success).toBe(false)
  })
})
