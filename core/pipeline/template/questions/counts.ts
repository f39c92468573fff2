/** How does the number of things of one kind change? Asked only where nothing suggests that one was missed or counted twice. */
import type { FrameFacts } from '../../facts'
import { type Candidate, candidateOf, certaintyOf, taskFor } from '../candidate'
import { numberOf, numberWord, pluralOf } from '../english'
import { areDistinct, atTime } from '../moments'
import { sizeRatio } from '../raw-frame'
import type { KnownCaption, Sight, Thing } from '../things'

/** More than this cannot be counted at a glance, and crowds hide people. */
const MAX_COUNT = 6
/** Of all sightings of the kind in the group, so many may be without a track: more, and the detector misses too many. */
const MAX_LOOSE = 0.1
/** Another detection of about this size may be one more of the kind under a wrong name. */
const LIKE_SIZE = 3

/** The answer for two numbers, in order of time. */
export function countsAnswer(before: number, after: number): string {
  return `From ${numberWord(before)} to ${numberWord(after)}.`
}

/** The numbers of such an answer; null for any other text. */
export function countsInAnswer(answer: string): readonly [number, number] | null {
  const [, from, to] = /^From ([a-z0-9]+) to ([a-z0-9]+)\.$/.exec(answer) ?? []
  const [before, after] = [numberOf(from ?? ''), numberOf(to ?? '')]
  return before === null || after === null ? null : [before, after]
}

/** How many of the kind are on the frame from a score on; null when a box of another name may be one more. */
export function countOn(facts: FrameFacts, label: string, fromScore: number): number | null {
  const counted = facts.sightings.filter((one) => one.label === label && one.score >= fromScore)
  const isDoubtful = facts.sightings.some(
    (other) => other.label !== label && counted.some((one) => sizeRatio(other.rect, one.rect) <= LIKE_SIZE),
  )
  return isDoubtful ? null : counted.length
}

/** The count that strict and lenient thresholds, and a neighbouring frame, agree on. */
function sureCount(captions: readonly KnownCaption[], place: number, label: string): number | null {
  const at = captions[place]
  if (at === undefined) return null
  const strict = countOn(at.facts, label, 0.6)
  const near = [captions[place - 1], captions[place + 1]].some(
    (other) => other !== undefined && other.facts.shot === at.facts.shot && countOn(other.facts, label, 0.45) === strict,
  )
  return strict !== null && strict >= 1 && strict <= MAX_COUNT && near && countOn(at.facts, label, 0) === strict ? strict : null
}

function sightsOn(things: readonly Thing[], at: KnownCaption, label: string): Sight[] {
  return things.filter((thing) => thing.label === label).flatMap(({ sights }) => sights.filter((sight) => sight.at === at))
}

/** Questions on how many there are at one moment and at a later one. */
export function countQuestions(things: readonly Thing[], captions: readonly KnownCaption[], seed: number): Candidate[] {
  return [...new Set(things.map(({ label }) => label))].flatMap((label): Candidate[] => {
    const all = captions.flatMap(({ facts }) => facts.sightings.filter((one) => one.label === label))
    if (all.filter(({ track }) => track === null).length > MAX_LOOSE * all.length) return []
    const sure = captions.flatMap((at, place) => {
      const count = sureCount(captions, place, label)
      const sights = sightsOn(things, at, label)
      return count === null || sights.length !== count ? [] : [{ at, count, sights }]
    })
    const most = sure.reduce<(typeof sure)[number] | null>((best, one) => (best === null || one.count > best.count ? one : best), null)
    const least = sure.reduce<(typeof sure)[number] | null>((best, one) => (best === null || one.count < best.count ? one : best), null)
    if (most === null || least === null || most.count === least.count) return []
    const [before, after] = most.at.facts.timeSec < least.at.facts.timeSec ? [most, least] : [least, most]
    const [from, to] = [before.at.facts.timeSec, after.at.facts.timeSec]
    if (!areDistinct(from, to)) return []
    const many = pluralOf(label)
    return [
      candidateOf(
        {
          kind: 'counts',
          subject: label,
          certainty: certaintyOf([...before.sights, ...after.sights]),
          questions: [
            `how does the number of ${many} in view change from the moment ${atTime(from)} to the moment ${atTime(to)}?`,
            `how many ${many} are in view ${atTime(from)}, and how many ${atTime(to)}?`,
          ],
          answer: countsAnswer(before.count, after.count),
          distractors: [
            countsAnswer(after.count, before.count),
            countsAnswer(before.count, after.count + 1),
            countsAnswer(before.count + 1, after.count + 2),
          ],
          task: taskFor([label], 'situational_awareness'),
          frames: [before.at, after.at],
          objects: [{ phrase: many, label, sights: [...before.sights, ...after.sights] }],
          steps: [
            { text: `${atTime(from)}, each of the [[0]] in view has a box`, frames: [before.at] },
            { text: `${atTime(to)}, each of the [[0]] in view has a box again`, frames: [after.at] },
          ],
        },
        seed,
      ),
    ]
  })
}
