/** All prompts by id, and which stage uses which. */
import type { z } from 'zod'
import type { StageName } from '../stages'
import { CAPTION } from './caption'
import { CLASSIFY_TASK } from './classify-task'
import { FIND_BOXES } from './find-boxes'
import { JUDGE } from './judge'
import { NAME_OBJECTS } from './name-objects'
import { PICK_CORE_FRAMES } from './pick-core-frames'
import type { SlotValues } from './prompt'
import { WRITE_DISTRACTORS } from './write-distractors'
import { WRITE_EVIDENCE } from './write-evidence'
import { WRITE_QA } from './write-qa'

/** Ids are what `settings.prompts` is keyed by, and never change their meaning. */
export const PROMPTS = {
  caption: CAPTION,
  'write-qa': WRITE_QA,
  judge: JUDGE,
  'pick-core-frames': PICK_CORE_FRAMES,
  'name-objects': NAME_OBJECTS,
  'write-evidence': WRITE_EVIDENCE,
  'find-boxes': FIND_BOXES,
  'classify-task': CLASSIFY_TASK,
  'write-distractors': WRITE_DISTRACTORS,
} as const

export type PromptId = keyof typeof PROMPTS
/** What the slots of a prompt are filled with. */
export type SlotsOf<Id extends PromptId> = SlotValues<(typeof PROMPTS)[Id]['slots']>
/** What a model answers to a prompt. */
export type AnswerOf<Id extends PromptId> = z.infer<(typeof PROMPTS)[Id]['answerSchema']>

const IDS_BY_STAGE: Readonly<Partial<Record<StageName, readonly PromptId[]>>> = {
  caption: ['caption'],
  'write-qa': ['write-qa'],
  'filter-qa': ['judge'],
  'pick-core-frames': ['pick-core-frames'],
  'name-objects': ['name-objects'],
  'write-evidence': ['write-evidence'],
  ground: ['find-boxes'],
  'classify-task': ['classify-task'],
  'write-options': ['write-distractors'],
}

/** The prompts whose text decides the result of a stage; empty for stages without a language model. */
export function promptIdsOf(stage: StageName): readonly PromptId[] {
  return IDS_BY_STAGE[stage] ?? []
}

/** Whether a word, such as a key of `settings.prompts`, names a prompt. */
export function isPromptId(word: string): word is PromptId {
  return Object.hasOwn(PROMPTS, word)
}
