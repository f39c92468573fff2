/**
 * The template writer: questions on followed things only, few and right. Every template names its moments, so that a thing
 * which the detector missed elsewhere cannot make an answer wrong, and needs two frames.
 */
import type { Caption } from '../outputs'
import { seedOf } from '../random'
import type { Candidate, WrittenPair } from './candidate'
import { isHue } from './colour'
import { colourQuestions } from './questions/colours'
import { companyQuestions } from './questions/company'
import { countQuestions } from './questions/counts'
import { directionQuestions } from './questions/direction'
import { distanceQuestions } from './questions/distance'
import { kindQuestions } from './questions/kinds'
import { knownCaptions, thingsOf } from './things'

/** A candidate below this is not asked. */
const MIN_CERTAINTY = 0.55

function candidates(captions: readonly Caption[]): Candidate[] {
  const known = knownCaptions(captions)
  const things = thingsOf(known)
  const seed = seedOf(known.map(({ facts }) => `${facts.frameIndex} ${facts.timeSec}`).join(' '))
  return [
    ...directionQuestions(things, known, seed),
    ...distanceQuestions(things, known, seed),
    ...colourQuestions(things, known, seed, (colour) => colour !== null && isHue(colour)),
    ...kindQuestions(things, known, seed),
    ...countQuestions(things, known, seed),
    ...companyQuestions(things, known, seed),
  ]
}

/**
 * At most `count` pairs on the captions of one group, the most certain first, as many kinds of question as possible. The same
 * captions give the same pairs. No known facts, or nothing certain: no pairs.
 */
export function writePairs(captions: readonly Caption[], count: number): WrittenPair[] {
  const ranked = candidates(captions)
    .filter(({ certainty }) => certainty >= MIN_CERTAINTY)
    .sort((a, b) => b.certainty - a.certainty)
  const chosen: Candidate[] = []
  const subjects = new Set<string>()
  const kinds = new Map<string, number>()
  while (chosen.length < count) {
    const free = ranked.filter((one) => !chosen.includes(one) && !subjects.has(`${one.kind} ${one.subject}`))
    // The kind that was asked least comes next; within a kind the most certain.
    const [next] = free.sort((a, b) => (kinds.get(a.kind) ?? 0) - (kinds.get(b.kind) ?? 0) || b.certainty - a.certainty)
    if (next === undefined) break
    chosen.push(next)
    subjects.add(`${next.kind} ${next.subject}`)
    kinds.set(next.kind, (kinds.get(next.kind) ?? 0) + 1)
  }
  return chosen.map(({ pair }) => pair)
}
