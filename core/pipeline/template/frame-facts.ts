/** From raw detections of a whole video to what may be said: facts and a caption of every sampled frame. */
import type { Size } from '../../geometry'
import type { FrameFacts, Sighting } from '../facts'
import { captionOf, type SpokenOf } from './caption'
import { directionAt, type TrackPoint } from './directions'
import { BIG_SHARE } from './looks'
import { isClearlyPlaced, placeOf } from './place'
import type { RawFrame } from './raw-frame'
import { isClear, isOddlyLarge, isReliable, labelOfTrack } from './reliable'
import { type Followed, type FollowedFrame, followThings } from './tracks'

/** A facts list holds at most this many sightings, the best ones. */
const MAX_SIGHTINGS = 200

type Known = { readonly frame: FollowedFrame; readonly one: Followed }

function tracksOf(frames: readonly FollowedFrame[]): Map<number, Known[]> {
  const tracks = new Map<number, Known[]>()
  for (const frame of frames) {
    for (const one of frame.seen) if (one.track !== null) tracks.set(one.track, [...(tracks.get(one.track) ?? []), { frame, one }])
  }
  return tracks
}

/** The colour that at least two sightings of a track name and none denies. */
function colourOfTrack(points: readonly Known[]): string | null {
  const named = points.flatMap(({ one }) => one.colour ?? [])
  const [first] = named
  return first !== undefined && named.length >= 2 && named.every((name) => name === first) ? first : null
}

function areaOf({ one }: Known): number {
  return one.rect.w * one.rect.h
}

/** A track that may be spoken of: its sightings under the name they agree on, and all of its points for motion. */
type Trusted = { readonly label: string; readonly colour: string | null; readonly path: readonly TrackPoint[] }

/** The tracks that are reliable, by number. */
function trustedTracks(frames: readonly FollowedFrame[], view: Size): Map<number, Trusted> {
  const everything = frames.flatMap((frame) => frame.seen.map((one) => ({ frame, one })))
  return new Map(
    [...tracksOf(frames)].flatMap(([track, points]): [number, Trusted][] => {
      const label = labelOfTrack(points.map(({ one }) => one))
      const own = points.filter(({ one }) => one.label === label)
      if (label === null) return []
      const usual = everything.filter(({ one }) => one.label === label).map(areaOf)
      const largest = Math.max(0, ...own.map(areaOf))
      const scores = own.map(({ one }) => one.score)
      const isGood = isReliable({ label, scores, areaShare: largest / (view.width * view.height), agreement: null })
      if (!isGood || isOddlyLarge(largest, usual)) return []
      const path = points.map(({ frame, one }) => ({ timeSec: frame.timeSec, rect: one.rect, velocity: one.velocity }))
      return [[track, { label, colour: colourOfTrack(points), path }]]
    }),
  )
}

/**
 * Facts and captions of the frames, in their order. A track that is not reliable is not kept: its sightings stay, without a
 * track, as weak evidence that something may be there.
 *
 * @param view size of the pictures in pixels
 */
export function describeFrames(frames: readonly RawFrame[], view: Size): { facts: FrameFacts; text: string }[] {
  const followed = followThings(frames, view)
  const trusted = trustedTracks(followed, view)
  return followed.map((frame) => {
    const told = frame.seen.slice(0, MAX_SIGHTINGS).map((one) => {
      const known = one.track === null ? undefined : trusted.get(one.track)
      const track = known !== undefined && known.label === one.label ? known : undefined
      const sighting: Sighting = {
        label: one.label,
        score: Math.min(1, Math.max(0, one.score)),
        rect: one.rect,
        track: track === undefined ? null : one.track,
        colour: track === undefined ? one.colour : track.colour,
        place: isClearlyPlaced(one.rect, view) ? placeOf(one.rect, view) : '',
        motion: track === undefined ? null : directionAt(track.path, frame.timeSec, view),
      }
      const isSmall = one.rect.w * one.rect.h < BIG_SHARE * view.width * view.height
      const isSpoken = track !== undefined || (isSmall && isClear(one.label, one.score))
      return { sighting, heightShare: one.rect.h / view.height, isSpoken }
    })
    const spoken: SpokenOf[] = told.filter(({ isSpoken }) => isSpoken)
    const { frameIndex, timeSec, shot } = frame
    return { facts: { frameIndex, timeSec, shot, sightings: told.map(({ sighting }) => sighting) }, text: captionOf(spoken) }
  })
}
