import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalValues } from '../equal'
import { affectedStages, firstAffectedStage, STAGE_VERSION, stageSettings, withDependants } from './invalidation'
import { FIRST_SELECTOR, type PipelineSettings, PRESETS, pipelineSettingsSchema } from './settings'
import { STAGE_NAMES, type StageName, stagePosition } from './stages'

const paper: PipelineSettings = PRESETS.videoespresso
const embedded: PipelineSettings = PRESETS.embedded
const VIDEO = '6f1c3a52-9d0e-4b1a-8d43-0a1b2c3d4e5f'
const OTHER = '00000000-0000-4000-8000-000000000000'
const otherModel = { provider: 'openai' as const, model: 'gpt-5', parameters: {} }

/** One change of settings with the stage it touches first. */
const CHANGES: readonly [string, (settings: PipelineSettings) => PipelineSettings, StageName][] = [
  ['sampling', (s) => ({ ...s, sampling: { ...s.sampling, staticFps: 9 } }), 'sample-frames'],
  ['a rule of one video', (s) => ({ ...s, samplingByVideo: { [VIDEO]: { maxFps: 9 } } }), 'sample-frames'],
  ['the captioner', (s) => ({ ...s, roles: { ...s.roles, captioner: otherModel } }), 'caption'],
  ['the caption batch', (s) => ({ ...s, captionBatch: 3 }), 'caption'],
  ['the caption prompt', (s) => ({ ...s, prompts: { caption: 'mine {{frames}}' } }), 'caption'],
  ['the embedder', (s) => ({ ...s, roles: { ...s.roles, embedder: otherModel } }), 'dedupe'],
  ['τ', (s) => ({ ...s, dedupe: { ...s.dedupe, threshold: 0.5 } }), 'dedupe'],
  ['the variant', (s) => ({ ...s, dedupe: { ...s.dedupe, variant: 'adjacent' } }), 'dedupe'],
  ['the group size', (s) => ({ ...s, groupSize: 4 }), 'group'],
  ['the writer', (s) => ({ ...s, roles: { ...s.roles, 'qa-writer': otherModel } }), 'write-qa'],
  ['pairs a group', (s) => ({ ...s, pairsPerGroup: 9 }), 'write-qa'],
  ['the judges', (s) => ({ ...s, judges: [otherModel, otherModel] }), 'filter-qa'],
  ['the judges’ rule', (s) => ({ ...s, judgeRule: 'any' }), 'filter-qa'],
  ['the judges’ prompt', (s) => ({ ...s, prompts: { judge: 'mine' } }), 'filter-qa'],
  ['core frames', (s) => ({ ...s, coreFrames: { min: 1, max: 8 } }), 'pick-core-frames'],
  ['a selector', (s) => ({ ...s, selector: FIRST_SELECTOR }), 'pick-core-frames'],
  ['another selector', (s) => ({ ...s, selector: { ...FIRST_SELECTOR, method: 'mmr' } }), 'pick-core-frames'],
  ['the prompt of objects', (s) => ({ ...s, prompts: { 'name-objects': 'mine' } }), 'name-objects'],
  ['the prompt of evidence', (s) => ({ ...s, prompts: { 'write-evidence': 'mine' } }), 'write-evidence'],
  ['the low margin', (s) => ({ ...s, retrieval: { lowMargin: 0.5 } }), 'retrieve'],
  ['the detector', (s) => ({ ...s, roles: { ...s.roles, detector: otherModel } }), 'ground'],
  ['a threshold', (s) => ({ ...s, detection: { ...s.detection, boxThreshold: 0.9 } }), 'ground'],
  ['the verifier', (s) => ({ ...s, roles: { ...s.roles, verifier: { ...otherModel, provider: 'onnx' } } }), 'verify'],
  ['its threshold', (s) => ({ ...s, verification: { ...s.verification, threshold: 0.9 } }), 'verify'],
  ['the task prompt', (s) => ({ ...s, prompts: { 'classify-task': 'mine' } }), 'classify-task'],
  ['the option seed', (s) => ({ ...s, options: { ...s.options, seed: 77 } }), 'write-options'],
  ['no options', (s) => ({ ...s, options: { ...s.options, isOn: false } }), 'write-options'],
]

describe('a change', () => {
  it.each(CHANGES)('of %s touches its stage first', (_, change, first) => {
    expect(pipelineSettingsSchema.safeParse(change(paper)).success).toBe(true)
    expect(firstAffectedStage(paper, change(paper))).toBe(first)
    const affected = affectedStages(paper, change(paper))
    expect(affected[0]).toBe(first)
    expect(affected.at(-1)).toBe('lint')
    expect(affectedStages(change(paper), paper)).toEqual(affected)
  })

  it('of prices, of the name of the preset or of nothing touches no stage', () => {
    const priced: PipelineSettings = {
      ...paper,
      preset: 'custom',
      prices: { 'openai/gpt-4o': { inputPerMillion: 1, outputPerMillion: 1 } },
    }
    expect(firstAffectedStage(paper, priced)).toBeNull()
    expect(affectedStages(paper, structuredClone(paper))).toEqual([])
  })

  it('of a prompt that no language model reads touches no stage', () => {
    expect(firstAffectedStage(embedded, { ...embedded, prompts: { caption: 'mine', judge: 'mine', 'find-boxes': 'mine' } })).toBeNull()
    const reading = { ...paper, roles: { ...paper.roles, detector: otherModel } }
    expect(firstAffectedStage(reading, { ...reading, prompts: { 'find-boxes': 'mine' } })).toBe('ground')
  })

  it('of writer, prompt or limits does not touch core frames that a selector picks, of the embedder it does', () => {
    const selected = { ...paper, selector: FIRST_SELECTOR }
    const picked = (settings: PipelineSettings) => stageSettings('pick-core-frames', settings, VIDEO)
    for (const change of [
      { roles: { ...paper.roles, 'cot-writer': otherModel } },
      { prompts: { 'pick-core-frames': 'mine' } },
      { coreFrames: { min: 1, max: 8 } },
    ]) {
      expect(picked({ ...selected, ...change })).toEqual(picked(selected))
      expect(picked({ ...paper, ...change })).not.toEqual(picked(paper))
    }
    expect(picked({ ...selected, roles: { ...paper.roles, embedder: otherModel } })).not.toEqual(picked(selected))
  })

  it('leaves what was stored before there was a selector as it was', () => {
    expect(Object.keys(stageSettings('pick-core-frames', paper, VIDEO)).sort()).toEqual(['coreFrames', 'model', 'prompts'])
  })

  it('of the writer of chains does not touch options that are off', () => {
    const off = { ...embedded, options: { isOn: false, seed: 1 } }
    expect(stageSettings('write-options', { ...off, roles: { ...off.roles, 'cot-writer': otherModel } }, VIDEO)).toEqual(
      stageSettings('write-options', off, VIDEO),
    )
  })

  it('of the detector leaves evidence, task and options alone', () => {
    const after = { ...paper, detection: { ...paper.detection, maxBoxes: 1 } }
    expect(affectedStages(paper, after)).toEqual(['ground', 'verify', 'lint'])
  })

  it('of τ redoes what is written from its groups and keeps frames and captions', () => {
    const after = { ...paper, dedupe: { ...paper.dedupe, threshold: 0.8 } }
    expect(affectedStages(paper, after)).toEqual(STAGE_NAMES.filter((stage) => stagePosition(stage) >= stagePosition('dedupe')))
  })

  it('of one video’s rule leaves the other videos alone', () => {
    const after = { ...paper, samplingByVideo: { [VIDEO]: { staticFps: 3 } } }
    expect(stageSettings('sample-frames', after, OTHER)).toEqual(stageSettings('sample-frames', paper, OTHER))
    expect(stageSettings('sample-frames', after, VIDEO)).not.toEqual(stageSettings('sample-frames', paper, VIDEO))
    // Said for the video, it is the same as said for all of them.
    const forAll = { ...paper, sampling: { ...paper.sampling, staticFps: 3 } }
    expect(stageSettings('sample-frames', after, VIDEO)).toEqual(stageSettings('sample-frames', forAll, VIDEO))
  })
})

describe('withDependants', () => {
  it('of no stage is none, of the first all', () => {
    expect(withDependants([])).toEqual([])
    expect(withDependants(['sample-frames'])).toEqual(STAGE_NAMES)
    expect(withDependants(['lint'])).toEqual(['lint'])
  })
})

describe('every stage', () => {
  it('has a version and settings of plain JSON', () => {
    for (const stage of STAGE_NAMES) {
      expect(STAGE_VERSION[stage]).toBeGreaterThan(0)
      const part = stageSettings(stage, paper, VIDEO)
      expect(JSON.parse(JSON.stringify(part))).toEqual(part)
    }
  })

  it('of language models names the version of its prompt, or the project’s own text', () => {
    expect(stageSettings('caption', paper, VIDEO)).toMatchObject({ prompts: { caption: expect.any(Number) } })
    expect(stageSettings('caption', { ...paper, prompts: { caption: 'mine' } }, VIDEO)).toMatchObject({ prompts: { caption: 'mine' } })
    expect(stageSettings('caption', embedded, VIDEO)).not.toHaveProperty('prompts')
  })
})

describe('laws', () => {
  const changed = fc.subarray([...CHANGES]).map((changes) => ({
    settings: changes.reduce((settings, [, change]) => change(settings), paper),
    changes,
  }))

  it('settings equal in the parts of the first stages give equal inputs for them, and only the named stages differ', () => {
    fc.assert(
      fc.property(changed, changed, ({ settings: a }, { settings: b }) => {
        const first = firstAffectedStage(a, b)
        const until = first === null ? STAGE_NAMES.length : stagePosition(first)
        for (const stage of STAGE_NAMES.slice(0, until)) {
          for (const video of [VIDEO, OTHER, null]) expect(stageSettings(stage, a, video)).toEqual(stageSettings(stage, b, video))
        }
        const affected = affectedStages(a, b)
        for (const stage of STAGE_NAMES) {
          const isSame = equalValues(stageSettings(stage, a, VIDEO), stageSettings(stage, b, VIDEO))
          if (!affected.includes(stage)) expect(isSame).toBe(true)
        }
        expect(withDependants(affected)).toEqual(affected)
        expect(affectedStages(b, a)).toEqual(affected)
      }),
    )
  })
})
