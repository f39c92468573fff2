/**
 * Automatic warnings with the defect codes of the VideoEspresso taxonomy. They run at import and after each edit, over the
 * document alone plus a few facts about the video: no models, no clock, so client and server compute the same list.
 */
import { boxFlags } from './box-flags'
import type { Flag, FlagContext } from './flag'
import { frameFlags } from './frame-flags'
import type { DefectCode, SampleDocument } from './records'
import { schemaFlags } from './schema-flags'
import { textFlags } from './text-flags'

export { type Flag, type FlagContext, flagSchema } from './flag'

/** Short titles for badges and filters. */
export const FLAG_TITLES: Readonly<Record<DefectCode, string>> = {
  Q1: 'Answerable without the video',
  Q2: 'Subjective or too open question',
  Q3: 'Question speaks of frames',
  A1: 'Answer wrong or unsupported',
  A2: 'Details not on screen',
  F1: 'Irrelevant core frame',
  F2: 'Missing core frame',
  F3: 'Near-duplicate core frames',
  F4: 'Wrong or unsure frame',
  B1: 'Empty box',
  B2: 'Wrong object in box',
  B3: 'Loose, tiny or stray box',
  B4: 'Duplicate boxes',
  B5: 'Mentioned object has no box',
  E1: 'Hallucinated evidence',
  E2: 'Evidence contradicts',
  E3: 'Evidence gives the answer away',
  E4: 'Wrong order or causality',
  T1: 'Wrong task label',
  D1: 'Weak answer options',
  V1: 'Video missing or unreadable',
  S1: 'Defect of the source row',
}

/**
 * How far a code raises the risk of a sample, 0–1. Evidence and boxes weigh most: in the paper perfect evidence is worth
 * 38.8 points, perfect frames 3.4 (ablations), so a reviewer's seconds go there first.
 */
const WEIGHTS: Readonly<Record<DefectCode, number>> = {
  Q1: 0.3,
  Q2: 0.3,
  Q3: 0.15,
  A1: 0.5,
  A2: 0.3,
  F1: 0.15,
  F2: 0.2,
  F3: 0.1,
  F4: 0.25,
  B1: 0.3,
  B2: 0.3,
  B3: 0.15,
  B4: 0.1,
  B5: 0.15,
  E1: 0.5,
  E2: 0.5,
  E3: 0.35,
  E4: 0.35,
  T1: 0.1,
  D1: 0.2,
  V1: 0.9,
  S1: 0.2,
}

/**
 * All flags of a document, without duplicates: the sample's first, then by rule. A row problem that names a record lasts
 * only while that record is as the source wrote it; removing, replacing or editing the record answers it.
 */
export function computeFlags(doc: SampleDocument, context: FlagContext): Flag[] {
  const rowProblems = context.rowProblems.filter(({ recordId }) => {
    if (recordId === null) return true
    const record = Object.hasOwn(doc, recordId) ? doc[recordId] : undefined
    return record !== undefined && record.verdict !== 'edited' && record.verdict !== 'added'
  })
  const media: Flag[] = context.isMissingMedia
    ? [{ code: 'V1', recordId: null, message: 'The video of this sample is missing or cannot be read.', blocking: true }]
    : []
  const found = [...media, ...schemaFlags(doc), ...textFlags(doc), ...frameFlags(doc, context), ...boxFlags(doc, context), ...rowProblems]
  const seen = new Set<string>()
  return found.filter((flag) => {
    const key = JSON.stringify([flag.code, flag.recordId, flag.message])
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/**
 * 0–1, higher = reviewed earlier: 1 − Π(1 − weight), a blocking flag counting at least 0.6. One more flag never lowers it,
 * and the order of flags does not matter.
 */
export function riskOf(flags: readonly Flag[]): number {
  const factors = flags.map((flag) => 1 - (flag.blocking ? Math.max(0.6, WEIGHTS[flag.code]) : WEIGHTS[flag.code]))
  // Sorted, because a float product depends on the order of its factors.
  return 1 - factors.sort((a, b) => a - b).reduce((product, factor) => product * factor, 1)
}
