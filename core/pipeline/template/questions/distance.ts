/** Does a thing come closer or go away? Asked where its box grows or shrinks a lot without being cut by a side of the view. */
import { type Candidate, candidateOf, certaintyOf, taskFor } from '../candidate'
import { areDistinct, atTime } from '../moments'
import { nameOf } from '../reference'
import type { KnownCaption, Sight, Thing } from '../things'

/** Areas must differ by this factor. */
const MIN_FACTOR = 1.8
/** A single step against the trend may be this large, as part of the area: the detector's own unrest. */
const UNREST = 0.12
const ANSWERS: Readonly<Record<string, string>> = {
  'towards the camera': 'Closer to the camera.',
  'away from the camera': 'Away from the camera.',
}

/** `towards the camera` or `away from the camera`, when an answer says so. */
export function distanceInAnswer(answer: string): string | null {
  return Object.keys(ANSWERS).find((direction) => ANSWERS[direction] === answer) ?? null
}

/** The direction that two boxes of one thing show; null when they are of about one size. */
export function distanceOf(first: Sight, last: Sight): string | null {
  const [before, after] = [areaOf(first), areaOf(last)]
  if (before <= 0 || after <= 0) return null
  if (after >= MIN_FACTOR * before) return 'towards the camera'
  return before >= MIN_FACTOR * after ? 'away from the camera' : null
}

function areaOf({ sighting }: Sight): number {
  return sighting.rect.w * sighting.rect.h
}

/** Sights in which the size only ever changes one way, and whose track was seen to move that way. */
function isSteady(sights: readonly Sight[], direction: string): boolean {
  const sign = direction === 'towards the camera' ? 1 : -1
  const steps = sights.slice(1).every((sight, place) => {
    const before = areaOf(sights[place] ?? sight)
    return sign * (areaOf(sight) - before) >= -UNREST * before
  })
  return steps && sights.some(({ sighting }) => sighting.motion === direction)
}

/** The pair with the greatest change of size; of equal ones the shortest. */
function stretch(thing: Thing): { first: Sight; last: Sight; direction: string } | null {
  let best: { first: Sight; last: Sight; direction: string; factor: number } | null = null
  for (const [place, first] of thing.sights.entries()) {
    for (const [further, last] of thing.sights.slice(place + 1).entries()) {
      const direction = distanceOf(first, last)
      const inside = thing.sights.slice(place, place + further + 2)
      const factor = Math.max(areaOf(last) / areaOf(first), areaOf(first) / areaOf(last))
      const isApart = areDistinct(first.at.facts.timeSec, last.at.facts.timeSec) && first.at.facts.shot === last.at.facts.shot
      if (direction !== null && isApart && isSteady(inside, direction) && factor > (best?.factor ?? 0))
        best = { first, last, direction, factor }
    }
  }
  return best
}

/** Questions on whether a thing comes nearer or goes away within a short stretch. */
export function distanceQuestions(things: readonly Thing[], captions: readonly KnownCaption[], seed: number): Candidate[] {
  return things.flatMap((thing): Candidate[] => {
    const found = stretch(thing)
    if (found === null) return []
    const { first, last, direction } = found
    const [from, to] = [first.at.facts.timeSec, last.at.facts.timeSec]
    const name = nameOf(thing, captions, from, to)
    const answer = ANSWERS[direction]
    const other = Object.keys(ANSWERS).find((key) => key !== direction) ?? ''
    if (name === null || answer === undefined) return []
    const grows = direction === 'towards the camera'
    return [
      candidateOf(
        {
          kind: 'distance',
          subject: `${thing.track} ${name}`,
          certainty: certaintyOf([first, last]),
          questions: [
            `seen from the camera, where does the ${name} move between one moment, ${atTime(from)}, and a later one, ${atTime(to)}?`,
            `the ${name} is in view ${atTime(from)} and ${atTime(to)}. Where has the ${name} moved, seen from the camera?`,
          ],
          answer,
          distractors: [ANSWERS[other] ?? '', 'Nowhere: the distance stays the same.', 'Out of the view.'],
          task: taskFor([thing.label], 'event_process'),
          frames: [first.at, last.at],
          objects: [{ phrase: name, label: thing.label, sights: [first, last] }],
          steps: [
            { text: `${atTime(from)}, the [[0]] looks ${grows ? 'small' : 'large'}`, frames: [first.at] },
            { text: `${atTime(to)}, the [[0]] looks much ${grows ? 'larger' : 'smaller'}`, frames: [last.at] },
          ],
        },
        seed,
      ),
    ]
  })
}
