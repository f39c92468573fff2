/** How a question may call a thing so that no other one could be meant. */
import type { Sighting } from '../facts'
import { inColour } from './english'
import { sizeRatio } from './raw-frame'
import { between, type KnownCaption, type Thing } from './things'

/** A thing that is called by its kind alone must be seen this well each time. */
const SURE = 0.7
/** Another detection of about this size (ratio of areas) may be one more of its kind under a wrong name. */
const LIKE_SIZE = 3

function isOther(sighting: Sighting, thing: Thing): boolean {
  return sighting.track !== thing.track
}

/** No other sighting of that kind between the times shows the same colour. */
function isOnlyOfHue(thing: Thing, captions: readonly KnownCaption[]): boolean {
  return captions.every(({ facts }) =>
    facts.sightings.every((other) => !isOther(other, thing) || other.label !== thing.label || other.colour !== thing.hue),
  )
}

/** Seen well on every frame, and nothing else there could be one more of its kind. */
function isOnlyOfKind(thing: Thing, captions: readonly KnownCaption[]): boolean {
  return captions.every(({ facts }) => {
    const own = facts.sightings.find((sighting) => !isOther(sighting, thing))
    if (own === undefined || own.score < SURE) return false
    return facts.sightings.every(
      (other) => !isOther(other, thing) || (other.label !== thing.label && sizeRatio(other.rect, own.rect) > LIKE_SIZE),
    )
  })
}

/**
 * `blue car` or `person`: a name without article that fits this thing alone from one time to another (seconds, both
 * included); null when there is none.
 */
export function nameOf(thing: Thing, captions: readonly KnownCaption[], fromSec: number, toSec: number): string | null {
  const during = between(captions, fromSec, toSec)
  if (during.length === 0) return null
  if (isOnlyOfKind(thing, during)) return inColour(thing.label, thing.hue)
  return thing.hue !== null && isOnlyOfHue(thing, during) ? inColour(thing.label, thing.hue) : null
}
