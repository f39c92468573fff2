/** Which way does a thing move across the view? Asked of a short stretch on which every measured motion agrees. */
import { type Candidate, candidateOf, certaintyOf, taskFor } from '../candidate'
import { MAX_TRACKLET_SEC } from '../directions'
import { isPluralOnly } from '../english'
import { areDistinct, atTime } from '../moments'
import { atPlace, centreOf } from '../place'
import { nameOf } from '../reference'
import type { KnownCaption, Sight, Thing } from '../things'

const ANSWERS: Readonly<Record<string, string>> = {
  right: 'From left to right.',
  left: 'From right to left.',
  down: 'From top to bottom.',
  up: 'From bottom to top.',
}
const OPPOSITE: Readonly<Record<string, string>> = { right: 'left', left: 'right', down: 'up', up: 'down' }

/** The answer for a direction; null for one that is not across the view. */
export function directionAnswer(direction: string): string | null {
  return Object.hasOwn(ANSWERS, direction) ? (ANSWERS[direction] ?? null) : null
}

/** The direction that such an answer names; null for any other text. */
export function directionInAnswer(answer: string): string | null {
  return Object.keys(ANSWERS).find((direction) => ANSWERS[direction] === answer) ?? null
}

/** Whether the box went at least its own width (or height) that way. */
export function wentWay(first: Sight, last: Sight, direction: string): boolean {
  const [from, to] = [first.sighting.rect, last.sighting.rect]
  const [x, y] = [centreOf(to).x - centreOf(from).x, centreOf(to).y - centreOf(from).y]
  const way = { right: x / from.w, left: -x / from.w, down: y / from.h, up: -y / from.h }[direction] ?? 0
  return way >= 1
}

/** The widest pair of sights within `MAX_TRACKLET_SEC` between which every sight moves that way. */
function stretch(thing: Thing, direction: string): readonly [Sight, Sight] | null {
  let best: readonly [Sight, Sight] | null = null
  for (const [place, first] of thing.sights.entries()) {
    for (const last of thing.sights.slice(place + 1)) {
      const seconds = last.at.facts.timeSec - first.at.facts.timeSec
      const inside = thing.sights.slice(place, thing.sights.indexOf(last) + 1)
      const isSame = inside.every(({ sighting }) => sighting.motion === direction)
      if (seconds > MAX_TRACKLET_SEC || !isSame || first.at.facts.shot !== last.at.facts.shot) break
      const widest = best === null ? 0 : best[1].at.facts.timeSec - best[0].at.facts.timeSec
      if (wentWay(first, last, direction) && areDistinct(first.at.facts.timeSec, last.at.facts.timeSec) && seconds > widest)
        best = [first, last]
    }
  }
  return best
}

/** Questions on the way a thing takes within a short unambiguous stretch. */
export function directionQuestions(things: readonly Thing[], captions: readonly KnownCaption[], seed: number): Candidate[] {
  return things.flatMap((thing) =>
    Object.keys(ANSWERS).flatMap((direction): Candidate[] => {
      const found = stretch(thing, direction)
      if (found === null) return []
      const [first, last] = found
      const [from, to] = [first.at.facts.timeSec, last.at.facts.timeSec]
      const name = nameOf(thing, captions, from, to)
      const answer = directionAnswer(direction)
      const back = directionAnswer(OPPOSITE[direction] ?? '')
      if (name === null || answer === null || back === null) return []
      const does = isPluralOnly(name) ? 'do' : 'does'
      const where = (sight: Sight) => (sight.sighting.place === '' ? 'between two parts of the view' : atPlace(sight.sighting.place))
      const sideways = direction === 'left' || direction === 'right'
      return [
        candidateOf(
          {
            kind: 'direction',
            subject: `${thing.track} ${name}`,
            certainty: certaintyOf([first, last]),
            questions: [
              `which way ${does} the ${name} move ${atTime(from)} and in the seconds after it?`,
              `in which direction ${does} the ${name} that is seen ${atTime(from)} cross the view?`,
              `the ${name} is in view ${atTime(from)} and still ${atTime(to)}. Which way ${does} the ${name} move in between?`,
            ],
            answer,
            distractors: [back, sideways ? 'From top to bottom.' : 'From left to right.', 'Nowhere.'],
            task: taskFor([thing.label], 'event_process'),
            frames: [first.at, last.at],
            objects: [{ phrase: name, label: thing.label, sights: [first, last] }],
            steps: [
              { text: `${atTime(from)}, the [[0]] is ${where(first)}`, frames: [first.at] },
              { text: `${atTime(to)}, the [[0]] is ${where(last)}`, frames: [last.at] },
              { text: 'in between, the place of the [[0]] changes in one direction only', frames: [first.at, last.at] },
            ],
          },
          seed,
        ),
      ]
    }),
  )
}
