/** The narrow row that lists and queues read, made from document and flags (columns of `Sample` in the Prisma schema). */
import { questionOf, recordsOf, taskOf } from './document'
import { type Flag, riskOf } from './flags'
import type { DefectCode, SampleDocument } from './records'
import { progressOf } from './review-items'

/** `thumbFrame` = index of the first located core frame. `flagCodes` sorted, each once. `risk` 0–1. */
export type SampleSummary = {
  readonly question: string
  readonly task: string | null
  readonly flagCodes: DefectCode[]
  readonly isBlocked: boolean
  readonly itemsTotal: number
  readonly itemsDone: number
  readonly thumbFrame: number | null
  readonly risk: number
}

/** The narrow row of a sample, derived from its document and flags; written in the same transaction as they are. */
export function summarise(doc: SampleDocument, flags: readonly Flag[]): SampleSummary {
  const progress = progressOf(doc)
  return {
    question: questionOf(doc).text,
    task: taskOf(doc).task,
    flagCodes: [...new Set(flags.map((flag) => flag.code))].sort(),
    isBlocked: flags.some((flag) => flag.blocking),
    itemsTotal: progress.total,
    itemsDone: progress.done,
    thumbFrame: recordsOf(doc, 'coreFrame').find((frame) => frame.index !== null)?.index ?? null,
    risk: riskOf(flags),
  }
}
