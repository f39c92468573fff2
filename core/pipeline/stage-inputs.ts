/**
 * What each stage reads of the stages before it. The hash of a stage's input is made of exactly this, so that a change
 * elsewhere does not redo it (invariant 8): a new question in one group leaves the drafts of all others alone.
 */
import type { StageOutput } from './outputs'
import { STAGES, type StageName } from './stages'

const READS: Readonly<Record<StageName, readonly StageName[]>> = {
  'sample-frames': [],
  caption: ['sample-frames'],
  dedupe: ['caption'],
  group: ['dedupe'],
  'write-qa': ['caption', 'group'],
  'filter-qa': ['caption', 'group', 'write-qa'],
  'pick-core-frames': ['caption', 'group', 'write-qa'],
  'name-objects': ['caption', 'group', 'write-qa', 'pick-core-frames'],
  'write-evidence': ['caption', 'group', 'write-qa', 'pick-core-frames', 'name-objects'],
  retrieve: ['sample-frames', 'caption', 'group', 'write-qa', 'pick-core-frames'],
  ground: ['sample-frames', 'write-qa', 'name-objects', 'retrieve'],
  verify: ['sample-frames', 'name-objects', 'retrieve', 'ground'],
  'classify-task': ['caption', 'group', 'write-qa'],
  'write-options': ['caption', 'group', 'write-qa'],
  lint: STAGES.map((stage) => stage.name).filter((name) => name !== 'lint'),
}

/** The stages whose output a stage reads, in order. */
export function inputsOf(stage: StageName): readonly StageName[] {
  return READS[stage]
}

/** The outputs of `before` that a draft needs to know: its own pair, and the captions of its group. */
function narrowToPair(before: Partial<StageOutput>, pairKey: string): Partial<StageOutput> {
  const pair = before['write-qa']?.pairs.find((entry) => entry.key === pairKey)
  const group = pair === undefined ? undefined : before.group?.groups[pair.group]
  const frames = new Set(group ?? [])
  const captions = before.caption?.captions.filter((caption) => frames.has(caption.frameIndex)) ?? []
  return {
    ...before,
    caption: { captions },
    group: { groups: group === undefined ? [] : [group] },
    'write-qa': { pairs: pair === undefined ? [] : [{ ...pair, group: 0 }] },
    'sample-frames': { frames: before['sample-frames']?.frames.filter((frame) => frames.has(frame.index)) ?? [], shots: [], curve: [] },
    'filter-qa': { judged: before['filter-qa']?.judged.filter((entry) => entry.key === pairKey) ?? [] },
  }
}

/**
 * What decides the result of a stage, of the outputs before it. Pure: equal parts give equal values.
 *
 * @param pairKey the draft at hand; null for a stage of the whole video
 */
export function decidingInputs(stage: StageName, before: Partial<StageOutput>, pairKey: string | null): Partial<StageOutput> {
  const narrowed = pairKey === null ? before : narrowToPair(before, pairKey)
  return Object.fromEntries(inputsOf(stage).map((name) => [name, narrowed[name]]))
}
