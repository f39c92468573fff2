/** What the settings show before anything is redone: which frames each threshold keeps, and where a rate takes frames. */
import { z } from 'zod'
import { rateOf } from './sampling'
import type { SamplingSettings } from './settings'

const index = z.int().min(0)

/** Small pictures of a video on one sheet, row by row; `indices[i]` = frame of tile i. */
export const spriteSchema = z.object({
  columns: z.int().min(1),
  rows: z.int().min(1),
  tileWidth: z.int().min(1),
  tileHeight: z.int().min(1),
  indices: z.array(index),
})
export type SpriteSheet = z.infer<typeof spriteSchema>

/** The thresholds of the slider: .70 to 1.00 in steps of a hundredth. */
export const PREVIEW_TAUS: readonly number[] = Array.from({ length: 31 }, (_, step) => (70 + step) / 100)

/** Place of the nearest threshold of the slider. */
export function nearestTau(tau: number): number {
  const place = Math.round(tau * 100) - 70
  return Math.min(PREVIEW_TAUS.length - 1, Math.max(0, place))
}

/**
 * `kept[i]` = positions in `frames` that threshold `PREVIEW_TAUS[i]` keeps. `meanKept[i]` = frames a video that it keeps on
 * average over `videosCounted` videos, so that one odd video does not mislead.
 */
export const tauPreviewSchema = z.object({
  videoId: z.uuid(),
  videoName: z.string(),
  sprite: spriteSchema.nullable(),
  frames: z.array(z.object({ frameIndex: index, caption: z.string() })),
  kept: z.array(z.array(index)).length(PREVIEW_TAUS.length),
  meanKept: z.array(z.number().min(0)).length(PREVIEW_TAUS.length),
  videosCounted: z.int().min(1),
})
export type TauPreview = z.infer<typeof tauPreviewSchema>

/** The motion of a video, its shots with the rate each gets, and the moments of the frames that are taken. */
export const motionPreviewSchema = z.object({
  videoId: z.uuid(),
  videoName: z.string(),
  durationSec: z.number().min(0),
  curve: z.array(z.object({ timeSec: z.number(), motion: z.number() })),
  shots: z.array(z.object({ startSec: z.number(), endSec: z.number(), motion: z.number(), fps: z.number() })),
  framesSec: z.array(z.number()),
})
export type MotionPreview = z.infer<typeof motionPreviewSchema>

/**
 * What other rates would take of the same shots: the rate of each, and the moments. The same rule as `sampling.ts`, on times
 * instead of frames, so that the settings can show it while a number is typed. Cuts are those that were measured.
 */
export function resample(
  shots: MotionPreview['shots'],
  rule: Omit<SamplingSettings, 'cutFrom'>,
): { readonly rates: number[]; readonly framesSec: number[] } {
  const rates = shots.map(({ motion }) => rateOf(motion, rule))
  const all = shots.flatMap(({ startSec, endSec }, place) => {
    const fps = rates[place] ?? 1
    const count = Math.max(1, Math.ceil((endSec - startSec) * fps - 1e-6))
    return Array.from({ length: Math.min(count, 100_000) }, (_, step) => startSec + step / fps)
  })
  if (all.length <= rule.maxFrames) return { rates, framesSec: all }
  const step = rule.maxFrames === 1 ? 0 : (all.length - 1) / (rule.maxFrames - 1)
  return { rates, framesSec: Array.from({ length: rule.maxFrames }, (_, place) => all[Math.round(place * step)] ?? 0) }
}
