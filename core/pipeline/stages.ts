/**
 * The stages of the pipeline in the order they run (VideoEspresso §3, `docs/pipeline.md`). A stage of scope `video` runs once
 * a video, one of scope `draft` once for each question that passed the filter. `retrieve` stands before `ground`, because a
 * box needs to know its frame first.
 */
import { z } from 'zod'

/**
 * What a model is asked to do. `judge` filters questions here. A `selector` is no role that a provider fills: its methods are code
 * over what captioner, embedder and detector found (`settings.selector`). `reasoner` belongs to later work.
 */
export const MODEL_ROLES = ['captioner', 'embedder', 'qa-writer', 'judge', 'cot-writer', 'detector', 'verifier'] as const
export const modelRoleSchema = z.enum(MODEL_ROLES)
export type ModelRole = z.infer<typeof modelRoleSchema>

/** Name, scope and role of each stage, in the order they run. */
export const STAGES = [
  { name: 'sample-frames', scope: 'video', role: null },
  { name: 'caption', scope: 'video', role: 'captioner' },
  { name: 'dedupe', scope: 'video', role: 'embedder' },
  { name: 'group', scope: 'video', role: null },
  { name: 'write-qa', scope: 'video', role: 'qa-writer' },
  { name: 'filter-qa', scope: 'video', role: 'judge' },
  { name: 'pick-core-frames', scope: 'draft', role: 'cot-writer' },
  { name: 'name-objects', scope: 'draft', role: 'cot-writer' },
  { name: 'write-evidence', scope: 'draft', role: 'cot-writer' },
  { name: 'retrieve', scope: 'draft', role: 'embedder' },
  { name: 'ground', scope: 'draft', role: 'detector' },
  { name: 'verify', scope: 'draft', role: 'verifier' },
  { name: 'classify-task', scope: 'draft', role: 'cot-writer' },
  { name: 'write-options', scope: 'draft', role: 'cot-writer' },
  { name: 'lint', scope: 'draft', role: null },
] as const satisfies readonly { name: string; scope: 'video' | 'draft'; role: ModelRole | null }[]

export type StageName = (typeof STAGES)[number]['name']
/** The names alone, in order. */
export const STAGE_NAMES: readonly StageName[] = STAGES.map((stage) => stage.name)
export const stageNameSchema = z.enum(STAGES.map((stage) => stage.name))

/** 0-based place of a stage in the order. */
export function stagePosition(name: StageName): number {
  return STAGE_NAMES.indexOf(name)
}

/** The stage after this one; null after the last. */
export function stageAfter(name: StageName): StageName | null {
  return STAGE_NAMES[stagePosition(name) + 1] ?? null
}

/** Whether a stage runs once a video or once a draft. */
export function scopeOf(name: StageName): 'video' | 'draft' {
  return STAGES[stagePosition(name)]?.scope ?? 'draft'
}

/** The role that a stage asks; null where no model is needed. */
export function roleOf(name: StageName): ModelRole | null {
  return STAGES[stagePosition(name)]?.role ?? null
}
