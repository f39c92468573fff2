import { z } from 'zod'
import { AppError } from '@/core/errors'
import { type CaptionText, previewThresholds } from '@/core/pipeline/dedupe'
import { captionOutputSchema, dedupeOutputSchema } from '@/core/pipeline/outputs'
import { PREVIEW_TAUS, spriteSchema, type TauPreview } from '@/core/pipeline/previews'
import type { PipelineSettings } from '@/core/pipeline/settings'
import { db } from '../db'
import { readBlob } from '../storage'
import { listVideosWith, newestPair } from './preview-results'

/** More videos make the mean no better, and each costs a read of its vectors. */
const COUNTED = 12

type Rule = Omit<PipelineSettings['dedupe'], 'threshold'>
type Source = { readonly vectors: readonly Float32Array[]; readonly captions: readonly CaptionText[] }

/**
 * Which captions of a video each threshold of the slider keeps: all of them at once, so that the slider needs no request.
 * Nothing is embedded anew; the vectors are those that `dedupe` stored. null while no video has come so far.
 *
 * @param videoId null = the latest video; `runId` null = of any run
 * @throws AppError not_found for a video that is not there or has no vectors
 */
export async function getTauPreview(
  projectId: string,
  rule: Rule,
  { videoId, runId }: { readonly videoId: string | null; readonly runId: string | null },
): Promise<TauPreview | null> {
  const videos = await listVideosWith(projectId, 'dedupe', runId)
  const shownId = videoId ?? videos[0]?.id
  if (shownId === undefined) return null
  const isId = z.uuid().safeParse(shownId).success
  const video = !isId
    ? null
    : await db.video.findFirst({ where: { id: shownId, projectId }, select: { id: true, name: true, sprite: true } })
  const shown = video === null ? null : await sourceOf(projectId, video.id, runId)
  if (video === null || shown === null)
    throw new AppError('not_found', 'The captions of this video have not been compared yet. Run the pipeline on it first.', { videoId })
  const keptFrames = previewThresholds(shown.vectors, shown.captions, PREVIEW_TAUS, rule)
  const placeOf = new Map(shown.captions.map(({ frameIndex }, place) => [frameIndex, place]))
  const others = await Promise.all(
    videos
      .filter(({ id }) => id !== video.id)
      .slice(0, COUNTED - 1)
      .map(({ id }) => countsOf(projectId, id, runId, rule)),
  )
  const counts = [keptFrames.map((kept) => kept.length), ...others.filter((count) => count !== null)]
  return {
    videoId: video.id,
    videoName: video.name,
    sprite: spriteSchema.safeParse(video.sprite).data ?? null,
    frames: shown.captions.map(({ frameIndex, text }) => ({ frameIndex, caption: text })),
    kept: keptFrames.map((kept) => kept.map((frameIndex) => placeOf.get(frameIndex) ?? 0)),
    meanKept: PREVIEW_TAUS.map((_, at) => counts.reduce((sum, count) => sum + (count[at] ?? 0), 0) / counts.length),
    videosCounted: counts.length,
  }
}

async function countsOf(projectId: string, videoId: string, runId: string | null, rule: Rule): Promise<number[] | null> {
  const source = await sourceOf(projectId, videoId, runId)
  return source === null ? null : previewThresholds(source.vectors, source.captions, PREVIEW_TAUS, rule).map((kept) => kept.length)
}

/** Captions and vectors of a video; null where they are not there, or do not go together any more. */
async function sourceOf(projectId: string, videoId: string, runId: string | null): Promise<Source | null> {
  const outputs = await newestPair(projectId, videoId, { first: 'caption', second: 'dedupe' }, runId)
  const captions = captionOutputSchema.safeParse(outputs?.first).data?.captions
  const vectors = dedupeOutputSchema.safeParse(outputs?.second).data?.vectors
  if (captions === undefined || vectors === undefined) return null
  const bytes = await readBlob(vectors.sha256).catch(() => null)
  if (bytes === null || bytes.length !== captions.length * vectors.dimensions * 4) return null
  return { captions, vectors: rowsOf(bytes, vectors.dimensions) }
}

/** Float32 little-endian rows, copied so that they lie on the boundary that a Float32Array needs. */
function rowsOf(bytes: Buffer, dimensions: number): Float32Array[] {
  const all = new Float32Array(new Uint8Array(bytes).buffer)
  return Array.from({ length: all.length / dimensions }, (_, row) => all.subarray(row * dimensions, (row + 1) * dimensions))
}
