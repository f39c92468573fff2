/**
 * The judge `second-scorer`: answers the question once more from the raw sightings, with another threshold and without
 * tracks, and asks whether somebody who follows things in another way could come to another answer.
 */

import { iou } from '../../geometry'
import type { FrameFacts, Sighting } from '../facts'
import type { Caption, QaPair, Support } from '../outputs'
import { type Claim, claimOf } from './claim'
import { isHue } from './colour'
import { directionOfOffset } from './directions'
import type { Finding } from './judge-wording'
import { centreOf } from './place'
import { companyInAnswer } from './questions/company'
import { distanceOf } from './questions/distance'
import { knownCaptions } from './things'

/** Lower than anything the writer counts. */
const THRESHOLD = 0.4
const SAME_BOX = 0.5
/** Two boxes are in one lane when they share this much of their extent across the way. */
const LANE = 0.5

type Box = { readonly facts: FrameFacts; readonly rect: Sighting['rect']; readonly label: string }

function boxesOf(support: Support, captions: readonly Caption[]): Box[][] {
  const facts = knownCaptions(captions).map((known) => known.facts)
  return support.objects.map((object) =>
    object.boxes.flatMap(({ frameIndex, rect }) => {
      const at = facts.find((one) => one.frameIndex === frameIndex)
      return at === undefined ? [] : [{ facts: at, rect, label: object.label }]
    }),
  )
}

function strong(facts: FrameFacts, from = THRESHOLD): Sighting[] {
  return facts.sightings.filter(({ score }) => score >= from)
}

/** The best sighting where the box is, whatever its name. */
function bestAt({ facts, rect }: Box): Sighting | null {
  return facts.sightings
    .filter((one) => iou(one.rect, rect) >= SAME_BOX)
    .reduce<Sighting | null>((best, one) => (best === null || one.score > best.score ? one : best), null)
}

function sharesLane(a: Sighting['rect'], b: Sighting['rect'], isSideways: boolean): boolean {
  const [from, to] = isSideways
    ? [Math.max(a.y, b.y), Math.min(a.y + a.h, b.y + b.h)]
    : [Math.max(a.x, b.x), Math.min(a.x + a.w, b.x + b.w)]
  const least = isSideways ? Math.min(a.h, b.h) : Math.min(a.w, b.w)
  return least > 0 && (to - from) / least >= LANE
}

/** Whichever thing of the kind in the same lane is taken for the same one, and none of another colour: it went that way. */
function sameDirection(first: Box, last: Box, direction: string): boolean {
  const isSideways = direction === 'left' || direction === 'right'
  const colour = bestAt(first)?.colour ?? null
  const could = strong(last.facts).filter(
    (one) =>
      one.label === first.label &&
      sharesLane(one.rect, first.rect, isSideways) &&
      (colour === null || one.colour === null || one.colour === colour),
  )
  const ways = could.map((one) => {
    const [from, to] = [centreOf(first.rect), centreOf(one.rect)]
    return directionOfOffset({ x: to.x - from.x, y: to.y - from.y })
  })
  return ways.length > 0 && ways.every((way) => way === direction)
}

/** The largest of its kind on the frame. */
function largest({ facts, label }: Box): Sighting | null {
  const area = ({ rect }: Sighting) => rect.w * rect.h
  return strong(facts)
    .filter((one) => one.label === label)
    .reduce<Sighting | null>((best, one) => (best === null || area(one) > area(best) ? one : best), null)
}

function sameDistance(first: Box, last: Box, direction: string): boolean {
  const [before, after] = [largest(first), largest(last)]
  if (before === null || after === null) return false
  const sight = (facts: FrameFacts, sighting: Sighting) => ({ at: { text: '', facts }, sighting })
  return distanceOf(sight(first.facts, before), sight(last.facts, after)) === direction
}

/** All bright colours of the kind on the frame, weak sightings included. */
function brightOn({ facts, label }: Box): string[] {
  return [
    ...new Set(facts.sightings.flatMap((one) => (one.label === label && one.colour !== null && isHue(one.colour) ? [one.colour] : []))),
  ]
}

function countLike({ facts, label }: Box): number {
  return strong(facts).filter((one) => one.label === label).length
}

function confirms(claim: Claim, objects: readonly (readonly Box[])[], pair: QaPair): boolean {
  const [first, last] = [objects[0]?.[0], objects[0]?.at(-1)]
  const second = objects[1]?.[0]
  if (first === undefined || last === undefined) return false
  switch (claim.kind) {
    case 'direction':
      return sameDirection(first, last, claim.direction)
    case 'distance':
      return sameDistance(first, last, claim.direction)
    case 'colours':
      return second !== undefined && brightOn(first).join() === claim.first && brightOn(second).join() === claim.second
    case 'kinds':
      return second !== undefined && bestAt(first)?.label === claim.first && bestAt(second)?.label === claim.second
    case 'counts':
      return countLike(first) === claim.before && countLike(last) === claim.after
    case 'company': {
      const wrong = new Set((pair.support?.distractors ?? []).flatMap((text) => companyInAnswer(text) ?? []))
      const frames = [first.facts, last.facts]
      return frames.every(
        (facts) => strong(facts).some(({ label }) => label === claim.label) && facts.sightings.every(({ label }) => !wrong.has(label)),
      )
    }
  }
}

/** The objection of a second count; null = the same answer. A pair without support cannot be counted again and passes. */
export function recountFinding(pair: QaPair, captions: readonly Caption[]): Finding | null {
  if (pair.support === null) return null
  const claim = claimOf(pair.answer)
  if (claim === null) return { criterion: 'not_answerable', reason: 'The answer makes no claim that could be counted again.' }
  return confirms(claim, boxesOf(pair.support, captions), pair)
    ? null
    : { criterion: 'inconsistent', reason: 'A second count from the raw sightings does not give the same answer.' }
}
