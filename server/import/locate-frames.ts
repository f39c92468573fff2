/**
 * Ties the core frames of a row to exact frames (invariant 1). In order of trust: file name as native index, checked against
 * a supplied still; file name as time of the clip; supplied still alone; nothing.
 */
import { AppError } from '@/core/errors'
import { type FrameStem, readFrameStem } from '@/core/formats/videoespresso/frame-stem'
import { type FramePlace, NO_PLACE } from '@/core/formats/videoespresso/to-document'
import { type FrameTable, frameAt, frameCount, indexAtTime } from '@/core/frame-table'
import type { CoreFrameRecord } from '@/core/records'
import { matchStill } from '@/server/media/match-still'
import type { KnownVideo, MediaSource } from './media-source'

/** The name of a file says which frame was meant, but nobody has looked. */
const STEM_CONFIDENCE = 0.8
/** A time in a name may have been rounded to a neighbour. */
const STEM_TIME_CONFIDENCE = 0.6
/** Below this a picture match is no ground to contradict a file name. */
const TRUSTED_MATCH = 0.5

type Found = { readonly index: number; readonly confidence: number; readonly margin: number }
type Match = (videoSha256: string, imagePath: string) => Promise<Found>

function place(
  table: FrameTable,
  index: number,
  match: CoreFrameRecord['match'],
  margin: number | null,
  warning: string | null,
): FramePlace {
  const frame = frameAt(table, index)
  return { index: frame.index, pts: frame.pts, match, score: null, margin, warning }
}

function indexOfStem(stem: FrameStem, table: FrameTable): number | null {
  if (stem.kind === 'index') return stem.index < frameCount(table) ? stem.index : null
  if (stem.kind !== 'time' || frameCount(table) === 0) return null
  const last = frameAt(table, frameCount(table) - 1)
  return stem.timeSec <= last.timeSec + last.durationSec ? indexAtTime(table, stem.timeSec) : null
}

function past(stem: FrameStem, table: FrameTable): string | null {
  const count = frameCount(table)
  if (stem.kind === 'index' && stem.index >= count)
    return `The file name says frame ${stem.index}, but the video has ${count} frames (0 to ${count - 1}).`
  if (stem.kind === 'time' && indexOfStem(stem, table) === null)
    return `The file name says ${stem.timeSec} s, which is after the end of the video.`
  return null
}

/** A supplied still that no decoder reads says nothing; the row is not at fault. */
async function matchOrNull(match: Match, video: KnownVideo, still: string): Promise<Found | null> {
  try {
    return await match(video.sha256, still)
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code !== 'internal' && thrown.code !== 'unavailable') return null
    throw thrown
  }
}

async function locateOne(path: string, video: KnownVideo, table: FrameTable, media: MediaSource, match: Match): Promise<FramePlace> {
  const stem = readFrameStem(path)
  const named = indexOfStem(stem, table)
  const still = await media.findStill(path)
  const found = still === null ? null : await matchOrNull(match, video, still)
  if (found === null) {
    if (named === null) return { ...NO_PLACE, warning: past(stem, table) }
    if (stem.kind === 'time') return place(table, named, { method: 'stem-time', confidence: STEM_TIME_CONFIDENCE }, null, null)
    return place(table, named, { method: 'stem', confidence: STEM_CONFIDENCE }, null, null)
  }
  const confidence = Math.min(1, Math.max(0, found.confidence))
  if (named === null) return place(table, found.index, { method: 'image', confidence }, found.margin, past(stem, table))
  if (named === found.index)
    return place(
      table,
      named,
      { method: stem.kind === 'time' ? 'stem-time' : 'stem+image', confidence: Math.max(confidence, STEM_CONFIDENCE) },
      found.margin,
      null,
    )
  // Where many frames look alike the picture neither proves nor contradicts the name.
  if (confidence < TRUSTED_MATCH) return place(table, named, { method: 'stem', confidence: STEM_TIME_CONFIDENCE }, found.margin, null)
  const warning = `The file name says frame ${named}, but the supplied still matches frame ${found.index}; the picture was followed.`
  return place(table, found.index, { method: 'image', confidence }, found.margin, warning)
}

/**
 * One place a frame, by order.
 *
 * @throws AppError path_outside when the path of a still leaves the media folder
 */
export async function locateFrames(
  frames: readonly { readonly path: string | null }[],
  video: KnownVideo,
  media: MediaSource,
  match: Match = matchStill,
): Promise<FramePlace[]> {
  const table = await video.table()
  const places: FramePlace[] = []
  for (const { path } of frames) places.push(path === null ? NO_PLACE : await locateOne(path, video, table, media, match))
  return places
}
