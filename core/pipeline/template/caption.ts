/** A caption of one frame from what was seen: one fact a sentence, so that each can be compared and looked up by itself. */
import type { Sighting } from '../facts'
import { counted, inColour, isPluralOnly, numberWord, sentence, verbFor, withArticle } from './english'
import { atPlace } from './place'

/** The caption of a frame on which nothing was recognised. */
export const NOTHING_SEEN = 'No known object detected.'

/** Sentences about single things at most; the counts are complete. */
const MAX_THINGS = 6
/** From this part of the height on, a thing's height is worth a sentence. */
const TALL = 0.5

/** A sighting that may be spoken of. `heightShare` = height of its box over that of the picture. */
export type SpokenOf = { readonly sighting: Sighting; readonly heightShare: number }

/** `blue car`, or `car` where the colour is not clear. */
export function nounOf(sighting: Pick<Sighting, 'label' | 'colour'>): string {
  return inColour(sighting.label, sighting.colour)
}

/** Lower bounds, and said so: the detector misses things more often than it counts one twice. */
function countSentences(spoken: readonly SpokenOf[]): string[] {
  const counts = new Map<string, number>()
  for (const { sighting } of spoken) counts.set(sighting.label, (counts.get(sighting.label) ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, count]) =>
      sentence(isPluralOnly(label) ? `${label} are seen` : `at least ${counted(count, label)} ${verbFor(count, label)} seen`),
    )
}

const MOTION_WORDS: Readonly<Record<string, string>> = { left: 'to the left', right: 'to the right', up: 'upwards', down: 'downwards' }

/** `to the left`, `towards the camera`. */
export function motionWords(motion: string): string {
  return MOTION_WORDS[motion] ?? motion
}

function thingSentences({ sighting, heightShare }: SpokenOf): string[] {
  const noun = nounOf(sighting)
  const place = sighting.place === '' ? '' : ` ${atPlace(sighting.place)}`
  const verb = verbFor(1, sighting.label)
  const tenths = Math.min(10, Math.round(heightShare * 10))
  return [
    ...(place === '' ? [] : [sentence(`${withArticle(noun)} ${verb}${place}`)]),
    ...(sighting.motion === null
      ? []
      : [sentence(`the ${noun}${place} ${verb === 'is' ? 'moves' : 'move'} ${motionWords(sighting.motion)}`)]),
    ...(heightShare < TALL
      ? []
      : [sentence(`the ${noun} ${verb === 'is' ? 'takes' : 'take'} up about ${numberWord(tenths)} tenths of the height of the view`)]),
  ]
}

/** The caption; equal sentences stand once. */
export function captionOf(spoken: readonly SpokenOf[]): string {
  if (spoken.length === 0) return NOTHING_SEEN
  const ranked = [...spoken].sort((a, b) => b.sighting.score - a.sighting.score).slice(0, MAX_THINGS)
  return [...new Set([...countSentences(spoken), ...ranked.flatMap(thingSentences)])].join(' ')
}
