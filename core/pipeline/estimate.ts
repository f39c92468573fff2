/**
 * What a run, or the part of one that a change redoes, will ask of its models and cost, before it is started. An estimate of
 * the mean, unlike the worst case that is reserved before each call; from averages of earlier runs where there are any.
 */
import { costMicroUsd, priceOf } from './prices'
import type { PipelineSettings, ProviderRef, SamplingSettings } from './settings'
import { refsOfStage } from './stage-refs'
import type { StageName } from './stages'

/** How much work there is, over all videos. `kept` = captions that are no near-duplicates. */
export type WorkCounts = {
  readonly videos: number
  readonly frames: number
  readonly kept: number
  readonly groups: number
  readonly pairs: number
  readonly drafts: number
}

/** Parts of 1 that earlier runs had: captions kept of all, pairs that passed the judges of all written. */
export type Shares = { readonly kept: number; readonly passed: number }

/**
 * Assumed until a project has runs of its own: every second caption says something new, every second pair passes. The paper
 * gives neither.
 */
export const ASSUMED_SHARES: Shares = { kept: 0.5, passed: 0.5 }

/** Tokens of one unit of a stage's work (see `UNITS`). */
export type UnitTokens = { readonly input: number; readonly output: number }

/**
 * Assumed tokens of one unit: a picture of 768 px is about 1,000 tokens, a caption 80, a group of 15 captions with its prompt
 * 1,900. Each is replaced by the mean of earlier runs where there are any.
 */
export const ASSUMED_TOKENS: Readonly<Partial<Record<StageName, UnitTokens>>> = {
  caption: { input: 1100, output: 80 },
  dedupe: { input: 80, output: 0 },
  'write-qa': { input: 1900, output: 600 },
  'filter-qa': { input: 1900, output: 120 },
  'pick-core-frames': { input: 1900, output: 250 },
  'name-objects': { input: 500, output: 80 },
  'write-evidence': { input: 800, output: 300 },
  retrieve: { input: 1450, output: 0 },
  ground: { input: 1200, output: 150 },
  'classify-task': { input: 1900, output: 60 },
  'write-options': { input: 1900, output: 150 },
}

/** Texts that go to an embedder in one call. */
const TEXTS_PER_CALL = 64

/**
 * Frames that the sampling rule will take of a video that has not been measured: its length at the dynamic rate, the middle of
 * the three, at least one.
 */
export function expectedFrames(durationSec: number, sampling: SamplingSettings): number {
  const frames = Number.isFinite(durationSec) && durationSec > 0 ? Math.ceil(durationSec * sampling.dynamicFps) : 1
  return Math.max(1, Math.min(frames, sampling.maxFrames))
}

/**
 * The work that follows from the frames of each video.
 *
 * @param frames sampled frames of each video, whole numbers from 1
 */
export function expectedCounts(frames: readonly number[], settings: PipelineSettings, shares: Shares = ASSUMED_SHARES): WorkCounts {
  let [kept, groups] = [0, 0]
  for (const count of frames) {
    const mine = Math.min(count, Math.max(1, Math.round(count * shares.kept)))
    kept += mine
    // A single frame is no group that a question can be asked of.
    if (mine > 1) groups += Math.ceil(mine / settings.groupSize)
  }
  const pairs = groups * settings.pairsPerGroup
  const drafts = Math.round(pairs * shares.passed)
  return { videos: frames.length, frames: frames.reduce((sum, count) => sum + count, 0), kept, groups, pairs, drafts }
}

/** What a stage does once for each of: its unit, in number. */
function unitsOf(stage: StageName, counts: WorkCounts, settings: PipelineSettings): number {
  switch (stage) {
    case 'sample-frames':
    case 'group':
      return counts.videos
    case 'caption':
    case 'dedupe':
      return counts.frames
    case 'write-qa':
      return counts.groups
    case 'filter-qa':
      return counts.pairs
    case 'ground':
    case 'verify':
      return counts.drafts * (settings.selector?.k ?? settings.coreFrames.max)
    case 'write-options':
      return settings.options.isOn ? counts.drafts : 0
    default:
      return counts.drafts
  }
}

function callsOf(stage: StageName, units: number, settings: PipelineSettings): number {
  if (stage === 'caption') return Math.ceil(units / settings.captionBatch)
  return stage === 'dedupe' ? Math.ceil(units / TEXTS_PER_CALL) : units
}

/** `units` = frames, groups, pairs or drafts, as the stage has it; `costMicroUsd` null = a model whose price is not known. */
export type StageEstimate = {
  readonly stage: StageName
  readonly units: number
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly costMicroUsd: number | null
}

/** `unpriced` = `provider/model` without a price, each once; with one of them the total is null. */
export type RunEstimate = {
  readonly stages: readonly StageEstimate[]
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly costMicroUsd: number | null
  readonly unpriced: readonly string[]
}

/** Models on this machine are asked without tokens and without a bill. */
const isAsked = (ref: ProviderRef) => ref.provider !== 'embedded' && ref.provider !== 'onnx'

/** A selector has the captions of a group embedded with the question, as `retrieve` does, and nobody writes. */
function tokensOf(stage: StageName, settings: PipelineSettings, measured: Readonly<Partial<Record<StageName, UnitTokens>>>): UnitTokens {
  const isSelected = stage === 'pick-core-frames' && settings.selector !== null
  const known = isSelected ? ASSUMED_TOKENS.retrieve : (measured[stage] ?? ASSUMED_TOKENS[stage])
  return known ?? { input: 0, output: 0 }
}

/**
 * What these stages will ask of models and cost.
 *
 * @param stages those that will run: all, those from a stage on, or `affectedStages` of a change
 * @param counts the work: counted in an earlier run, or `expectedCounts`
 * @param measured tokens of one unit in earlier runs; where a stage has none, `ASSUMED_TOKENS` are taken
 */
export function estimateStages(
  stages: readonly StageName[],
  counts: WorkCounts,
  settings: PipelineSettings,
  measured: Readonly<Partial<Record<StageName, UnitTokens>>> = {},
): RunEstimate {
  const unpriced = new Set<string>()
  const estimates = stages.map((stage): StageEstimate => {
    const units = unitsOf(stage, counts, settings)
    const tokens = tokensOf(stage, settings, measured)
    const refs = refsOfStage(stage, settings).filter(isAsked)
    const each = { inputTokens: Math.ceil(units * tokens.input), outputTokens: Math.ceil(units * tokens.output) }
    const costs = refs.map((ref) => {
      const price = priceOf(ref, settings.prices)
      if (price === null && units > 0) unpriced.add(`${ref.provider}/${ref.model}`)
      return price === null ? null : costMicroUsd(each, price)
    })
    return {
      stage,
      units,
      calls: callsOf(stage, units, settings) * refs.length,
      inputTokens: each.inputTokens * refs.length,
      outputTokens: each.outputTokens * refs.length,
      costMicroUsd: units === 0 ? 0 : totalOf(costs),
    }
  })
  return {
    stages: estimates,
    calls: totalOf(estimates.map((entry) => entry.calls)) ?? 0,
    inputTokens: totalOf(estimates.map((entry) => entry.inputTokens)) ?? 0,
    outputTokens: totalOf(estimates.map((entry) => entry.outputTokens)) ?? 0,
    costMicroUsd: totalOf(estimates.map((entry) => entry.costMicroUsd)),
    unpriced: [...unpriced],
  }
}

/** Null as soon as one part is not known: a sum that leaves something out would be too low without saying so. */
function totalOf(parts: readonly (number | null)[]): number | null {
  return parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0)
}
