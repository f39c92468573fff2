/** One `crema.sample/v1` line → a sample ready to write. */

import { CREMA, readCremaRow } from '@/core/formats/crema/row'
import { canonicalJson, type JsonObject } from '@/core/formats/json'
import type { RowProblem, RowResult } from '@/core/formats/row-problem'
import type { SampleSource } from '@/core/sample-source'
import { sha256Of } from '../sha256-of'
import { findRowMedia } from './find-media'
import type { PrepareContext } from './prepare-espresso'
import { completeSample, type PreparedSample } from './prepared-sample'
import { frameMismatches } from './same-frames'

/** A line made elsewhere may not say where it came from. */
function ownSource(context: PrepareContext, rowNumber: number, videoPath: string | null): SampleSource {
  return {
    format: CREMA,
    variant: null,
    fileSha256: context.fileSha256,
    row: rowNumber - 1,
    fieldNames: {},
    extra: {},
    boxConvention: null,
    rawEvidence: null,
    originals: {},
    videoPath,
  }
}

export async function prepareCremaRow(value: JsonObject, rowNumber: number, context: PrepareContext): Promise<RowResult<PreparedSample>> {
  const read = readCremaRow(value)
  if (!read.ok) return read
  const row = read.value
  const found = await findRowMedia(context.media, row.video?.name ?? null, row.video, 'video')
  if (!found.ok) return found
  const media = found.value
  if (media.missing !== null) context.onMissing(media.missing)
  const moved = await frameMismatches(row, media.video)
  const source = row.source ?? ownSource(context, rowNumber, row.video?.name ?? null)
  const hasExtra = Object.keys(row.extra).length > 0
  const warnings: RowProblem[] = moved.map((flag) => ({ field: 'frames', code: 'bad_row', message: flag.message }))
  if (media.warning !== null) warnings.unshift(media.warning)
  return {
    ok: true,
    value: completeSample({
      row: rowNumber,
      externalId: row.externalId,
      sourceHash: sha256Of(canonicalJson(value)),
      split: row.split,
      video: media.video,
      isMissingMedia: media.isMissing,
      draft: row.draft,
      document: row.document,
      provenance: row.provenance,
      source: hasExtra ? { ...source, originals: { ...source.originals, extra: row.extra } } : source,
      rowProblems: [...row.rowProblems, ...moved.filter((flag) => !row.rowProblems.some((known) => known.message === flag.message))],
      review: row.review,
      warnings,
      fieldOfId: 'externalId',
    }),
  }
}
