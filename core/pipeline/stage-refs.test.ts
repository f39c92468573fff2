import { describe, expect, it } from 'vitest'
import { FIRST_SELECTOR, type PipelineSettings, PRESETS, pipelineSettingsSchema, refsOf, type SelectorSettings } from './settings'
import { readsText, refsOfStage } from './stage-refs'
import { roleOf, STAGE_NAMES } from './stages'

const paper: PipelineSettings = PRESETS.videoespresso
const withSelector = (change: Partial<SelectorSettings> = {}): PipelineSettings => ({
  ...paper,
  selector: { ...FIRST_SELECTOR, ...change },
})
const pickedBy = (settings: PipelineSettings) =>
  refsOfStage('pick-core-frames', settings).map(({ provider, model }) => `${provider}/${model}`)
const DETECTOR = 'embedded/ssd-coco'
const EMBEDDER = `${paper.roles.embedder.provider}/${paper.roles.embedder.model}`

describe('refsOfStage', () => {
  it('are those of the role, where the writer picks', () => {
    for (const stage of STAGE_NAMES) {
      const role = roleOf(stage)
      expect(refsOfStage(stage, paper)).toEqual(role === null ? [] : refsOf(paper, role))
    }
  })

  it('are what the selector goes by, in its one stage', () => {
    expect(pickedBy(withSelector())).toEqual([DETECTOR, EMBEDDER])
    const objects = { text: 0, objects: 1, vision: 1 }
    expect(pickedBy(withSelector({ weights: objects, visionModel: 'openai/clip' }))).toEqual([DETECTOR, 'onnx/openai/clip'])
    expect(pickedBy(withSelector({ weights: objects, visionModel: 'openai/clip', method: 'lifo' }))).toContain(EMBEDDER)
    for (const stage of STAGE_NAMES) {
      if (stage !== 'pick-core-frames') expect(refsOfStage(stage, withSelector())).toEqual(refsOfStage(stage, paper))
    }
  })

  it('name no dual encoder that has no weight', () => {
    expect(pickedBy(withSelector({ visionModel: 'openai/clip' }))).toEqual([DETECTOR, EMBEDDER])
  })
})

describe('readsText', () => {
  it('for the signal, and for lifo', () => {
    expect(readsText(FIRST_SELECTOR)).toBe(true)
    const weights = { text: 0, objects: 1, vision: 1 }
    expect(readsText({ ...FIRST_SELECTOR, weights })).toBe(false)
    expect(readsText({ ...FIRST_SELECTOR, weights, method: 'lifo' })).toBe(true)
  })
})

describe('settings', () => {
  it('that were kept before there was a selector let the writer pick', () => {
    const { selector: _, ...old } = paper
    expect(pipelineSettingsSchema.parse(old)).toEqual(paper)
    expect(paper.selector).toBeNull()
  })

  it.each([
    { method: 'best' },
    { k: 0 },
    { k: 9 },
    { k: 2.5 },
    { diversity: 1.1 },
    { diversity: Number.NaN },
    { weights: { text: -1, objects: 0, vision: 0 } },
    { weights: { text: 1, objects: 0 } },
    { visionModel: '' },
    { lambda: 1 },
  ])('refuse a selector with %j', (change) => {
    expect(pipelineSettingsSchema.safeParse({ ...paper, selector: { ...FIRST_SELECTOR, ...change } }).success).toBe(false)
    expect(pipelineSettingsSchema.safeParse(withSelector()).success).toBe(true)
  })
})
