/**
 * A sample → one row. What nobody edited goes out as it came in: original field values, evidence text byte for byte, unknown
 * fields. What was edited is written in our spelling of the format.
 */
import { recordsOf } from '@/core/document'
import type { Json, JsonObject } from '@/core/formats/json'
import type { Size } from '@/core/geometry'
import type { RecordType, SampleDocument } from '@/core/records'
import type { SampleSource } from '@/core/sample-source'
import type { BoxConventionName } from './box-convention'
import { FIELD_ALIASES, FIELD_NAMES, type FieldName } from './fields'
import { plainFields } from './plain-fields'
import type { Variant } from './row'
import { hasSameContent } from './same-content'
import { VIDEOESPRESSO } from './to-document'
import { writeEvidence } from './write-evidence'

/** `images` = core frame id → path of the exported still; frames without one keep the source's path. */
export type RowContext = {
  readonly draft: SampleDocument
  readonly source: SampleSource
  readonly convention: BoxConventionName
  readonly size: Size | null
  readonly videoName: string | null
  readonly images: Readonly<Record<string, string>>
}

const TRAIN_NAMES: Readonly<Partial<Record<FieldName, string>>> = { framePaths: 'keyframe_path', frameCaptions: 'caption' }

/** Which records a field is written from: while those are as the source wrote them, so is the field. */
const GROUND: Readonly<Partial<Record<FieldName, readonly RecordType[]>>> = {
  question: ['question'],
  answer: ['answer'],
  options: ['answer'],
  correctAnswer: ['answer'],
  task: ['task'],
  frameCaptions: ['coreFrame'],
}

/** The variant a sample is written as: that of its source, else by whether it has options. */
export function variantOfSample(document: SampleDocument, source: SampleSource): Variant {
  if (
    source.format === VIDEOESPRESSO &&
    (source.variant === 'benchmark' || source.variant === 'train-video' || source.variant === 'train-multi-image')
  ) {
    return source.variant
  }
  return recordsOf(document, 'answer').some((answer) => answer.options.length > 0) ? 'benchmark' : 'train-video'
}

const GROUNDED: readonly RecordType[] = ['step', 'object', 'box', 'coreFrame']

/** A rejected record is left out of the row, so the source's text no longer fits. */
function hasRejected(document: SampleDocument): boolean {
  return Object.values(document).some((record) => record.verdict === 'rejected' && GROUNDED.includes(record.type))
}

function evidenceOf(document: SampleDocument, context: RowContext): string {
  const { source, draft, convention } = context
  const isUntouched = !hasRejected(document) && source.format === VIDEOESPRESSO && hasSameContent(draft, document, GROUNDED)
  if (isUntouched && source.boxConvention?.name === convention) return source.rawEvidence ?? ''
  return writeEvidence(document, {
    rawEvidence: source.boxConvention?.name === convention ? source.rawEvidence : null,
    convention,
    size: context.size,
  })
}

/** The row without the `crema` key. Rejected frames, boxes and steps are not written. */
export function writeEspressoRow(document: SampleDocument, context: RowContext): JsonObject {
  const { source, draft } = context
  const isOurs = source.format !== VIDEOESPRESSO
  const variant = variantOfSample(document, source)
  const values: Partial<Record<FieldName, Json>> = plainFields(document)
  for (const [field, types] of Object.entries(GROUND)) {
    const name = FIELD_NAMES.find((known) => known === field)
    if (isOurs || name === undefined || types === undefined || !hasSameContent(draft, document, types)) continue
    if (name === 'frameCaptions' && hasRejected(document)) continue
    if (Object.hasOwn(source.originals, name)) values[name] = source.originals[name] ?? null
    // A field the source did not have is not invented: a train row stays open-ended.
    else if (!Object.hasOwn(source.fieldNames, name)) delete values[name]
  }
  for (const name of ['id', 'split'] as const) if (source.originals[name] !== undefined) values[name] = source.originals[name]
  const frames = recordsOf(document, 'coreFrame').filter((frame) => frame.verdict !== 'rejected')
  const paths = frames.map((frame) => context.images[frame.id] ?? frame.path ?? '')
  // Empty places keep paths and captions in step; a row that names no path at all does not get a list of nothing.
  if (paths.some((path) => path !== '') || (paths.length > 0 && Object.hasOwn(source.fieldNames, 'framePaths'))) values.framePaths = paths
  const evidence = evidenceOf(document, context)
  if (evidence !== '' || Object.hasOwn(source.fieldNames, 'evidence') || isOurs) values.evidence = evidence
  const videoPath = source.videoPath ?? context.videoName
  if (videoPath !== null) values.videoPath = videoPath
  const row: JsonObject = {}
  for (const field of FIELD_NAMES) {
    const value = values[field]
    if (value === undefined) continue
    const usual = variant === 'benchmark' ? FIELD_ALIASES[field][0] : (TRAIN_NAMES[field] ?? FIELD_ALIASES[field][0])
    row[isOurs ? usual : (source.fieldNames[field] ?? usual)] = value
  }
  for (const key of Object.keys(source.extra).sort()) {
    const value = source.extra[key]
    if (value !== undefined && !Object.hasOwn(row, key)) row[key] = value
  }
  return row
}
