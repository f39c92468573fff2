/** In which order do two things of one kind and of different bright colours appear? Both moments are named, so a thing that was missed cannot make the answer wrong. */
import { type Candidate, candidateOf, certaintyOf, taskFor } from '../candidate'
import { pluralOf, withArticle } from '../english'
import { areDistinct, atTime } from '../moments'
import type { KnownCaption, Sight, Thing } from '../things'

/** A third colour for wrong answers. */
const OTHERS = ['yellow', 'green', 'orange', 'purple', 'red', 'blue'] as const

/** The answer for two colours in order. */
export function coloursAnswer(first: string, second: string): string {
  return `First ${first}, then ${second}.`
}

/** The colours of such an answer, in order; null for any other text. */
export function coloursInAnswer(answer: string): readonly [string, string] | null {
  const [, first, second] = /^First ([a-z]+), then ([a-z]+)\.$/.exec(answer) ?? []
  return first === undefined || second === undefined ? null : [first, second]
}

/** The sight that is seen best among those whose frame shows no other thing of the kind in a bright colour. */
function bestSight(thing: Thing, isBright: (colour: string | null) => boolean): Sight | null {
  const alone = thing.sights.filter(({ at }) =>
    at.facts.sightings.every((other) => other.track === thing.track || other.label !== thing.label || !isBright(other.colour)),
  )
  return alone.reduce<Sight | null>((best, sight) => (best === null || sight.sighting.score > best.sighting.score ? sight : best), null)
}

/** Questions on the colours of two things of one kind at two moments. */
export function colourQuestions(
  things: readonly Thing[],
  captions: readonly KnownCaption[],
  seed: number,
  isBright: (colour: string | null) => boolean,
): Candidate[] {
  const seen = things.flatMap((thing) => {
    const sight = thing.hue === null ? null : bestSight(thing, isBright)
    return sight === null || thing.hue === null ? [] : [{ thing, hue: thing.hue, sight }]
  })
  const shown = new Set(captions.flatMap(({ facts }) => facts.sightings.flatMap(({ colour }) => colour ?? [])))
  return seen.flatMap((first) =>
    seen.flatMap((second): Candidate[] => {
      const [from, to] = [first.sight.at.facts.timeSec, second.sight.at.facts.timeSec]
      const { label } = first.thing
      if (label === 'person' || label !== second.thing.label || first.hue === second.hue || from >= to || !areDistinct(from, to)) return []
      const third = OTHERS.find((colour) => !shown.has(colour)) ?? 'turquoise'
      return [
        candidateOf(
          {
            kind: 'colours',
            subject: `${first.thing.track} ${second.thing.track}`,
            certainty: certaintyOf([first.sight, second.sight]),
            questions: [
              `${withArticle(label)} that is neither black, white nor grey is in view ${atTime(from)}, and another one ${atTime(to)}. Which colours do they have?`,
              `two ${pluralOf(label)} stand out by their colour, one ${atTime(from)} and one ${atTime(to)}. Which colours are they, in this order?`,
            ],
            answer: coloursAnswer(first.hue, second.hue),
            distractors: [coloursAnswer(second.hue, first.hue), coloursAnswer(third, second.hue), coloursAnswer(first.hue, third)],
            task: taskFor([label], 'narrative_structuring'),
            frames: [first.sight.at, second.sight.at],
            objects: [
              { phrase: `${first.hue} ${label}`, label, sights: [first.sight] },
              { phrase: `${second.hue} ${label}`, label, sights: [second.sight] },
            ],
            steps: [
              { text: `${atTime(from)}, the [[0]] stands out`, frames: [first.sight.at] },
              { text: `${atTime(to)}, the [[1]] stands out`, frames: [second.sight.at] },
            ],
          },
          seed,
        ),
      ]
    }),
  )
}
