/** What a prompt is: text with named slots, and the shape of the answer. One file a prompt; the table is `prompt-table.ts`. */
import type { z } from 'zod'
import type { FencedValue } from './fence'

/** `data` = fenced JSON, never trusted; `number` = a count that our own settings give. */
export type SlotKind = 'data' | 'number'

/**
 * `user` holds each slot as `{{name}}`. `version` goes up with every change of text or schema, so that a reader of provenance
 * can tell two drafts apart. A project may replace `user` (a fork), never `system` or the schema.
 */
export type Prompt<
  Slots extends Readonly<Record<string, SlotKind>> = Readonly<Record<string, SlotKind>>,
  Answer extends z.ZodType = z.ZodType,
> = {
  readonly version: number
  readonly system: string
  readonly user: string
  readonly slots: Slots
  readonly answerSchema: Answer
}

/** A value for each slot. */
export type SlotValues<Slots extends Readonly<Record<string, SlotKind>>> = {
  readonly [Name in keyof Slots]: Slots[Name] extends 'number' ? number : FencedValue
}

/** Keeps the literal types of a prompt's slots and schema. */
export function definePrompt<const Slots extends Readonly<Record<string, SlotKind>>, Answer extends z.ZodType>(
  prompt: Prompt<Slots, Answer>,
): Prompt<Slots, Answer> {
  return prompt
}
