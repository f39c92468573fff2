/** The followed things of a group of captions: what the question templates may speak of. */
import type { FrameFacts, Sighting } from '../facts'
import type { Caption } from '../outputs'
import { isHue } from './colour'

/** A caption whose facts are known. */
export type KnownCaption = { readonly text: string; readonly facts: FrameFacts }
/** One thing on one frame of the group. */
export type Sight = { readonly at: KnownCaption; readonly sighting: Sighting }
/** One thing through the group, in time order; `hue` = a colour that tells it from others of its kind. */
export type Thing = { readonly track: number; readonly label: string; readonly hue: string | null; readonly sights: readonly Sight[] }

/** The captions whose facts are known, in time order. */
export function knownCaptions(captions: readonly Caption[]): KnownCaption[] {
  return captions.flatMap(({ text, facts }) => (facts === null ? [] : [{ text, facts }])).sort((a, b) => a.facts.timeSec - b.facts.timeSec)
}

/** Things with a track, in the order in which they are first seen. */
export function thingsOf(captions: readonly KnownCaption[]): Thing[] {
  const things = new Map<number, { label: string; hue: string | null; sights: Sight[] }>()
  for (const at of captions) {
    for (const sighting of at.facts.sightings) {
      if (sighting.track === null) continue
      const hue = sighting.colour !== null && isHue(sighting.colour) ? sighting.colour : null
      const thing = things.get(sighting.track)
      if (thing === undefined) things.set(sighting.track, { label: sighting.label, hue, sights: [{ at, sighting }] })
      else thing.sights.push({ at, sighting })
    }
  }
  return [...things].map(([track, thing]) => ({ track, ...thing }))
}

/** The captions between two times, both included. */
export function between(captions: readonly KnownCaption[], fromSec: number, toSec: number): KnownCaption[] {
  return captions.filter(({ facts }) => facts.timeSec >= fromSec && facts.timeSec <= toSec)
}
