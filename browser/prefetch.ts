/**
 * Samples read ahead of the reviewer: payload and decoded stills of the next few, so that going on paints at once (design §6).
 */
import { recordsOf } from '@/core/document'
import type { FrameTable } from '@/core/frame-table'
import { frameTableSchema } from '@/core/frame-table'
import { type QueuePage, queuePageSchema, type ReviewSample, reviewSampleSchema } from '@/core/review-sample'
import { getJson, mediaUrls } from './api'
import { loadStill } from './still-cache'

/** Next samples whose stills are decoded ahead. */
export const AHEAD = 3
const KEPT_SAMPLES = 24
const KEPT_TABLES = 12

function samplePath(projectId: string, sampleId: string): string {
  return `/api/projects/${encodeURIComponent(projectId)}/samples/${encodeURIComponent(sampleId)}`
}

/** `value` = once it has come. */
type Answer<T> = { readonly coming: Promise<T>; value?: T }

/** Remembers the last `limit` answers; one that failed is forgotten, so that the next call tries again. */
export function remembering<T>(limit: number, load: (key: string) => Promise<T>) {
  const kept = new Map<string, Answer<T>>()
  const put = (key: string, entry: Answer<T>) => {
    kept.delete(key)
    kept.set(key, entry)
    for (const oldest of kept.keys()) {
      if (kept.size <= limit) break
      kept.delete(oldest)
    }
    return entry.coming
  }
  return {
    get(key: string): Promise<T> {
      const known = kept.get(key)
      if (known !== undefined) return put(key, known)
      const entry: Answer<T> = { coming: load(key) }
      entry.coming.then(
        (value) => {
          entry.value = value
        },
        () => {
          if (kept.get(key) === entry) kept.delete(key)
        },
      )
      return put(key, entry)
    },
    /** What is here already, without waiting. */
    peek: (key: string): T | undefined => kept.get(key)?.value,
    set: (key: string, value: T) => void put(key, { coming: Promise.resolve(value), value }),
    has: (key: string) => kept.has(key),
    forget: (key: string) => void kept.delete(key),
  }
}

/** Addresses of the stills a sample needs, the one shown first first. */
export function stillUrlsOf(sample: ReviewSample): string[] {
  const { video, projectId, document } = sample
  if (video === null || !video.isReady) return []
  return recordsOf(document, 'coreFrame').flatMap((frame) =>
    frame.index === null ? [] : [mediaUrls.stillUrl(projectId, video.id, frame.index)],
  )
}

export type SampleReader = ReturnType<typeof createSampleReader>

export function createSampleReader(projectId: string) {
  const samples = remembering(KEPT_SAMPLES, (sampleId) => getJson(samplePath(projectId, sampleId), reviewSampleSchema))
  const tables = remembering(
    KEPT_TABLES,
    (videoId): Promise<FrameTable> => getJson(mediaUrls.framesUrl(projectId, videoId), frameTableSchema),
  )
  return {
    sample: samples.get,
    peek: samples.peek,
    frameTable: tables.get,
    peekFrameTable: tables.peek,
    put: (sample: ReviewSample) => samples.set(sample.id, sample),
    forget: samples.forget,
    queue: (params: URLSearchParams): Promise<QueuePage> =>
      getJson(`${samplePath(projectId, 'queue')}?${params.toString()}`, queuePageSchema),
    /**
     * Reads samples ahead, the nearest first. What cannot be had now is asked for again when it is opened.
     *
     * @param prepare is given each sample that has come, to make ready what else its opening needs
     */
    async readAhead(sampleIds: readonly string[], prepare: (sample: ReviewSample) => Promise<unknown>): Promise<void> {
      const wanted = sampleIds.slice(0, AHEAD).map((sampleId) => samples.get(sampleId).catch(() => null))
      for (const coming of wanted) {
        const sample = await coming
        if (sample === null) continue
        const table = sample.video?.isReady ? [tables.get(sample.video.id)] : []
        await Promise.allSettled([prepare(sample), ...stillUrlsOf(sample).map(loadStill), ...table])
      }
    },
  }
}
