/**
 * Adaptive sampling, our published rule (VideoEspresso §3.1 says 2–4 frames a second for dynamic and 1 for static content
 * and gives no rule for telling them apart):
 *
 * 1. Cuts and the motion of each frame are measured (`motion.ts`).
 * 2. The motion of a shot is the mean over its frames without the first.
 * 3. Motion below `dynamicFrom` = static, `staticFps`. From `dynamicFrom` on `dynamicFps`. From `fastFrom` on `maxFps`.
 * 4. In a shot that begins at time s, the frames on screen at s, s + 1/fps, s + 2/fps … are taken, each once. Times are those
 *    of the frame table, so uneven spacing and edit lists are honoured, and a rate above the video's own takes every frame.
 * 5. More than `maxFrames` are thinned evenly over their list; first and last stay.
 */
import { type FrameTable, frameAt } from '../frame-table'
import { ptsToSeconds } from '../time'
import { measureMotion } from './motion'
import type { SampledFrame, SampleFramesOutput, Shot } from './outputs'
import { type PipelineSettings, type SamplingSettings, samplingSettingsSchema } from './settings'

/** Most points of the motion curve that is kept for the preview. */
export const MAX_CURVE_POINTS = 300

/** Floats of a moment that lies exactly on a frame may be off by this part of an interval. */
const GRID_SLACK = 1e-6

/** The sampling rule of one video: that of the project, with what was set for this video on top. */
export function samplingFor(settings: Pick<PipelineSettings, 'sampling' | 'samplingByVideo'>, videoId: string): SamplingSettings {
  const own = Object.hasOwn(settings.samplingByVideo, videoId) ? settings.samplingByVideo[videoId] : undefined
  const set = Object.fromEntries(Object.entries(own ?? {}).filter(([, value]) => value !== undefined))
  return samplingSettingsSchema.parse({ ...settings.sampling, ...set })
}

/** Rule 3: the rate of a shot of this motion (0–1), in frames a second. */
export function rateOf(
  motion: number,
  settings: Pick<SamplingSettings, 'staticFps' | 'dynamicFps' | 'maxFps' | 'dynamicFrom' | 'fastFrom'>,
): number {
  if (motion >= settings.fastFrom) return settings.maxFps
  return motion >= settings.dynamicFrom ? settings.dynamicFps : settings.staticFps
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Rule 4: frames of one shot that are on screen at whole multiples of 1/fps after its start. `endPts` = where the next shot begins. */
export function framesOfShot(table: FrameTable, startIndex: number, endIndex: number, endPts: number, fps: number): number[] {
  const startPts = frameAt(table, startIndex).pts
  const steps = (pts: number) => ptsToSeconds(pts - startPts, table.timeBase) * fps
  const chosen: number[] = []
  for (let index = startIndex; index <= endIndex; index += 1) {
    // On screen from its own pts until the next one's: does a multiple fall into that time?
    const next = index === endIndex ? endPts : frameAt(table, index + 1).pts
    const multiple = Math.ceil(steps(frameAt(table, index).pts) - GRID_SLACK)
    if (multiple < steps(next) - GRID_SLACK) chosen.push(index)
  }
  // A shot that lasts no time still was there.
  return chosen.length === 0 ? [startIndex] : chosen
}

/** At most `most` items, evenly spread over the list; first and last stay (the first alone when there is room for one). */
export function thinned<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items]
  const step = most === 1 ? 0 : (items.length - 1) / (most - 1)
  return Array.from({ length: most }, (_, place) => Math.round(place * step)).flatMap((at) => items.slice(at, at + 1))
}

/** The pts at which the last frame leaves the screen. */
export function endOf(table: FrameTable): number {
  const last = table.pts.length - 1
  return frameAt(table, last).pts + Math.max(1, table.duration[last] ?? 1)
}

/** Frames of the table by their positions. @throws AppError `frame_out_of_range` */
export function sampledAt(table: FrameTable, positions: readonly number[]): SampledFrame[] {
  return positions.map((position) => {
    const { index, pts, timeSec } = frameAt(table, position)
    return { index, pts, timeSec }
  })
}

/** The motion of all frames in at most `MAX_CURVE_POINTS` points: mean of neighbours, at the time of the first of them. */
function curveOf(table: FrameTable, motion: readonly number[]): SampleFramesOutput['curve'] {
  const width = Math.ceil(motion.length / MAX_CURVE_POINTS)
  const points = Math.ceil(motion.length / width)
  return Array.from({ length: points }, (_, point) => ({
    timeSec: frameAt(table, point * width).timeSec,
    motion: mean(motion.slice(point * width, (point + 1) * width)),
  }))
}

/**
 * The frames of a video that are captioned, by the rule at the head of this file; at least one, in time order, each once.
 *
 * @param signatures 32 × 32 grey bytes of every frame, in presentation order
 * @returns the frames, the shots with their motion and rate, and the motion curve for the preview
 * @throws AppError `corrupt_media` when the signatures do not fit the table or the video has no frames
 */
export function sampleFrames(table: FrameTable, signatures: Uint8Array, settings: SamplingSettings): SampleFramesOutput {
  const { starts, motion } = measureMotion(table, signatures, settings.cutFrom)
  const shots: Shot[] = []
  const chosen: number[] = []
  for (const [position, startIndex] of starts.entries()) {
    const nextStart = starts[position + 1]
    const endIndex = (nextStart ?? motion.length) - 1
    const shotMotion = mean(motion.slice(startIndex + 1, endIndex + 1))
    const fps = rateOf(shotMotion, settings)
    shots.push({ startIndex: frameAt(table, startIndex).index, endIndex: frameAt(table, endIndex).index, motion: shotMotion, fps })
    const endPts = nextStart === undefined ? endOf(table) : frameAt(table, nextStart).pts
    for (const index of framesOfShot(table, startIndex, endIndex, endPts, fps)) chosen.push(index)
  }
  return { frames: sampledAt(table, thinned(chosen, settings.maxFrames)), shots, curve: curveOf(table, motion) }
}
