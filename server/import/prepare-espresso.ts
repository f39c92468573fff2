/** One VideoEspresso row → a sample ready to write: video found, frames located, flags computed. */
import { AppError } from '@/core/errors'
import type { Flag } from '@/core/flags'
import { canonicalJson, type JsonObject } from '@/core/formats/json'
import type { RowProblem, RowResult } from '@/core/formats/row-problem'
import type { BoxConventionName } from '@/core/formats/videoespresso/box-convention'
import { type CremaKey, readCremaKey } from '@/core/formats/videoespresso/crema-key'
import { type EspressoRow, readEspressoRow } from '@/core/formats/videoespresso/row'
import { type BuiltSample, buildSample } from '@/core/formats/videoespresso/to-document'
import type { BoxConvention } from '@/core/sample-source'
import { sha256Of } from '../sha256-of'
import { findRowMedia, type RowMedia } from './find-media'
import { locateFrames } from './locate-frames'
import type { MediaSource } from './media-source'
import { completeSample, type PreparedSample } from './prepared-sample'
import { frameMismatches } from './same-frames'

export type PrepareContext = {
  readonly media: MediaSource
  readonly fileSha256: string
  readonly convention: BoxConvention & { readonly name: BoxConventionName }
  /** Called with the name of each video that is not there. */
  readonly onMissing: (name: string) => void
}

/** An id made of what the row asks about: video, question and frames. A row has no id of its own in the released files. */
function naturalId(row: EspressoRow): string {
  return `ve-${sha256Of(canonicalJson([row.videoPath, row.question, row.frames.map((frame) => frame.path)])).slice(0, 32)}`
}

function keyOf(row: EspressoRow, value: JsonObject): RowResult<CremaKey | null> {
  return row.crema === undefined || row.crema === null ? { ok: true, value: null } : readCremaKey(row.crema, value, sha256Of)
}

/** Notes of the importer about a record, told in the report by the field they came from. */
function warningsOf(row: EspressoRow, problems: readonly Flag[]): RowProblem[] {
  const fieldOf = (id: string | null): string => {
    if (id === 'answer') return row.spelling.correctAnswer ?? row.spelling.options ?? 'options'
    if (id !== null && /^f\d/.test(id)) return row.spelling.framePaths ?? 'core_frames_paths'
    return row.spelling.evidence ?? 'evidence'
  }
  return problems.map((problem) => {
    const isPastEnd = problem.code === 'F4' && problem.message.includes('but the video has')
    return { field: fieldOf(problem.recordId), code: isPastEnd ? 'frame_out_of_range' : 'bad_row', message: problem.message }
  })
}

async function buildByRules(
  row: EspressoRow,
  rowNumber: number,
  media: RowMedia,
  context: PrepareContext,
  isLocating: boolean,
): Promise<RowResult<BuiltSample>> {
  const { video } = media
  const places = video === null || !isLocating ? [] : await locateFrames(row.frames, video, context.media)
  const size = video === null ? null : { width: video.width, height: video.height }
  return buildSample(row, { rowNumber: rowNumber - 1, fileSha256: context.fileSha256, convention: context.convention, size, places })
}

export async function prepareEspressoRow(
  value: JsonObject,
  rowNumber: number,
  context: PrepareContext,
): Promise<RowResult<PreparedSample>> {
  const read = readEspressoRow(value)
  if (!read.ok) return read
  const row = read.value
  const key = keyOf(row, value)
  if (!key.ok) return key
  const crema = key.value?.isStale === true ? null : key.value
  const found = await findRowMedia(context.media, row.videoPath, crema?.video ?? null, row.spelling.videoPath ?? 'video_path')
  if (!found.ok) return found
  const media = found.value
  if (media.missing !== null) context.onMissing(media.missing)
  // What our own export says of its frames is exact; looking for them again could only be less so.
  const built = await buildByRules(row, rowNumber, media, context, crema === null).catch((thrown: unknown): RowResult<BuiltSample> => {
    if (!(thrown instanceof AppError) || thrown.code !== 'path_outside') throw thrown
    return { ok: false, problems: [{ field: row.spelling.framePaths ?? 'core_frames_paths', code: thrown.code, message: thrown.message }] }
  })
  if (!built.ok) return built
  const warnings = media.warning === null ? [] : [media.warning]
  if (key.value?.isStale === true) {
    warnings.push({
      field: 'crema',
      code: 'bad_row',
      message: 'The row was changed after Crema wrote it; it was imported by its own fields, and its “crema” key was left aside.',
    })
  }
  const shared = {
    row: rowNumber,
    externalId: row.id ?? crema?.externalId ?? key.value?.externalId ?? naturalId(row),
    sourceHash: sha256Of(canonicalJson([context.convention.name, value])),
    split: row.split,
    video: media.video,
    isMissingMedia: media.isMissing,
    fieldOfId: row.spelling.id ?? '',
  }
  if (crema === null) {
    const { document, provenance, source, rowProblems } = built.value
    return {
      ok: true,
      value: completeSample({
        ...shared,
        draft: document,
        document,
        provenance,
        source,
        rowProblems,
        review: null,
        warnings: [...warnings, ...warningsOf(row, rowProblems)],
      }),
    }
  }
  const moved = await frameMismatches(crema, media.video)
  return {
    ok: true,
    value: completeSample({
      ...shared,
      draft: crema.draft,
      document: crema.document,
      provenance: crema.provenance,
      source: { ...built.value.source, boxConvention: crema.boxConvention },
      rowProblems: [...crema.rowProblems, ...moved],
      review: crema.review,
      warnings: [...warnings, ...moved.map((flag): RowProblem => ({ field: 'crema.frames', code: 'bad_row', message: flag.message }))],
    }),
  }
}
