/**
 * What has to be done again when settings change (invariant 8: a result is keyed by what decided it). Here the part that the
 * settings decide; what a stage reads of the stages before it stands in `stage-inputs.ts`.
 */
import { equalValues } from '../equal'
import { PROMPTS, promptIdsOf } from './prompts/prompt-table'
import { samplingFor } from './sampling'
import type { PipelineSettings, ProviderRef } from './settings'
import { inputsOf } from './stage-inputs'
import { refsOfStage } from './stage-refs'
import { STAGE_NAMES, type StageName } from './stages'

/**
 * Raised by one whenever the code of a stage comes to other results from the same input, so that stored ones are not taken.
 * Prompts have a version of their own.
 */
export const STAGE_VERSION: Readonly<Record<StageName, number>> = {
  'sample-frames': 1,
  caption: 1,
  dedupe: 1,
  group: 1,
  'write-qa': 1,
  'filter-qa': 1,
  'pick-core-frames': 2,
  'name-objects': 1,
  'write-evidence': 1,
  retrieve: 1,
  ground: 2,
  verify: 2,
  'classify-task': 1,
  'write-options': 1,
  lint: 1,
}

/** The part of the settings that decides a stage's result: JSON, the same for settings that differ elsewhere only. */
export type StageSettings = Readonly<Record<string, unknown>>

/** Models that ship with Crema and registered ONNX models read no prompt. */
const readsPrompts = (ref: ProviderRef) => ref.provider !== 'embedded' && ref.provider !== 'onnx'

/** The text of a project's own prompt, else the version of the default one; nothing where no language model works. */
function promptsOf(stage: StageName, settings: PipelineSettings, refs: readonly ProviderRef[]): StageSettings {
  if (!refs.some(readsPrompts)) return {}
  const texts = promptIdsOf(stage).map((id): [string, unknown] => {
    return [id, Object.hasOwn(settings.prompts, id) ? settings.prompts[id] : PROMPTS[id].version]
  })
  return { prompts: Object.fromEntries(texts) }
}

/**
 * The part of the settings that decides the result of a stage: who fills its role, thresholds and counts, prompts. Equal parts
 * give equal results from equal inputs, so this is what the hash of a stage's input is made of.
 *
 * @param videoId the video at hand, whose own sampling rule counts; null = those of all videos
 */
export function stageSettings(stage: StageName, settings: PipelineSettings, videoId: string | null): StageSettings {
  const { roles, judges } = settings
  const asked = (ref: ProviderRef, own: StageSettings = {}) => ({ model: ref, ...promptsOf(stage, settings, [ref]), ...own })
  switch (stage) {
    case 'sample-frames': {
      if (videoId === null) return { sampling: settings.sampling, samplingByVideo: settings.samplingByVideo }
      return { sampling: samplingFor(settings, videoId) }
    }
    case 'caption':
      return asked(roles.captioner, { captionBatch: settings.captionBatch })
    case 'dedupe':
      return asked(roles.embedder, { dedupe: settings.dedupe })
    case 'group':
      return { groupSize: settings.groupSize }
    case 'write-qa':
      return asked(roles['qa-writer'], { pairsPerGroup: settings.pairsPerGroup })
    case 'filter-qa':
      return { judges, judgeRule: settings.judgeRule, ...promptsOf(stage, settings, judges) }
    case 'pick-core-frames': {
      const { selector, coreFrames } = settings
      return selector === null ? asked(roles['cot-writer'], { coreFrames }) : { selector, models: refsOfStage(stage, settings) }
    }
    case 'name-objects':
    case 'write-evidence':
    case 'classify-task':
      return asked(roles['cot-writer'])
    case 'retrieve':
      return asked(roles.embedder, { retrieval: settings.retrieval })
    case 'ground':
      return asked(roles.detector, { detection: settings.detection })
    case 'verify':
      return asked(roles.verifier, { verification: settings.verification })
    case 'write-options': {
      // Without options nobody is asked, whoever could be.
      const { isOn, seed } = settings.options
      return isOn ? asked(roles['cot-writer'], { options: { isOn, seed } }) : { options: { isOn, seed } }
    }
    case 'lint':
      return {}
  }
}

/** Stages whose own settings differ, in order. Stages after them may have to be redone too: see `affectedStages`. */
function changedStages(before: PipelineSettings, after: PipelineSettings): StageName[] {
  return STAGE_NAMES.filter((stage) => !equalValues(stageSettings(stage, before, null), stageSettings(stage, after, null)))
}

/** The stages given and every stage that reads, directly or not, what they put out; in order. */
export function withDependants(stages: readonly StageName[]): StageName[] {
  const touched = new Set(stages)
  // In order, because a stage reads earlier ones only.
  for (const stage of STAGE_NAMES) if (inputsOf(stage).some((input) => touched.has(input))) touched.add(stage)
  return STAGE_NAMES.filter((stage) => touched.has(stage))
}

/**
 * Every stage that a change of settings can make to be done again. It is an upper bound: a stage that comes to the same result
 * stops the chain, because the stages after it then find theirs in memory.
 */
export function affectedStages(before: PipelineSettings, after: PipelineSettings): StageName[] {
  return withDependants(changedStages(before, after))
}

/** The first stage that a change of settings makes to be done again; null when nothing is. */
export function firstAffectedStage(before: PipelineSettings, after: PipelineSettings): StageName | null {
  return changedStages(before, after)[0] ?? null
}
