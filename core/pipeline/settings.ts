/**
 * Settings of a project's pipeline: which model fills which role, thresholds, prompts. A run keeps a copy, so changing the
 * settings never changes what a run in flight does. Addresses and keys are not here: a provider is a name whose address and
 * key stand in the worker's environment (design §4), so that no one can send frames elsewhere by editing a project.
 */
import { z } from 'zod'
import { SELECTION_METHODS } from '../selection/selection-options'
import { MODEL_ROLES, type ModelRole } from './stages'

/**
 * `embedded` = what ships with Crema; `onnx` = a model folder that the administrator registered, named by `model`;
 * `server:<name>` = an OpenAI-compatible server named in `CREMA_MODEL_SERVERS`.
 */
export const providerNameSchema = z.union([
  z.enum(['embedded', 'onnx', 'openai', 'anthropic', 'google']),
  z.string().regex(/^server:[a-z0-9-]{1,32}$/, 'must be server:<name> with a name of CREMA_MODEL_SERVERS'),
])
export type ProviderName = z.infer<typeof providerNameSchema>

/** Who fills a role. `parameters` go to the model as they are (temperature, seed, maxOutputTokens). */
export const providerRefSchema = z.strictObject({
  provider: providerNameSchema,
  model: z.string().min(1).max(200),
  parameters: z.record(z.string().max(64), z.union([z.number(), z.string().max(200), z.boolean()])).default({}),
})
export type ProviderRef = z.infer<typeof providerRefSchema>

/** Our published rule for adaptive sampling; see `core/pipeline/sampling.ts`. Rates in frames a second, motion 0–1. */
export const samplingSettingsSchema = z.strictObject({
  staticFps: z.number().positive().max(60),
  dynamicFps: z.number().positive().max(60),
  maxFps: z.number().positive().max(60),
  /** Motion from which a shot counts as dynamic, and from which the highest rate is taken. */
  dynamicFrom: z.number().min(0).max(1),
  fastFrom: z.number().min(0).max(1),
  /** Mean difference of neighbouring frames that counts as a cut. */
  cutFrom: z.number().min(0).max(1),
  maxFrames: z.int().min(1).max(20_000),
})
export type SamplingSettings = z.infer<typeof samplingSettingsSchema>

const signalWeightSchema = z.number().min(0).max(1000)

/**
 * A selector in place of the writer (`core/selection`). `k` = how many frames, of `adaptive` the most. `diversity` 0–1 as screens have
 * it, ½ = the defaults of the method. Weights are relative; `vision` needs `visionModel`, a registered dual encoder.
 */
export const selectorSettingsSchema = z.strictObject({
  method: z.enum(SELECTION_METHODS),
  k: z.int().min(1).max(8),
  diversity: z.number().min(0).max(1),
  weights: z.strictObject({ text: signalWeightSchema, objects: signalWeightSchema, vision: signalWeightSchema }),
  visionModel: z.string().min(1).max(200).nullable(),
})
export type SelectorSettings = z.infer<typeof selectorSettingsSchema>

/** What a selector begins with when it is switched on: as many frames as the question needs, by captions and by things. */
export const FIRST_SELECTOR: SelectorSettings = {
  method: 'adaptive',
  k: 3,
  diversity: 0.5,
  weights: { text: 1, objects: 1, vision: 0 },
  visionModel: null,
}

export const pipelineSettingsSchema = z.strictObject({
  preset: z.enum(['videoespresso', 'local-server', 'embedded', 'custom']),
  roles: z.strictObject({
    captioner: providerRefSchema,
    embedder: providerRefSchema,
    'qa-writer': providerRefSchema,
    'cot-writer': providerRefSchema,
    detector: providerRefSchema,
    verifier: providerRefSchema,
  }),
  /** At least two that do not share a model, unless the embedded rule judges do the work. */
  judges: z.array(providerRefSchema).min(2).max(5),
  /** When judges disagree: `all` = kept only if all keep it, `majority`, `any` = kept if one does. */
  judgeRule: z.enum(['all', 'majority', 'any']),
  sampling: samplingSettingsSchema,
  captionBatch: z.int().min(1).max(64),
  dedupe: z.strictObject({
    threshold: z.number().min(0).max(1),
    /** `stack` = against the last kept caption; `adjacent` = against the caption just before, as the paper's text has it. */
    variant: z.enum(['stack', 'adjacent']),
    /** A caption with other numbers or directions is never a near-duplicate: embeddings are blind to them. */
    keepsNumbersAndDirections: z.boolean(),
  }),
  groupSize: z.int().min(2).max(200),
  pairsPerGroup: z.int().min(1).max(20),
  coreFrames: z.strictObject({ min: z.int().min(1).max(8), max: z.int().min(1).max(8) }),
  /** Who picks the core frames: null = the writer. Settings that were kept before there was a choice have none. */
  selector: selectorSettingsSchema.nullable().default(null),
  retrieval: z.strictObject({ lowMargin: z.number().min(0).max(1) }),
  detection: z.strictObject({
    boxThreshold: z.number().min(0).max(1),
    textThreshold: z.number().min(0).max(1),
    maxBoxes: z.int().min(1).max(50),
  }),
  verification: z.strictObject({ threshold: z.number().min(-1).max(1), mustRankFirst: z.boolean() }),
  options: z.strictObject({ isOn: z.boolean(), seed: z.int().min(0) }),
  /** Forked prompts by prompt id; see `core/pipeline/prompts`. Absent = the default. */
  prompts: z.record(z.string().max(64), z.string().min(1).max(20_000)),
  /** Micro US dollars for one million tokens, by `provider/model`; overrides the built-in table. */
  prices: z.record(z.string().max(240), z.strictObject({ inputPerMillion: z.int().min(0), outputPerMillion: z.int().min(0) })),
  /** Per video: another sampling rule, by video id. */
  samplingByVideo: z.record(z.uuid(), samplingSettingsSchema.partial()),
})
export type PipelineSettings = z.infer<typeof pipelineSettingsSchema>

const ref = (provider: ProviderName, model: string, parameters: ProviderRef['parameters'] = {}): ProviderRef => ({
  provider,
  model,
  parameters,
})

/** τ = 0.9 after StreamingCoT (the paper gives none); 15 captions a group and four stages of fps after the paper. */
const COMMON = {
  judgeRule: 'all',
  sampling: { staticFps: 1, dynamicFps: 2, maxFps: 4, dynamicFrom: 0.012, fastFrom: 0.045, cutFrom: 0.18, maxFrames: 1200 },
  captionBatch: 8,
  dedupe: { threshold: 0.9, variant: 'stack', keepsNumbersAndDirections: true },
  groupSize: 15,
  pairsPerGroup: 3,
  coreFrames: { min: 2, max: 3 },
  selector: null,
  retrieval: { lowMargin: 0.02 },
  detection: { boxThreshold: 0.35, textThreshold: 0.25, maxBoxes: 8 },
  verification: { threshold: 0.2, mustRankFirst: true },
  options: { isOn: true, seed: 1 },
  prompts: {},
  prices: {},
  samplingByVideo: {},
} as const satisfies Partial<PipelineSettings>

/** The paper's models where they can be named; InternVL2 behind an OpenAI-compatible server called `internvl`. */
const VIDEOESPRESSO: PipelineSettings = {
  ...COMMON,
  preset: 'videoespresso',
  roles: {
    captioner: ref('server:internvl', 'OpenGVLab/InternVL2-8B', { temperature: 0 }),
    embedder: ref('onnx', 'BAAI/bge-m3'),
    'qa-writer': ref('openai', 'gpt-4o', { temperature: 0 }),
    'cot-writer': ref('openai', 'gpt-4o', { temperature: 0 }),
    detector: ref('onnx', 'IDEA-Research/grounding-dino-tiny'),
    verifier: ref('onnx', 'openai/clip-vit-base-patch32'),
  },
  judges: [ref('anthropic', 'claude-sonnet-4-5', { temperature: 0 }), ref('google', 'gemini-2.5-pro', { temperature: 0 })],
}

/** Between the second looks measured on right boxes (0.64 and more) and on nearly all wrong ones (0.22 and less). */
const SECOND_LOOK = { verification: { threshold: 0.35, mustRankFirst: true } } as const

const LOCAL = ref('server:local', 'default', { temperature: 0 })
const LOCAL_SERVER: PipelineSettings = {
  ...COMMON,
  ...SECOND_LOOK,
  preset: 'local-server',
  roles: {
    captioner: LOCAL,
    embedder: ref('embedded', 'use-lite'),
    'qa-writer': LOCAL,
    'cot-writer': LOCAL,
    detector: ref('embedded', 'ssd-coco'),
    verifier: ref('embedded', 'second-look'),
  },
  judges: [LOCAL, ref('embedded', 'rules')],
}

const EMBEDDED: PipelineSettings = {
  ...COMMON,
  ...SECOND_LOOK,
  preset: 'embedded',
  roles: {
    captioner: ref('embedded', 'detector-caption'),
    embedder: ref('embedded', 'use-lite'),
    'qa-writer': ref('embedded', 'templates'),
    'cot-writer': ref('embedded', 'templates'),
    detector: ref('embedded', 'ssd-coco'),
    verifier: ref('embedded', 'second-look'),
  },
  judges: [ref('embedded', 'rules'), ref('embedded', 'second-scorer')],
}

/** Ready-made settings by name: the choices of the paper, one server of your own, and what ships with Crema. */
export const PRESETS = { videoespresso: VIDEOESPRESSO, 'local-server': LOCAL_SERVER, embedded: EMBEDDED } as const
export type PresetName = keyof typeof PRESETS
export const presetNameSchema = z.enum(['videoespresso', 'local-server', 'embedded'])

/** All providers that fill a role, judges included, in a stable order. */
export function refsOf(settings: PipelineSettings, role: ModelRole): readonly ProviderRef[] {
  return role === 'judge' ? settings.judges : [settings.roles[role]]
}

/** Every role with what fills it. */
export function allRefs(settings: PipelineSettings): readonly { role: ModelRole; ref: ProviderRef }[] {
  return MODEL_ROLES.flatMap((role) => refsOf(settings, role).map((entry) => ({ role, ref: entry })))
}
