import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ASSUMED_TOKENS, estimateStages, expectedCounts, expectedFrames, type WorkCounts } from './estimate'
import { affectedStages } from './invalidation'
import { FIRST_SELECTOR, type PipelineSettings, PRESETS } from './settings'
import { STAGE_NAMES } from './stages'

const paper: PipelineSettings = PRESETS.videoespresso
const counts: WorkCounts = { videos: 2, frames: 100, kept: 60, groups: 4, pairs: 12, drafts: 6 }

describe('expectedFrames', () => {
  it('is the length at the dynamic rate, from one to the cap', () => {
    expect(expectedFrames(20, paper.sampling)).toBe(40)
    expect(expectedFrames(0.1, paper.sampling)).toBe(1)
    expect(expectedFrames(0, paper.sampling)).toBe(1)
    expect(expectedFrames(Number.NaN, paper.sampling)).toBe(1)
    expect(expectedFrames(1e9, paper.sampling)).toBe(1200)
  })
})

describe('expectedCounts', () => {
  it('follows from the frames of each video', () => {
    // 40 frames keep 20: two groups; 2 keep 1: no group.
    expect(expectedCounts([40, 2], paper)).toEqual({ videos: 2, frames: 42, kept: 21, groups: 2, pairs: 6, drafts: 3 })
    expect(expectedCounts([], paper)).toEqual({ videos: 0, frames: 0, kept: 0, groups: 0, pairs: 0, drafts: 0 })
  })

  it('takes the shares of earlier runs', () => {
    expect(expectedCounts([40], paper, { kept: 1, passed: 1 })).toMatchObject({ kept: 40, groups: 3, pairs: 9, drafts: 9 })
    expect(expectedCounts([40], paper, { kept: 0, passed: 0 })).toMatchObject({ kept: 1, groups: 0, pairs: 0, drafts: 0 })
  })
})

describe('estimateStages', () => {
  const whole = estimateStages(STAGE_NAMES, counts, paper)
  const of = (stage: string) => whole.stages.find((entry) => entry.stage === stage)

  it('counts units, calls and tokens as the stage has them', () => {
    expect(of('caption')).toEqual({
      stage: 'caption',
      units: 100,
      calls: 13,
      inputTokens: 110_000,
      outputTokens: 8000,
      // A server of our own.
      costMicroUsd: 0,
    })
    // 4 × (1,900 × $2.5 + 600 × $10) / 1,000,000
    expect(of('write-qa')).toMatchObject({ units: 4, calls: 4, costMicroUsd: 43_000 })
    // Two judges: 12 × (1,900 × $3 + 120 × $15) and 12 × (1,900 × $1.25 + 120 × $10)
    expect(of('filter-qa')).toMatchObject({ units: 12, calls: 24, costMicroUsd: 90_000 + 42_900 })
    expect(of('ground')).toMatchObject({ units: 18, calls: 0, costMicroUsd: 0 })
    expect(of('lint')).toMatchObject({ units: 6, calls: 0, costMicroUsd: 0 })
  })

  it('asks no writer where a selector picks, but the embedder where it reads', () => {
    const picking = (settings: PipelineSettings) => {
      const { stages, unpriced } = estimateStages(['pick-core-frames', 'ground'], counts, settings)
      return { picked: stages[0], ground: stages[1]?.units, unpriced }
    }
    expect(picking(paper)).toMatchObject({ picked: { units: 6, calls: 6 }, ground: 18 })
    const selected = { ...paper, selector: { ...FIRST_SELECTOR, k: 2 } }
    expect(picking(selected)).toMatchObject({ picked: { units: 6, calls: 0, costMicroUsd: 0 }, ground: 12 })
    const embedder = { provider: 'openai', model: 'text-embedding-3-small', parameters: {} } as const
    const asking = picking({ ...selected, roles: { ...paper.roles, embedder } }).picked
    expect(asking).toMatchObject({ calls: 6, inputTokens: 6 * 1450, outputTokens: 0 })
    const measured = estimateStages(['pick-core-frames'], counts, selected, { 'pick-core-frames': { input: 9e9, output: 9e9 } })
    expect(measured.inputTokens).toBe(0)
  })

  it('adds up', () => {
    const sum = (key: 'calls' | 'inputTokens' | 'outputTokens') => whole.stages.reduce((total, entry) => total + entry[key], 0)
    expect(whole.calls).toBe(sum('calls'))
    expect(whole.inputTokens).toBe(sum('inputTokens'))
    expect(whole.outputTokens).toBe(sum('outputTokens'))
    expect(whole.costMicroUsd).toBe(whole.stages.reduce((total, entry) => total + (entry.costMicroUsd ?? 0), 0))
    expect(whole.unpriced).toEqual([])
  })

  it('is free and asks nobody with the embedded models', () => {
    expect(estimateStages(STAGE_NAMES, counts, PRESETS.embedded)).toMatchObject({ calls: 0, inputTokens: 0, costMicroUsd: 0 })
  })

  it('names a model without a price instead of leaving it out', () => {
    const roles = { ...paper.roles, 'qa-writer': { provider: 'openai' as const, model: 'unheard-of', parameters: {} } }
    const estimate = estimateStages(STAGE_NAMES, counts, { ...paper, roles })
    expect(estimate.costMicroUsd).toBeNull()
    expect(estimate.unpriced).toEqual(['openai/unheard-of'])
    const priced = { 'openai/unheard-of': { inputPerMillion: 1_000_000, outputPerMillion: 0 } }
    expect(estimateStages(['write-qa'], counts, { ...paper, roles, prices: priced }).costMicroUsd).toBe(7600)
    // A stage with nothing to do costs nothing, whoever would do it.
    expect(estimateStages(['write-qa'], { ...counts, groups: 0 }, { ...paper, roles })).toMatchObject({ costMicroUsd: 0, unpriced: [] })
  })

  it('takes the tokens that earlier runs had', () => {
    const measured = { 'write-qa': { input: 1000, output: 0 } }
    expect(estimateStages(['write-qa'], counts, paper, measured)).toMatchObject({ inputTokens: 4000, costMicroUsd: 10_000 })
  })

  it('of options that are off is nothing', () => {
    const off = { ...paper, options: { ...paper.options, isOn: false } }
    expect(estimateStages(['write-options'], counts, off)).toMatchObject({ calls: 0, costMicroUsd: 0 })
  })

  it('of a change is what the change redoes', () => {
    const after = { ...paper, detection: { ...paper.detection, boxThreshold: 0.5 } }
    const redone = estimateStages(affectedStages(paper, after), counts, after)
    expect(redone.stages.map((entry) => entry.stage)).toEqual(['ground', 'verify', 'lint'])
    expect(redone.costMicroUsd).toBe(0)
    expect(estimateStages(affectedStages(paper, paper), counts, paper)).toMatchObject({ stages: [], calls: 0, costMicroUsd: 0 })
  })

  it('has an assumption for each stage that a language model or an embedder can do', () => {
    for (const stage of STAGE_NAMES) {
      if (['sample-frames', 'group', 'verify', 'lint'].includes(stage)) continue
      expect(ASSUMED_TOKENS[stage]).toBeDefined()
    }
  })
})

describe('laws', () => {
  it('more work never costs less, and fewer stages never more', () => {
    const frames = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 8 })
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 300 }), fc.subarray([...STAGE_NAMES]), (given, extra, some) => {
        const [few, many] = [expectedCounts(given, paper), expectedCounts([...given, extra], paper)]
        const cost = (stages: typeof some, of: WorkCounts) => estimateStages(stages, of, paper).costMicroUsd ?? Number.NaN
        expect(cost([...STAGE_NAMES], many)).toBeGreaterThanOrEqual(cost([...STAGE_NAMES], few))
        expect(cost(some, many)).toBeLessThanOrEqual(cost([...STAGE_NAMES], many))
      }),
    )
  })
})
