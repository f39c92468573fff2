/** The last step of the pipeline: what the stages put out for one pair becomes the draft of a sample. Pure and deterministic. */
import { parseDocument } from '../document'
import type { Flag } from '../flag'
import { DRAFT_PROVENANCE } from '../formats/videoespresso/provenance'
import { recordIdOf } from '../formats/videoespresso/record-ids'
import type { FrameTable } from '../frame-table'
import type { DocRecord, SampleDocument } from '../records'
import { draftEvidence } from './draft-evidence'
import { draftFrames } from './draft-frames'
import type { RecordOrigin } from './draft-origin'
import type {
  Caption,
  ClassifyTaskOutput,
  GroundOutput,
  NameObjectsOutput,
  PickCoreFramesOutput,
  QaPair,
  RetrieveOutput,
  VerifyOutput,
  WriteEvidenceOutput,
  WriteOptionsOutput,
} from './outputs'

/** Everything a draft is made of: the pair, and what each stage put out for it. `captions` = the original ones of its group. */
export type DraftParts = {
  readonly pair: QaPair
  readonly table: FrameTable
  readonly captions: readonly Caption[]
  readonly picked: PickCoreFramesOutput
  readonly objects: NameObjectsOutput
  readonly evidence: WriteEvidenceOutput
  readonly places: RetrieveOutput
  readonly ground: GroundOutput
  readonly verify: VerifyOutput
  readonly task: ClassifyTaskOutput
  readonly options: WriteOptionsOutput
}

/**
 * `origins` = where each record came from, by record id, with one entry for the whole draft. `problems` = what the stages saw
 * and the document cannot show; they stand beside the computed flags like the problems of an imported row.
 */
export type Draft = {
  readonly document: SampleDocument
  readonly origins: Readonly<Record<string, RecordOrigin>>
  readonly problems: readonly Flag[]
}

const fresh = { verdict: 'unseen' as const, reasons: [] }

/**
 * Assembles the draft. Core frames stand in order of time; two picks that led to the same frame become one. Boxes that the
 * verifier refused are left out.
 *
 * @throws AppError `internal` when the parts do not go together, `frame_out_of_range` for a frame outside the table,
 * `invalid_input` when a text is longer than a record can hold
 */
export function buildDraft(parts: DraftParts): Draft {
  const { pair, options } = parts
  const frames = draftFrames(parts.table, parts.captions, parts.picked, parts.places)
  const evidence = draftEvidence(parts, frames.idOf)
  const records: DocRecord[] = [
    { ...fresh, id: recordIdOf('question'), type: 'question', text: pair.question },
    {
      ...fresh,
      id: recordIdOf('answer'),
      type: 'answer',
      text: pair.answer,
      options: options.options,
      correctIndex: options.correctIndex,
      sufficiency: 'unseen',
    },
    { ...fresh, id: recordIdOf('task'), type: 'task', task: parts.task.task },
    ...frames.records,
    ...evidence.objects,
    ...evidence.boxes,
    ...evidence.steps,
  ]
  const origins: Record<string, RecordOrigin> = {
    [DRAFT_PROVENANCE]: { stage: 'write-qa', parameters: { pairKey: pair.key }, note: null },
    question: { stage: 'write-qa', parameters: {}, note: null },
    answer: { stage: 'write-qa', parameters: { optionSeed: options.seed, lengthGap: options.lengthGap }, note: null },
    task: { stage: 'classify-task', parameters: {}, note: parts.task.reason },
    ...frames.origins,
    ...evidence.origins,
  }
  const document = parseDocument(Object.fromEntries(records.map((record) => [record.id, record])))
  return { document, origins, problems: [...frames.problems, ...evidence.problems] }
}
