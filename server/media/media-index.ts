/**
 * What one sequential decode of a file found out: the frame table, the checksums that prove a seek, and the facts that decide
 * how the file is served. Stored as compact JSON: times as differences (most videos have two or three different ones, so
 * the numbers stay short), key flags as the list of key frames.
 */
import { z } from 'zod'
import { frameTableSchema } from '@/core/frame-table'

export const mediaIndexSchema = z.object({
  table: frameTableSchema,
  /** Checksum of each decoded picture, by frame index. */
  check: z.array(z.int().min(0)),
  container: z.enum(['mov', 'matroska', 'avi', 'mpegts']),
  mediaType: z.enum(['video/mp4', 'video/webm', 'video/x-matroska', 'video/x-msvideo', 'video/mp2t']),
  codec: z.string(),
  pixelFormat: z.string(),
  hasAudio: z.boolean(),
  /** Samples an edit list cuts away: a player that ignores edit lists would show them. */
  discardedPackets: z.int().min(0),
})
export type MediaIndex = z.infer<typeof mediaIndexSchema>

const storedSchema = z.object({
  format: z.literal('crema.media-index/v1'),
  index: z.object({
    ...mediaIndexSchema.omit({ table: true }).shape,
    table: z.object({
      ...mediaIndexSchema.shape.table.omit({ pts: true, key: true }).shape,
      ptsSteps: z.array(z.int()),
      keyFrames: z.array(z.int().min(0)),
    }),
  }),
})

export function encodeIndex({ table: { pts, key, ...table }, ...facts }: MediaIndex): string {
  const ptsSteps = pts.map((own, i) => own - (pts[i - 1] ?? 0))
  const keyFrames = key.flatMap((isKey, i) => (isKey ? [i] : []))
  return JSON.stringify({ format: 'crema.media-index/v1', index: { ...facts, table: { ...table, ptsSteps, keyFrames } } })
}

/** Throws ZodError when the text is no stored index. */
export function decodeIndex(text: string): MediaIndex {
  const { index } = storedSchema.parse(JSON.parse(text))
  const { ptsSteps, keyFrames, ...table } = index.table
  const keys = new Set(keyFrames)
  let at = 0
  const pts = ptsSteps.map((step) => (at += step))
  return { ...index, table: { ...table, pts, key: pts.map((_, i) => keys.has(i)) } }
}
