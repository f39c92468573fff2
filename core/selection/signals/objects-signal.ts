/** Objects signal: frames by the asked things that a detector found on them. */
import type { Size } from '../../geometry'
import type { Rect } from '../../records'
import { meanOf } from '../similarity'
import type { AskedThing } from './question-things'

/** One detection: score 0–1, rectangle in pixels; `colour` null = not clear. */
export type SeenThing = { readonly label: string; readonly score: number; readonly rect: Rect; readonly colour: string | null }

/** What of an asked thing is looked for. */
type Wanted = Pick<AskedThing, 'labels' | 'colour'>

/** What the smallest thing still counts for; the rest comes with its size. */
const OF_ANY_SIZE = 0.6
/** A thing on this part of the picture is as large as it need be. */
const LARGE_SHARE = 0.25
/** How far a thing without a clear colour may be the one of a colour that is asked for. */
const COLOUR_UNCLEAR = 0.25
/** A detection that people can be told of as seen; weaker ones count for the order of frames, but are no claim. */
const SURE = 0.4
/** Weight of having all of them on one frame. */
const TOGETHER = 0.3

function colourFit(asked: string | null, seen: string | null): number {
  if (asked === null || asked === seen) return 1
  return seen === null ? COLOUR_UNCLEAR : 0
}

function sizeFit(rect: Rect, view: Size): number {
  const share = (rect.w * rect.h) / (view.width * view.height * LARGE_SHARE)
  return OF_ANY_SIZE + (1 - OF_ANY_SIZE) * Math.min(1, Math.sqrt(Math.max(0, share)))
}

/** Evidence for a thing on a frame, 0–1: the best of confidence × size × colour over what was seen. */
function evidenceOf(thing: Wanted, seen: readonly SeenThing[], view: Size): number {
  return seen.reduce((best, { label, score, rect, colour }) => {
    return thing.labels.includes(label) ? Math.max(best, score * sizeFit(rect, view) * colourFit(thing.colour, colour)) : best
  }, 0)
}

/**
 * s_i = 0.7 mean_t e_it + 0.3 min_t e_it over the asked things t: presence, and co-presence. e_it = max over the detections d of t on
 * frame i of score_d × (0.6 + 0.4 min(1, √(area_d / ¼ of the picture))) × colour, which is 1 where the colour fits or none was asked
 * for, ¼ where it is not clear, 0 where it is another. After T* (arXiv 2504.02259); size, colour and co-presence are ours. O(n t d).
 *
 * @param frames what was seen on each candidate frame
 * @param view size of the pictures in pixels
 * @returns one score a frame, 0 to 1; all 0 when no thing is asked for
 */
export function objectsSignal(things: readonly Wanted[], frames: readonly (readonly SeenThing[])[], view: Size): number[] {
  return frames.map((seen) => {
    const evidence = things.map((thing) => evidenceOf(thing, seen, view))
    return evidence.length === 0 ? 0 : (1 - TOGETHER) * meanOf(evidence) + TOGETHER * Math.min(...evidence)
  })
}

/**
 * Which of the asked things are on a frame, for people: a detection of at least 0.4 with a label of the thing and, where a colour is
 * asked for, with just that colour. False says that it was not seen, not that it is not there. O(t d).
 *
 * @param seen what was seen on the frame
 * @returns one answer a thing, in their order; null = seen, but its colour is not clear
 */
export function thingsShown(things: readonly Wanted[], seen: readonly SeenThing[]): (boolean | null)[] {
  return things.map(({ labels, colour }) => {
    const sure = seen.filter(({ label, score }) => score >= SURE && labels.includes(label))
    const fit = Math.max(0, ...sure.map((one) => colourFit(colour, one.colour)))
    return fit === COLOUR_UNCLEAR ? null : fit === 1
  })
}
