import { describe, expect, it } from 'vitest'
import { estimateRequestSchema, runEstimateSchema } from './run-estimate'
import { PRESETS } from './settings'

describe('estimateRequestSchema', () => {
  it('means all videos and the settings of the project when nothing is said', () => {
    expect(estimateRequestSchema.parse({})).toEqual({ settings: null, preset: null, videoIds: null, freshFrom: null })
  })

  it('takes whole settings, or none', () => {
    expect(estimateRequestSchema.safeParse({ settings: PRESETS.embedded }).success).toBe(true)
    expect(estimateRequestSchema.safeParse({ settings: { dedupe: { threshold: 0.9 } } }).success).toBe(false)
  })

  it.each([[{ videoIds: ['x'] }], [{ freshFrom: 'daydream' }], [{ preset: 'best' }]])('refuses %j', (bad) => {
    expect(estimateRequestSchema.safeParse(bad).success).toBe(false)
  })
})

describe('runEstimateSchema', () => {
  const estimate = { videos: 2, fresh: 1, redone: 1, firstStage: 'dedupe', calls: 3, costMicroUsd: null, unpriced: ['a/b'], leftSec: null }

  it('may know neither price nor time', () => expect(runEstimateSchema.parse(estimate)).toEqual(estimate))

  it('counts nothing below zero', () => {
    for (const key of ['videos', 'fresh', 'redone', 'calls'])
      expect(runEstimateSchema.safeParse({ ...estimate, [key]: -1 }).success).toBe(false)
  })
})
