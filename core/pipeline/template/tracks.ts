/**
 * Follows things from one sampled frame to the next, and rather not at all than wrongly: a question that rests on a swapped
 * identity is a false question. Velocity is measured on a fifth of a second, where a thing still overlaps itself; the next
 * sampled frame is then searched where the thing must be by then. Never across a cut.
 */
import { iou, type Size } from '../../geometry'
import { centreOf } from './place'
import { moved, type RawFrame, type Seen, sizeRatio, type Velocity } from './raw-frame'

/** A thing that was not seen for longer than this is a new one, seconds. */
export const MAX_GAP_SEC = 1.25
/** Where the thing is found must overlap where it must be by this much. */
const LINK_IOU = 0.3
/** A second candidate from this overlap on makes it unclear which one it is, so none is taken. */
const RIVAL_IOU = 0.12
/** Two boxes of about one size that overlap by this on one frame may swap names after it, so both are let go. */
const CROSSING_IOU = 0.1
/** A thing does not grow or shrink more than this between two frames, by area. */
const MAX_SIZE_RATIO = 1.7
/** Velocities agree when they differ by at most this part of the larger, or by the second part of the width of the view. */
const VELOCITY_SHARE = 0.5
/** A thing that goes no further than this part of its shorter side is slow: it may turn or stop, and is still there. */
const SLOW_SHARE = 0.6
const VELOCITY_SLACK = 0.06

/** `track` null = seen once, or not followed with certainty. `velocity` null = not measured. */
export type Followed = Seen & { readonly track: number | null; readonly velocity: Velocity | null }
/** A frame with its detections followed through the video. */
export type FollowedFrame = Omit<RawFrame, 'seen' | 'soon'> & { readonly seen: readonly Followed[] }

type Candidate = { readonly seen: Seen; readonly velocity: Velocity | null; readonly isCrossing: boolean }
type Track = { readonly id: number; readonly timeSec: number; readonly shot: number; readonly last: Candidate }

/** Of about the same size; the label may differ, since the detector calls one thing by several names (`labelOfTrack`). */
function isLike(a: Seen, b: Seen): boolean {
  return sizeRatio(a.rect, b.rect) <= MAX_SIZE_RATIO
}

/** How far a thing went until the frame a fifth of a second later; null when it is not clear which box there is the same thing. */
function velocityOf(seen: Seen, frame: RawFrame): Velocity | null {
  const { soon } = frame
  const seconds = (soon?.timeSec ?? frame.timeSec) - frame.timeSec
  if (soon === null || seconds <= 0) return null
  const near = soon.seen.filter((later) => isLike(later, seen) && iou(later.rect, seen.rect) >= RIVAL_IOU)
  const [only] = near
  if (only === undefined || near.length > 1 || iou(only.rect, seen.rect) < LINK_IOU) return null
  const [from, to] = [centreOf(seen.rect), centreOf(only.rect)]
  return { x: (to.x - from.x) / seconds, y: (to.y - from.y) / seconds }
}

function candidatesOf(frame: RawFrame): Candidate[] {
  return frame.seen.map((seen) => ({
    seen,
    velocity: velocityOf(seen, frame),
    isCrossing: frame.seen.some((other) => other !== seen && isLike(other, seen) && iou(other.rect, seen.rect) > CROSSING_IOU),
  }))
}

/** Whether the thing still covers most of its own outline after that time, so that it need not be looked for elsewhere. */
function isSlow({ seen, velocity }: Candidate, seconds: number): boolean {
  return velocity === null || Math.hypot(velocity.x, velocity.y) * seconds <= SLOW_SHARE * Math.min(seen.rect.w, seen.rect.h)
}

function agree(was: Velocity, is: Velocity, view: Size): boolean {
  const most = Math.max(Math.hypot(was.x, was.y), Math.hypot(is.x, is.y))
  return Math.hypot(was.x - is.x, was.y - is.y) <= Math.max(VELOCITY_SHARE * most, VELOCITY_SLACK * view.width)
}

/** Overlap of a candidate with where the track must be by now, 0 when it cannot be the same thing. */
function expectedOverlap(track: Track, candidate: Candidate, seconds: number, view: Size): number {
  const [before, now] = [track.last.seen, candidate.seen]
  if (!isLike(before, now)) return 0
  if (before.colour !== null && now.colour !== null && before.colour !== now.colour) return 0
  const [was, is] = [track.last.velocity, candidate.velocity]
  const inPlace = isSlow(track.last, seconds) && isSlow(candidate, seconds) ? iou(before.rect, now.rect) : 0
  if (was !== null && is !== null && !agree(was, is, view)) return inPlace
  return Math.max(inPlace, iou(moved(before.rect, was ?? is, seconds), now.rect))
}

/** The track each candidate continues: only where neither has a rival. */
function links(tracks: readonly Track[], candidates: readonly Candidate[], timeSec: number, view: Size): Map<Candidate, Track> {
  const fits = tracks.flatMap((track) =>
    candidates.map((candidate) => ({ track, candidate, value: expectedOverlap(track, candidate, timeSec - track.timeSec, view) })),
  )
  const close = fits.filter(({ value }) => value >= RIVAL_IOU)
  const isAlone = (link: (typeof close)[number]) =>
    close.every((other) => other === link || (other.track !== link.track && other.candidate !== link.candidate))
  return new Map(close.filter((link) => link.value >= LINK_IOU && isAlone(link)).map(({ track, candidate }) => [candidate, track]))
}

/**
 * Gives every detection its track, in the order of the frames. Tracks are numbered from 0; one that would hold a single
 * detection is no track.
 *
 * @param view size of the picture in pixels
 */
export function followThings(frames: readonly RawFrame[], view: Size): FollowedFrame[] {
  let tracks: Track[] = []
  let nextId = 0
  const followed = frames.map((frame) => {
    tracks = tracks.filter((track) => track.shot === frame.shot && frame.timeSec - track.timeSec <= MAX_GAP_SEC)
    const candidates = candidatesOf(frame)
    const linked = links(tracks, candidates, frame.timeSec, view)
    const ended = new Set<Track>(linked.values())
    const grown: Track[] = []
    const seen = candidates.map((candidate): Followed => {
      const before = linked.get(candidate)
      if (candidate.isCrossing) return { ...candidate.seen, track: null, velocity: null }
      const id = before?.id ?? nextId++
      // A velocity that could not be measured this time is taken over from before.
      const velocity = candidate.velocity ?? before?.last.velocity ?? null
      grown.push({ id, timeSec: frame.timeSec, shot: frame.shot, last: { ...candidate, velocity } })
      return { ...candidate.seen, track: id, velocity: candidate.velocity }
    })
    tracks = [...tracks.filter((track) => !ended.has(track)), ...grown]
    const { frameIndex, timeSec, shot } = frame
    return { frameIndex, timeSec, shot, seen }
  })
  return renumbered(followed)
}

function renumbered(frames: readonly FollowedFrame[]): FollowedFrame[] {
  const sizes = new Map<number, number>()
  for (const { track } of frames.flatMap(({ seen }) => seen)) if (track !== null) sizes.set(track, (sizes.get(track) ?? 0) + 1)
  const names = new Map([...sizes].filter(([, size]) => size > 1).map(([id], place) => [id, place]))
  return frames.map((frame) => ({
    ...frame,
    seen: frame.seen.map((one) => ({ ...one, track: one.track === null ? null : (names.get(one.track) ?? null) })),
  }))
}
