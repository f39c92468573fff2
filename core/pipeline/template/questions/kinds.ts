/** Two kinds of thing, one after the other, at the same place: which ones? Both moments are named. */
import { type Candidate, candidateOf, certaintyOf, taskFor } from '../candidate'
import { withArticle } from '../english'
import { areDistinct, atTime } from '../moments'
import { atPlace } from '../place'
import type { KnownCaption, Sight, Thing } from '../things'

/** A box that weak at the same place may still be one more thing there. */
const WEAK = 0.3
const SURE = 0.5

/** The answer for two kinds in order. */
export function kindsAnswer(first: string, second: string): string {
  const then = withArticle(second)
  const text = `${withArticle(first)} first, then ${then}.`
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The kinds of such an answer, in order, without articles; null for any other text. */
export function kindsInAnswer(answer: string): readonly [string, string] | null {
  const [, first, second] = /^(?:An? )?(.+) first, then (?:an? )?(.+)\.$/i.exec(answer) ?? []
  return first === undefined || second === undefined ? null : [first.toLowerCase(), second]
}

/** Sights at a named place where nothing else, strong or weak, was found. */
function aloneAt(thing: Thing): Sight[] {
  return thing.sights.filter(({ at, sighting }) => {
    const others = at.facts.sightings.filter(
      (other) => other !== sighting && other.score >= WEAK && (other.place === '' || other.place === sighting.place),
    )
    return sighting.place !== '' && sighting.score >= SURE && others.length === 0
  })
}

/** Names that are not in the video at all, for wrong answers. */
const OTHERS = ['bus', 'motorcycle', 'bicycle', 'horse', 'dog', 'bench', 'umbrella'] as const

/** Questions on which kinds of thing are at one place at two moments. */
export function kindQuestions(things: readonly Thing[], captions: readonly KnownCaption[], seed: number): Candidate[] {
  const labels = new Set(captions.flatMap(({ facts }) => facts.sightings.map(({ label }) => label)))
  const third = OTHERS.find((label) => !labels.has(label)) ?? 'unicorn'
  return things.flatMap((a) =>
    things.flatMap((b): Candidate[] => {
      const pairs = aloneAt(a).flatMap((first) =>
        aloneAt(b)
          .filter((second) => second.sighting.place === first.sighting.place && second.at.facts.timeSec > first.at.facts.timeSec)
          .map((second) => ({ first, second })),
      )
      const [best] = pairs.sort((x, y) => certaintyOf([y.first, y.second]) - certaintyOf([x.first, x.second]))
      if (a.label === b.label || best === undefined) return []
      const { first, second } = best
      const [from, to] = [first.at.facts.timeSec, second.at.facts.timeSec]
      if (!areDistinct(from, to)) return []
      const place = atPlace(first.sighting.place)
      return [
        candidateOf(
          {
            kind: 'kinds',
            subject: `${a.track} ${b.track}`,
            certainty: certaintyOf([first, second]),
            questions: [
              `what is seen ${place} of the view, first ${atTime(from)} and then ${atTime(to)}?`,
              `which two kinds of thing are ${place} of the view, one ${atTime(from)} and the other ${atTime(to)}?`,
            ],
            answer: kindsAnswer(a.label, b.label),
            distractors: [kindsAnswer(b.label, a.label), kindsAnswer(a.label, third), kindsAnswer(third, b.label)],
            task: taskFor([a.label, b.label], 'narrative_structuring'),
            frames: [first.at, second.at],
            objects: [
              { phrase: a.label, label: a.label, sights: [first] },
              { phrase: b.label, label: b.label, sights: [second] },
            ],
            steps: [
              { text: `${atTime(from)}, the [[0]] is ${place}`, frames: [first.at] },
              { text: `${atTime(to)}, the [[1]] is ${place}`, frames: [second.at] },
            ],
          },
          seed,
        ),
      ]
    }),
  )
}
