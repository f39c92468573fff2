import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ProgressFacts, progressOf, type StageCount } from './run-progress'
import { STAGE_NAMES } from './stages'

const count = (stage: string, more: Partial<StageCount> = {}): StageCount => ({
  stage,
  done: 0,
  memory: 0,
  running: 0,
  waiting: 0,
  retrying: 0,
  failed: 0,
  cancelled: 0,
  recent: 0,
  costMicroUsd: 0,
  ...more,
})

const facts = (stages: StageCount[], more: Partial<ProgressFacts> = {}): ProgressFacts => ({
  state: 'running',
  windowSec: 60,
  videosTotal: 10,
  spentMicroUsd: 0,
  stages,
  ...more,
})

const stageOf = (progress: ReturnType<typeof progressOf>, name: string) => {
  const found = progress.stages.find(({ stage }) => stage === name)
  if (found === undefined) throw new Error(`no stage ${name}`)
  return found
}

describe('progressOf', () => {
  it('knows no number of drafts before a video is filtered', () => {
    const progress = progressOf(facts([count('sample-frames', { done: 3 })]))
    expect(stageOf(progress, 'caption').total).toBe(10)
    expect(stageOf(progress, 'ground').total).toBeNull()
    expect(stageOf(progress, 'ground').leftSec).toBeNull()
  })

  it('expects as many drafts of the other videos as the filtered ones brought', () => {
    const progress = progressOf(facts([count('filter-qa', { done: 4, failed: 1 }), count('pick-core-frames', { done: 6, waiting: 6 })]))
    // Four videos brought twelve, five are still to come.
    expect(stageOf(progress, 'ground').total).toBe(12 + 15)
  })

  it('has none to expect when every video is filtered and nothing was kept', () => {
    const progress = progressOf(facts(STAGE_NAMES.slice(0, 6).map((name) => count(name, { done: 10 }))))
    expect(stageOf(progress, 'lint').total).toBe(0)
    expect(progress.leftSec).toBe(0)
  })

  it('takes the rate of the last minute and never ends a stage before the one that feeds it', () => {
    const progress = progressOf(
      facts([count('sample-frames', { done: 4, recent: 6 }), count('caption', { done: 2, recent: 60 }), count('dedupe', { done: 1 })]),
    )
    expect(stageOf(progress, 'sample-frames')).toMatchObject({ perSec: 0.1, leftSec: 60 })
    expect(stageOf(progress, 'caption').leftSec).toBe(60)
    expect(stageOf(progress, 'dedupe')).toMatchObject({ perSec: null, leftSec: 60 })
  })

  it('has no rate and no end while it is paused', () => {
    const progress = progressOf(facts([count('caption', { done: 2, recent: 60 })], { state: 'paused' }))
    expect(stageOf(progress, 'caption')).toMatchObject({ perSec: null, leftSec: null })
    expect(progress.leftSec).toBeNull()
  })

  it('foretells the cost by what such tasks cost, those out of memory left aside', () => {
    const done = STAGE_NAMES.map((name) => count(name, { done: 10 }))
    const stages = done.map((entry) =>
      entry.stage === 'caption' ? count('caption', { done: 6, memory: 2, waiting: 4, costMicroUsd: 4000 }) : entry,
    )
    expect(progressOf(facts(stages, { spentMicroUsd: 5000 })).forecastMicroUsd).toBe(5000 + 4 * 1000)
  })

  it('foretells nothing while a model has not been paid yet', () => {
    expect(progressOf(facts([count('sample-frames', { done: 1 })])).forecastMicroUsd).toBeNull()
    const memory = STAGE_NAMES.map((name) => count(name, { done: 5, memory: 5 }))
    expect(progressOf(facts(memory)).forecastMicroUsd).toBeNull()
  })

  it('leaves stages it does not know aside', () => {
    expect(progressOf(facts([count('daydream', { done: 3 })])).stages.map(({ stage }) => stage)).toEqual(STAGE_NAMES)
  })

  const small = fc.nat(50)
  const counts = fc.tuple(
    ...STAGE_NAMES.map((stage) =>
      fc
        .record({ done: small, running: small, waiting: small, failed: small, cancelled: small, recent: small, costMicroUsd: small })
        .chain((rest) =>
          fc.record({ memory: fc.nat(rest.done), retrying: fc.nat(rest.waiting) }).map((more) => count(stage, { ...rest, ...more })),
        ),
    ),
  )
  const anyFacts = fc
    .record({ stages: counts, videosTotal: small, spentMicroUsd: small, state: fc.constantFrom('running', 'paused', 'done', 'cancelled') })
    .map((more) => facts([...more.stages], more as Partial<ProgressFacts>))

  it('never counts more than there is, goes below zero or divides by it', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const progress = progressOf(given)
        for (const stage of progress.stages) {
          if (stage.total !== null) {
            expect(stage.total).toBeGreaterThanOrEqual(stage.done + stage.running + stage.waiting + stage.failed + stage.cancelled)
          }
          for (const value of [stage.perSec, stage.leftSec]) expect(value === null || (Number.isFinite(value) && value >= 0)).toBe(true)
        }
        const { forecastMicroUsd } = progress
        expect(forecastMicroUsd === null || forecastMicroUsd >= given.spentMicroUsd).toBe(true)
      }),
    )
  })

  it('lets the ends only grow along the order, while there is work left', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const ends = progressOf(given).stages.flatMap(({ leftSec }) => (leftSec === null || leftSec === 0 ? [] : [leftSec]))
        expect(ends).toEqual([...ends].sort((a, b) => a - b))
      }),
    )
  })
})
