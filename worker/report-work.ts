/** What each method's answer takes on one video with nothing known beforehand: time and operations. */
import { captionTexts } from '@/core/selection/caption-texts'
import type { QuestionPlan } from '@/core/selection/question-plan'
import { type SelectorFlops, selectorFlops } from '@/core/selection/report-cost'
import type { SelectionMethod } from '@/core/selection/selection-options'

/** Milliseconds of all candidates: decoding and looking, and embedding what the captions say. */
export type VideoTime = { readonly lookMs: number; readonly factsMs: number }
/** Milliseconds of one question: embedding it for the captions, and weighing all frames, its vector for the pictures included. */
export type QuestionTime = { readonly questionMs: number; readonly weighMs: number }

export type Account = {
  readonly candidates: number
  readonly time: VideoTime & QuestionTime
  readonly flops: SelectorFlops
  /** Whether captions had a say in the relevance. */
  readonly isText: boolean
}

/** Operations for one question, with the captions that count as read. `piecesOf` = number of pieces of a text. */
export function flopsFor(
  plan: QuestionPlan,
  looks: number,
  captions: readonly { readonly text: string }[],
  piecesOf: (text: string) => number,
): SelectorFlops {
  return selectorFlops({ looks, questionPieces: piecesOf(plan.question), factPieces: captionTexts(captions, false).map(piecesOf) })
}

/**
 * A method that looked at a part of the candidates needed that part of the looks and of the captions. One that looked at none, as
 * uniform does, took the time of choosing alone.
 */
export function costOfMethod(
  method: SelectionMethod,
  lookedAt: number,
  chooseMs: number,
  { candidates, time, flops, isText }: Account,
): { ms: number; flops: number } {
  if (lookedAt === 0) return { ms: chooseMs, flops: 0 }
  const part = Math.min(1, lookedAt / candidates)
  const reads = isText || method === 'lifo'
  return {
    ms: chooseMs + part * (time.lookMs + time.weighMs) + (reads ? part * time.factsMs + time.questionMs : 0),
    flops: part * flops.looks + (reads ? part * flops.facts + flops.question : 0),
  }
}
