/** The judge `rules`: does the answer follow from the tracked facts, and from these boxes? */

import { iou } from '../../geometry'
import type { Caption, QaPair, Support } from '../outputs'
import { type Claim, claimOf } from './claim'
import { isHue } from './colour'
import { type Finding, wordingFinding } from './judge-wording'
import { countOn } from './questions/counts'
import { wentWay } from './questions/direction'
import { distanceOf } from './questions/distance'
import { type KnownCaption, knownCaptions, type Sight } from './things'

const SAME_BOX = 0.9
const COUNT_FROM = 0.5

/** The tracked sighting that a box of the support rests on. */
function sightOf(
  object: Support['objects'][number],
  box: Support['objects'][number]['boxes'][number],
  known: readonly KnownCaption[],
): Sight | null {
  const at = known.find(({ facts }) => facts.frameIndex === box.frameIndex)
  const sighting = at?.facts.sightings.find(
    (one) => one.track !== null && one.label === object.label && iou(one.rect, box.rect) >= SAME_BOX,
  )
  return at === undefined || sighting === undefined ? null : { at, sighting }
}

function isOneTrack(sights: readonly Sight[]): boolean {
  return new Set(sights.map(({ sighting }) => sighting.track)).size === 1
}

/** No other thing of that kind on the frame has a bright colour as well. */
function isOnlyBright({ at, sighting }: Sight): boolean {
  return at.facts.sightings.every(
    (other) => other.track === sighting.track || other.label !== sighting.label || other.colour === null || !isHue(other.colour),
  )
}

/** Whether the sights of the objects, in their order, bear out the claim. */
function holds(claim: Claim, objects: readonly (readonly Sight[])[]): boolean {
  const [first, last] = [objects[0]?.[0], objects[0]?.at(-1)]
  const second = objects[1]?.[0]
  if (first === undefined || last === undefined) return false
  switch (claim.kind) {
    case 'direction':
      return isOneTrack(objects[0] ?? []) && first.sighting.motion === claim.direction && wentWay(first, last, claim.direction)
    case 'distance':
      return isOneTrack(objects[0] ?? []) && distanceOf(first, last) === claim.direction
    case 'colours':
      return (
        second !== undefined &&
        first.sighting.colour === claim.first &&
        second.sighting.colour === claim.second &&
        first.at.facts.timeSec < second.at.facts.timeSec &&
        isOnlyBright(first) &&
        isOnlyBright(second)
      )
    case 'kinds':
      return (
        second !== undefined &&
        first.sighting.label === claim.first &&
        second.sighting.label === claim.second &&
        first.sighting.place === second.sighting.place &&
        first.at.facts.timeSec < second.at.facts.timeSec
      )
    case 'counts': {
      const { label } = first.sighting
      return countOn(first.at.facts, label, COUNT_FROM) === claim.before && countOn(last.at.facts, label, COUNT_FROM) === claim.after
    }
    case 'company':
      return isOneTrack(objects[0] ?? []) && isOneTrack(objects[1] ?? []) && second?.sighting.label === claim.label
  }
}

/** The first objection to a pair by wording and tracked facts; null = keep. A pair without support is judged by wording alone. */
export function factsFinding(pair: QaPair, captions: readonly Caption[]): Finding | null {
  const wording = wordingFinding(pair)
  if (wording !== null || pair.support === null) return wording
  const known = knownCaptions(captions)
  const sights = pair.support.objects.map((object) => object.boxes.map((box) => sightOf(object, box, known)))
  const seen = sights.map((list) => list.flatMap((sight) => sight ?? []))
  if (sights.some((list) => list.includes(null)))
    return { criterion: 'not_observable', reason: 'A box does not rest on anything that was followed.' }
  const claim = claimOf(pair.answer)
  if (claim === null) return { criterion: 'not_answerable', reason: 'The answer makes no claim that the facts could bear out.' }
  return holds(claim, seen) ? null : { criterion: 'inconsistent', reason: 'The tracked facts do not bear out the answer.' }
}
