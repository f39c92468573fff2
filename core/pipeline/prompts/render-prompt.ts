/** From a prompt and its data to the text that a model reads. */
import { AppError } from '../../errors'
import { type FencedValue, fenceData } from './fence'
import type { Prompt, SlotKind } from './prompt'
import { PROMPTS, type PromptId, type SlotsOf } from './prompt-table'

const SLOT = /\{\{\s*([^{}]*?)\s*\}\}/g
const MAX_FORK_CHARACTERS = 20_000

/** `hashInput` is canonical: its sha256 is the prompt hash of provenance. */
export type RenderedPrompt = { readonly id: PromptId; readonly system: string; readonly user: string; readonly hashInput: string }

/**
 * What is wrong with a project's own text for a prompt, as plain sentences; empty when it may be used. A fork has to keep every
 * slot of the original, so that the model still gets its material, and may not name others, which nothing would fill.
 */
export function checkFork(id: PromptId, text: string): readonly string[] {
  const prompt: Prompt = PROMPTS[id]
  const used = new Set([...text.matchAll(SLOT)].map((match) => match[1] ?? ''))
  const missing = Object.keys(prompt.slots).filter((name) => !used.has(name))
  const unknown = [...used].filter((name) => !Object.hasOwn(prompt.slots, name))
  return [
    ...(text.trim() === '' ? ['The prompt is empty.'] : []),
    ...(text.length > MAX_FORK_CHARACTERS ? [`The prompt has ${text.length} characters, more than ${MAX_FORK_CHARACTERS}.`] : []),
    ...missing.map((name) => `The prompt lacks {{${name}}}, which brings in what the model works on.`),
    ...unknown.map((name) => `The prompt names {{${name}}}, which nothing fills. It may use ${slotNames(prompt)}.`),
  ]
}

/**
 * The prompt with its slots filled: data fenced (see `fence.ts`), numbers as digits. `fork` replaces the user text.
 * Pure: the same arguments give the same text. Throws AppError invalid_input when the fork is not usable or a number is not finite.
 */
export function renderPrompt<Id extends PromptId>(id: Id, slots: SlotsOf<Id>, fork?: string): RenderedPrompt {
  const prompt: Prompt = PROMPTS[id]
  const problems = fork === undefined ? [] : checkFork(id, fork)
  if (problems.length > 0) {
    throw new AppError('invalid_input', `The project's prompt "${id}" cannot be used. ${problems[0]}`, { prompt: id, problems })
  }
  const values = new Map<string, FencedValue>(Object.entries(slots))
  // One pass with a function: what a slot brings in is never searched for slots again.
  const user = (fork ?? prompt.user).replace(SLOT, (_, name: string) => renderSlot(id, name, prompt.slots[name], values.get(name)))
  const hashInput = JSON.stringify({ id, version: prompt.version, system: prompt.system, user })
  return { id, system: prompt.system, user, hashInput }
}

function renderSlot(id: PromptId, name: string, kind: SlotKind | undefined, value: FencedValue | undefined): string {
  if (kind === 'number' && typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (kind === 'data' && value !== undefined) return fenceData(name, value)
  throw new AppError('invalid_input', `The slot ${name} of the prompt "${id}" has no usable value.`, { prompt: id, slot: name })
}

function slotNames(prompt: Prompt): string {
  return Object.keys(prompt.slots)
    .map((name) => `{{${name}}}`)
    .join(', ')
}
