/** Refusing what a model gave: nothing of it is written, and the stage is tried again (invariant 7). */
import { AppError } from '@/core/errors'

/** `who` = the role; `what` = one plain sentence about the answer, never its whole text. */
export function badAnswer(who: string, what: string, details: Readonly<Record<string, unknown>> = {}): AppError {
  return new AppError('model_bad_answer', `The ${who} gave an answer that cannot be used: ${what}`, details)
}

/** Refuses a text without a letter or digit. */
export function checkText(who: string, name: string, text: string): void {
  if (!/[\p{L}\p{N}]/u.test(text)) throw badAnswer(who, `${name} is empty.`)
}
