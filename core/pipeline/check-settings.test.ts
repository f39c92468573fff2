import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkSettings } from './check-settings'
import { allRefs, FIRST_SELECTOR, type PipelineSettings, PRESETS, type ProviderRef, pipelineSettingsSchema } from './settings'

const { embedded, videoespresso } = PRESETS
const ref = (provider: ProviderRef['provider'], model: string, parameters: ProviderRef['parameters'] = {}): ProviderRef => ({
  provider,
  model,
  parameters,
})
const LOCAL = ref('server:local', 'qwen')

const withRole = (base: PipelineSettings, role: keyof PipelineSettings['roles'], filled: ProviderRef): PipelineSettings => ({
  ...base,
  roles: { ...base.roles, [role]: filled },
})
const said = (settings: PipelineSettings) => checkSettings(settings).map((problem) => `${problem.path}: ${problem.message}`)

test.each(Object.entries(PRESETS))('the preset %s has nothing wrong with it', (_, settings) => {
  expect(pipelineSettingsSchema.safeParse(settings).success).toBe(true)
  expect(said(settings)).toEqual([])
})

describe('models that cannot do what the role asks', () => {
  test.each<[keyof PipelineSettings['roles'], ProviderRef, RegExp]>([
    ['embedder', ref('anthropic', 'claude-haiku-4-5'), /no embeddings/],
    ['embedder', ref('embedded', 'ssd-coco'), /no embedded embedder. Take use-lite/],
    ['verifier', ref('openai', 'gpt-4o'), /cannot be the verifier/],
    ['verifier', ref('server:local', 'clip'), /cannot be the verifier/],
    ['captioner', ref('onnx', 'blip'), /ONNX model cannot be the captioner/],
    ['qa-writer', ref('onnx', 'phi'), /ONNX model cannot be the qa-writer/],
    ['detector', ref('embedded', 'grounding-dino'), /Take ssd-coco/],
  ])('%s by %j', (role, filled, message) => {
    const problems = checkSettings(withRole(embedded, role, filled)).filter((problem) => problem.path === `roles.${role}`)
    expect(problems.map((problem) => problem.message).join(' ')).toMatch(message)
  })

  test('a judge is named by its place', () => {
    expect(said({ ...embedded, judges: [ref('embedded', 'rules'), ref('onnx', 'x')] })).toEqual([
      expect.stringMatching(/^judges\.1: .*cannot be the judge/),
    ])
  })

  test('two judges must not be the same model', () => {
    expect(said({ ...videoespresso, judges: [LOCAL, ref('embedded', 'rules'), LOCAL] })).toEqual([
      expect.stringMatching(/^judges\.2: server:local\/qwen judges twice/),
    ])
    expect(said({ ...videoespresso, judges: [LOCAL, ref('server:local', 'internvl')] })).toEqual([])
  })
})

describe('templates need what only the embedded models give', () => {
  test('the template writer with captions of a language model', () => {
    expect(said(withRole(embedded, 'captioner', LOCAL))).toEqual([
      expect.stringMatching(/^roles\.qa-writer: .*needs the facts of the embedded/),
    ])
  })

  test('the template explainer with questions of a language model', () => {
    expect(said(withRole(embedded, 'qa-writer', LOCAL))).toEqual([expect.stringMatching(/^roles\.cot-writer: .*questions it wrote itself/)])
  })

  test('language models on top of embedded captions are fine', () => {
    const settings = withRole(withRole(embedded, 'qa-writer', LOCAL), 'cot-writer', LOCAL)
    expect(said(settings)).toEqual([])
  })
})

describe('parameters', () => {
  test.each<[ProviderRef['parameters'], RegExp]>([
    [{ temperatur: 0 }, /temperatur/],
    [{ temperature: 3 }, /parameters\.temperature/],
    [{ temperature: 'hot' }, /parameters\.temperature/],
    [{ maxOutputTokens: 1.5 }, /parameters\.maxOutputTokens/],
    [{ reasoning: 'extreme' }, /parameters\.reasoning/],
    [{ apiKey: 'sk-1' }, /may be given temperature, topP/],
  ])('%j is refused', (parameters, message) => {
    expect(said(withRole(videoespresso, 'captioner', ref('server:local', 'x', parameters))).join(' ')).toMatch(message)
  })

  test('all known ones together are taken', () => {
    const parameters = { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 2000, timeoutMs: 60_000, reasoning: 'low', jsonSchema: false }
    expect(said(withRole(videoespresso, 'captioner', ref('server:local', 'x', parameters)))).toEqual([])
  })
})

describe('numbers', () => {
  test('rates and motion must grow, for the project and for one video', () => {
    const { sampling } = embedded
    expect(said({ ...embedded, sampling: { ...sampling, staticFps: 3 } })).toEqual([
      expect.stringMatching(/^sampling: The rates must grow/),
    ])
    expect(said({ ...embedded, sampling: { ...sampling, dynamicFrom: 0.5 } })).toEqual([expect.stringMatching(/^sampling: Motion/)])
    const video = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'
    expect(said({ ...embedded, samplingByVideo: { [video]: { maxFps: 0.5 } } })).toEqual([
      expect.stringMatching(new RegExp(`^samplingByVideo\\.${video}: The rates`)),
    ])
    expect(said({ ...embedded, samplingByVideo: { [video]: { maxFps: 8 } } })).toEqual([])
  })

  test('the least core frames are not above the most', () => {
    expect(said({ ...embedded, coreFrames: { min: 4, max: 2 } })).toEqual([expect.stringMatching(/^coreFrames: /)])
  })
})

describe('a selector', () => {
  const selected = (weights: { text: number; objects: number; vision: number }, visionModel: string | null = null) =>
    said({ ...embedded, selector: { ...FIRST_SELECTOR, weights, visionModel } })

  test('by captions or pixels is fine', () => {
    expect(said({ ...embedded, selector: FIRST_SELECTOR })).toEqual([])
    expect(selected({ text: 0, objects: 1, vision: 1 }, 'openai/clip')).toEqual([])
  })

  test('by objects alone, or by nothing, is refused', () => {
    const expected = [expect.stringMatching(/^selector\.weights: .*no objects to go by/)]
    expect(selected({ text: 0, objects: 1, vision: 0 })).toEqual(expected)
    expect(selected({ text: 0, objects: 0, vision: 0 }, 'openai/clip')).toEqual(expected)
  })

  test('by pixels has to name who looks', () => {
    expect(selected({ text: 1, objects: 0, vision: 1 })).toEqual([expect.stringMatching(/^selector\.visionModel: /)])
  })
})

describe('prompts', () => {
  test('a fork without a slot, or of a prompt that does not exist, is named', () => {
    expect(said({ ...embedded, prompts: { judge: 'hello {{captions}}' } })).toEqual([expect.stringMatching(/^prompts\.judge: .*{{pair}}/)])
    expect(said({ ...embedded, prompts: { toString: 'x' } })).toEqual(['prompts.toString: There is no prompt "toString".'])
  })
})

test('any mix of refs gives problems with a path and words, never an exception', () => {
  const known = Object.values(PRESETS).flatMap((settings) => allRefs(settings).map((entry) => entry.ref))
  const any = fc.constantFrom(...known)
  fc.assert(
    fc.property(any, any, any, any, any, any, fc.array(any, { minLength: 2, maxLength: 5 }), (a, b, c, d, e, f, judges) => {
      const roles = { captioner: a, embedder: b, 'qa-writer': c, 'cot-writer': d, detector: e, verifier: f }
      for (const problem of checkSettings({ ...embedded, roles, judges })) {
        expect(problem.path).toMatch(/^(roles|judges)\./)
        expect(problem.message).toMatch(/\.$/)
      }
    }),
  )
})
