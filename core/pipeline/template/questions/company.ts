/** What is seen together with a thing, at two moments? */
import { type Candidate, candidateOf, certaintyOf } from '../candidate'
import { sentence, withArticle } from '../english'
import { areDistinct, atTime } from '../moments'
import { nameOf } from '../reference'
import type { KnownCaption, Sight, Thing } from '../things'

/** A detection this weak could still be a second companion. */
const WEAK = 0.35
/** Companions must be seen this well. */
const SURE = 0.6
/** Common things; those that the detector saw a trace of are never wrong answers. */
const COMMON = ['dog', 'cat', 'bicycle', 'umbrella', 'horse', 'chair', 'bench', 'laptop', 'bottle', 'potted plant', 'tv', 'couch'] as const

/** The answer that names a kind. */
export function companyAnswer(label: string): string {
  return sentence(withArticle(label))
}

/** The kind that such an answer names; null for any other text. */
export function companyInAnswer(answer: string): string | null {
  const [, label] = /^An? ([a-z ]+)\.$/.exec(answer) ?? []
  return label ?? null
}

/** Sights of both things on the same frame. */
function together(a: Thing, b: Thing): { own: Sight; other: Sight }[] {
  return a.sights.flatMap((own) =>
    b.sights
      .filter((other) => other.at === own.at && other.sighting.score >= SURE && own.sighting.score >= SURE)
      .map((other) => ({ own, other })),
  )
}

/** On the frame there is no third kind of thing, not even a weak one. */
function isOnlyCompany(at: KnownCaption, a: Thing, b: Thing): boolean {
  return at.facts.sightings.every(({ label, score }) => label === a.label || label === b.label || score < WEAK)
}

/** Questions on what is seen together with a thing at two moments. */
export function companyQuestions(things: readonly Thing[], captions: readonly KnownCaption[], seed: number): Candidate[] {
  const traced = new Set(captions.flatMap(({ facts }) => facts.sightings.map(({ label }) => label)))
  const wrong = COMMON.filter((label) => !traced.has(label)).slice(0, 3)
  return things.flatMap((a) =>
    things.flatMap((b): Candidate[] => {
      if (a.label === b.label || wrong.length < 3) return []
      const shared = together(a, b).filter(({ own }) => isOnlyCompany(own.at, a, b))
      const [first, last] = [shared[0], shared.at(-1)]
      if (first === undefined || last === undefined || shared.length < 3) return []
      const [from, to] = [first.own.at.facts.timeSec, last.own.at.facts.timeSec]
      const name = nameOf(a, captions, from, to)
      if (name === null || !areDistinct(from, to)) return []
      return [
        candidateOf(
          {
            kind: 'company',
            subject: [a.track, b.track].sort((x, y) => x - y).join(' '),
            certainty: certaintyOf([first.own, first.other, last.own, last.other]),
            questions: [
              `what is seen together with the ${name} both ${atTime(from)} and ${atTime(to)}?`,
              `which other kind of thing shares the view with the ${name} ${atTime(from)} and again ${atTime(to)}?`,
            ],
            answer: companyAnswer(b.label),
            distractors: wrong.map(companyAnswer),
            task: 'contextual_interpretation',
            frames: [first.own.at, last.own.at],
            objects: [
              { phrase: name, label: a.label, sights: [first.own, last.own] },
              { phrase: b.label, label: b.label, sights: [first.other, last.other] },
            ],
            steps: [
              { text: `${atTime(from)}, the [[0]] and the [[1]] are both in view`, frames: [first.own.at] },
              { text: `${atTime(to)}, the [[0]] and the [[1]] are in view again`, frames: [last.own.at] },
            ],
          },
          seed,
        ),
      ]
    }),
  )
}
