/** Arms of FOCUS: stretches of a video that are tried out like the arms of a bandit. */
import { shuffled } from '../pipeline/random'
import { deviationOf, meanOf } from './similarity'
import { uniform } from './uniform'

/** Frame indices of one arm in time order, never empty. */
export type Arm = readonly number[]

/** Variance of an arm counts at least this much: three equal samples do not prove that the rest is equal. */
const LEAST_VARIANCE = 1e-6

/** Stretches of `armSec` seconds from the first frame on; those without a frame are left out. O(n). */
export function armsOf(timeSec: readonly number[], armSec: number): Arm[] {
  const arms = new Map<number, number[]>()
  for (const [index, time] of timeSec.entries()) {
    const number = Math.floor((time - (timeSec[0] ?? 0)) / armSec)
    const arm = arms.get(number)
    if (arm === undefined) arms.set(number, [index])
    else arm.push(index)
  }
  return [...arms.values()]
}

/**
 * Optimistic mean of an arm (Bernstein bound): μ + √(2 ln N · max(σ², 10⁻⁶) / n) + 3 ln N / n.
 *
 * @param scores the n scores of this arm; an arm without one gets −Infinity, because no call is left for it
 * @param total  N, number of scores of all arms
 */
export function optimisticMean(scores: readonly number[], total: number): number {
  const count = scores.length
  if (count === 0) return Number.NEGATIVE_INFINITY
  const variance = Math.max(deviationOf(scores) ** 2, LEAST_VARIANCE)
  return meanOf(scores) + Math.sqrt((2 * Math.log(total) * variance) / count) + (3 * Math.log(total)) / count
}

/**
 * First look: the middle frame of every arm, then one random frame of every arm, then a second one; cut at `budget`. When even the
 * middles are too many, those of evenly spread arms.
 */
export function coarseFrames(arms: readonly Arm[], extra: number, budget: number, random: () => number): number[] {
  const middleOf = (arm: Arm) => Math.floor((arm.length - 1) / 2)
  if (budget < arms.length) return uniform(arms.length, budget).flatMap((at) => arms[at]?.[middleOf(arms[at])] ?? [])
  const orders = arms.map((arm) => {
    const middle = arm[middleOf(arm)]
    return [middle, ...shuffled(arm, random).filter((index) => index !== middle)]
  })
  const rounds = Array.from({ length: extra + 1 }, (_, round) => orders.flatMap((order) => order[round] ?? []))
  return rounds.flat().slice(0, budget)
}

/** Second look into one arm: about one frame each `everySec`, half of them evenly spread, half random, none that was seen. */
export function fineFrames(
  arm: Arm,
  timeSec: readonly number[],
  isSeen: (index: number) => boolean,
  everySec: number,
  random: () => number,
): number[] {
  const lengthSec = (timeSec[arm[arm.length - 1] ?? 0] ?? 0) - (timeSec[arm[0] ?? 0] ?? 0)
  const wanted = Math.floor(lengthSec / everySec) + 1
  const even = uniform(arm.length, Math.round(wanted / 2)).flatMap((at) => arm[at] ?? [])
  const evenNew = even.filter((index) => !isSeen(index))
  const rest = arm.filter((index) => !isSeen(index) && !evenNew.includes(index))
  return [...evenNew, ...shuffled(rest, random).slice(0, wanted - even.length)]
}
