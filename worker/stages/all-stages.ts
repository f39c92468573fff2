/** Every stage by name, loaded when it is first run, so that a worker starts without what it does not need. */
import { AppError } from '@/core/errors'
import type { StageName } from '@/core/pipeline/stages'
import type { Stage } from './stage'

type Loaders = { readonly [Name in Exclude<StageName, 'lint'>]: () => Promise<Stage<Name>> }

const LOADERS: Loaders = {
  'sample-frames': async () => (await import('./sample-frames')).sampleFramesStage,
  caption: async () => (await import('./caption')).captionStage,
  dedupe: async () => (await import('./dedupe')).dedupeStage,
  group: async () => (await import('./group')).groupStage,
  'write-qa': async () => (await import('./write-qa')).writeQaStage,
  'filter-qa': async () => (await import('./filter-qa')).filterQaStage,
  'pick-core-frames': async () => (await import('./pick-core-frames')).pickCoreFramesStage,
  'name-objects': async () => (await import('./name-objects')).nameObjectsStage,
  'write-evidence': async () => (await import('./write-evidence')).writeEvidenceStage,
  retrieve: async () => (await import('./retrieve')).retrieveStage,
  ground: async () => (await import('./ground')).groundStage,
  verify: async () => (await import('./verify')).verifyStage,
  'classify-task': async () => (await import('./classify-task')).classifyTaskStage,
  'write-options': async () => (await import('./write-options')).writeOptionsStage,
}

/** The stage of that name. `lint` is none of them: it writes, which the engine does with `assembleDraft` of `lint.ts`. */
export async function loadStage(name: StageName): Promise<Stage<StageName>> {
  if (name === 'lint') throw new AppError('internal', 'The draft is written by the engine, not by a stage of its own.')
  return LOADERS[name]()
}
