/** A stored sample → its row in the wanted format, as text. Same state, same bytes. */
import { diffDocuments, emptyDiff } from '@/core/diff'
import { recordsOf } from '@/core/document'
import type { CremaLine } from '@/core/formats/crema/row'
import { CREMA_SCHEMA } from '@/core/formats/crema/version'
import { canonicalJson } from '@/core/formats/json'
import { type ExportedFrame, type VideoIdentity, writeFlags } from '@/core/formats/sample-facts'
import { type BoxConventionName, boxConventionNameSchema, DEFAULT_BOX_CONVENTION } from '@/core/formats/videoespresso/box-convention'
import { addCremaKey } from '@/core/formats/videoespresso/crema-key'
import { writeEspressoRow } from '@/core/formats/videoespresso/to-row'
import type { Rational } from '@/core/frame-table'
import type { SampleSource } from '@/core/sample-source'
import { ptsToSeconds } from '@/core/time'
import { sha256Of } from '@/server/sha256-of'
import type { ExportStills } from './export-stills'
import type { StoredSample } from './read-samples'

export type RowParts = { readonly sample: StoredSample; readonly video: VideoIdentity | null; readonly frames: readonly ExportedFrame[] }

/** Frames that the export proves: located ones that were not rejected. */
export function usedFrames(sample: StoredSample): { id: ExportedFrame['id']; index: ExportedFrame['index']; pts: number }[] {
  return recordsOf(sample.document, 'coreFrame').flatMap(({ id, index, pts, verdict }) =>
    index === null || pts === null || verdict === 'rejected' ? [] : [{ id, index, pts }],
  )
}

const UNKNOWN_TIME_BASE: Rational = [1, 1]

export function proveFrames(sample: StoredSample, video: VideoIdentity | null, stills: ExportStills): ExportedFrame[] {
  const timeBase = video?.timeBase ?? UNKNOWN_TIME_BASE
  if (video === null || video.sha256 === null) return []
  const { sha256 } = video
  return usedFrames(sample).map(({ id, index, pts }) => {
    const still = stills.find(sha256, index)
    return {
      id,
      index,
      pts,
      timeBase,
      timeSec: ptsToSeconds(pts, timeBase),
      image: still?.image ?? null,
      sha256: still?.sha256 ?? null,
      pixelSha256: still?.pixelSha256 ?? null,
    }
  })
}

/** The convention a row is written in: the one asked for, else its source's. */
export function conventionFor(source: SampleSource, asked: BoxConventionName | null): BoxConventionName {
  return asked ?? boxConventionNameSchema.safeParse(source.boxConvention?.name).data ?? DEFAULT_BOX_CONVENTION
}

/** Members in the order of the format, everything below in canonical order. */
function rowText(row: Readonly<Record<string, unknown>>): string {
  return `{${Object.entries(row)
    .map(([key, value]) => `${JSON.stringify(key)}:${canonicalJson(value)}`)
    .join(',')}}`
}

export function espressoText({ sample, video, frames }: RowParts, convention: BoxConventionName): string {
  const { source, document, draft } = sample
  const size = video?.width == null || video.height === null ? null : { width: video.width, height: video.height }
  const images = Object.fromEntries(frames.flatMap((frame) => (frame.image === null ? [] : [[frame.id, frame.image]])))
  const row = writeEspressoRow(document, { draft, source, convention, size, videoName: video?.name ?? null, images })
  const how = source.boxConvention?.name === convention ? source.boxConvention.how : 'declared'
  const parts = {
    externalId: sample.externalId,
    boxConvention: { name: convention, how },
    video,
    frames: [...frames],
    document,
    changes: draft === document ? emptyDiff : diffDocuments(draft, document),
    provenance: sample.provenance,
    flags: writeFlags(sample.flags),
    rowProblems: [...sample.rowProblems],
    review: { state: sample.state, decision: sample.decision, version: sample.version },
  }
  return rowText(addCremaKey(row, parts, sha256Of))
}

export function cremaText({ sample, video, frames }: RowParts): string {
  const { extra, ...originals } = sample.source.originals
  const line: CremaLine = {
    schema: CREMA_SCHEMA,
    externalId: sample.externalId,
    split: sample.split,
    video,
    document: sample.document,
    // Left out, the document is the draft: a third of the file of an unreviewed project.
    ...(sample.draft === sample.document ? {} : { draft: sample.draft }),
    frames: [...frames],
    provenance: sample.provenance,
    source: { ...sample.source, originals },
    flags: writeFlags(sample.flags),
    rowProblems: [...sample.rowProblems],
    review: { state: sample.state, decision: sample.decision, version: sample.version },
    extra: typeof extra === 'object' && extra !== null && !Array.isArray(extra) ? extra : {},
  }
  return canonicalJson(line)
}
