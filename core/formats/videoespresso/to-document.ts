/** A parsed row → the draft of a sample. Pure: what the media say (size, frame places) is handed in. */
import type { Flag } from '@/core/flags'
import { shorten } from '@/core/formats/json'
import type { RowProblem, RowResult } from '@/core/formats/row-problem'
import type { Size } from '@/core/geometry'
import type { ProvenanceMap } from '@/core/provenance'
import type { AnswerRecord, CoreFrameRecord, DocRecord, SampleDocument } from '@/core/records'
import type { BoxConvention, SampleSource } from '@/core/sample-source'
import { taskIdOf } from '@/core/tasks'
import type { BoxConventionName } from './box-convention'
import { type EvidenceRecords, readEvidence } from './evidence-records'
import { stemOf } from './frame-stem'
import { readCorrectIndex, readOptions } from './options'
import { originalsOf } from './originals'
import { DRAFT_PROVENANCE, draftProvenance } from './provenance'
import { frameIndexOf, recordIdOf } from './record-ids'
import type { EspressoRow } from './row'

/** Name of the format, in `Import.format`, `SampleSource.format` and on the command line. */
export const VIDEOESPRESSO = 'videoespresso'

/** Where a core frame was found in the video; `flag` = why a person should look at it. */
export type FramePlace = {
  readonly index: number | null
  readonly pts: number | null
  readonly match: CoreFrameRecord['match']
  readonly score: number | null
  readonly margin: number | null
  readonly warning: string | null
}

/** A core frame nobody has looked for, or that was not found. */
export const NO_PLACE: FramePlace = {
  index: null,
  pts: null,
  match: { method: 'none', confidence: 0 },
  score: null,
  margin: null,
  warning: null,
}

/** `size` = pixels of the still, null without a video. `places` by frame order; missing ones count as not located. */
export type BuildContext = {
  readonly rowNumber: number
  readonly fileSha256: string
  readonly convention: BoxConvention & { readonly name: BoxConventionName }
  readonly size: Size | null
  readonly places: readonly FramePlace[]
}

/** The draft of a sample with what is kept beside it: where it came from, and what the importer saw in the row. */
export type BuiltSample = {
  readonly document: SampleDocument
  readonly provenance: ProvenanceMap
  readonly source: SampleSource
  readonly rowProblems: readonly Flag[]
}

function answerRecordOf(row: EspressoRow, problems: Flag[]): AnswerRecord {
  const options = readOptions(row.options)
  const correctIndex = row.correctAnswer === null ? null : readCorrectIndex(row.correctAnswer, options)
  const id = recordIdOf('answer')
  if (row.correctAnswer !== null && correctIndex === null) {
    problems.push({
      code: 'S1',
      recordId: id,
      message: `“${shorten(row.correctAnswer, 80)}” names none of the ${options.length} options.`,
      blocking: false,
    })
  }
  if (options.length > 0 && row.correctAnswer === null) {
    problems.push({ code: 'S1', recordId: id, message: 'The row has options but does not say which one is right.', blocking: false })
  }
  const text = row.answer ?? (correctIndex === null ? '' : (options[correctIndex] ?? ''))
  return { verdict: 'unseen', reasons: [], id, type: 'answer', text, options, correctIndex, sufficiency: 'unseen' }
}

function coreFramesOf(row: EspressoRow, context: BuildContext, problems: Flag[]): CoreFrameRecord[] {
  return row.frames.map((frame, position) => {
    const place = context.places[position] ?? NO_PLACE
    const id = recordIdOf(`f${position + 1}`)
    if (place.warning !== null) problems.push({ code: 'F4', recordId: id, message: place.warning, blocking: false })
    return {
      verdict: 'unseen',
      reasons: [],
      id,
      type: 'coreFrame',
      order: position + 1,
      index: place.index === null ? null : frameIndexOf(place.index),
      pts: place.pts,
      caption: frame.caption,
      path: frame.path,
      match: place.match,
      score: place.score,
      margin: place.margin,
    }
  })
}

/** Limits of the record schemas that running text could break, checked before anything is stored. */
function limitsOf(evidence: EvidenceRecords, field: string): RowProblem[] {
  const tooBig = (message: string): RowProblem[] => [{ field, code: 'limit_exceeded', message }]
  for (const step of evidence.steps) {
    if (step.tokens.length > 2000) return tooBig('One sentence holds more than 2,000 parts; break it into lines.')
    for (const token of step.tokens) {
      if (token.text.length > (token.kind === 'text' ? 20_000 : 2000))
        return tooBig('One sentence holds a part of over 20,000 characters (2,000 for a name); break it into lines.')
      if (token.kind === 'mention' && token.boxIds.length > 256) return tooBig('One mention holds more than 256 boxes.')
    }
  }
  return []
}

/**
 * Builds the draft of a sample from a parsed row. What a person should look at becomes a flag in `rowProblems`; only what
 * cannot be stored at all (limits of the records) refuses the row.
 */
export function buildSample(row: EspressoRow, context: BuildContext): RowResult<BuiltSample> {
  const problems: Flag[] = []
  const frames = coreFramesOf(row, context, problems)
  const stems = frames.map((frame) => (frame.path === null ? '' : stemOf(frame.path)))
  const evidence = readEvidence(row.evidence, { stems, size: context.size, convention: context.convention.name })
  const limits = limitsOf(evidence, row.spelling.evidence ?? 'evidence')
  if (limits.length > 0) return { ok: false, problems: limits }
  if (row.hasCaptionMismatch) {
    problems.push({
      code: 'S1',
      recordId: null,
      message: 'The row has not as many captions as core frames; they were paired by position.',
      blocking: false,
    })
  }
  const records: DocRecord[] = [
    { verdict: 'unseen', reasons: [], id: recordIdOf('question'), type: 'question', text: row.question },
    answerRecordOf(row, problems),
    {
      verdict: 'unseen',
      reasons: [],
      id: recordIdOf('task'),
      type: 'task',
      task: row.task === null ? null : (taskIdOf(row.task) ?? row.task),
    },
    ...frames,
    ...evidence.objects,
    ...evidence.boxes,
    ...evidence.steps,
  ]
  const document = Object.fromEntries(records.map((record) => [record.id, record]))
  const source: SampleSource = {
    format: VIDEOESPRESSO,
    variant: row.variant,
    fileSha256: context.fileSha256,
    row: context.rowNumber,
    fieldNames: { ...row.spelling },
    extra: row.extra,
    boxConvention: { name: context.convention.name, how: context.convention.how },
    rawEvidence: typeof row.values.evidence === 'string' ? row.values.evidence : null,
    videoPath: row.videoPath,
    originals: originalsOf(row, document),
  }
  const provenance = { [DRAFT_PROVENANCE]: draftProvenance(VIDEOESPRESSO, row.variant, context.convention.name), ...evidence.provenance }
  return { ok: true, value: { document, provenance, source, rowProblems: [...problems, ...evidence.problems] } }
}
