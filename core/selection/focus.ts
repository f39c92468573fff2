/** FOCUS: which frames to score at all, when scoring each of them would take too long. */
import { AppError } from '../errors'
import { randomFrom } from '../pipeline/random'
import { type Arm, armsOf, coarseFrames, fineFrames, optimisticMean } from './focus-arms'
import { gumbel } from './gumbel'
import { argMax, fillUp } from './rank'

const [ARM_SEC, EXTRA_LOOKS, FINE_SEC, ZOOM_SHARE, LEAST_ZOOMED] = [16, 2, 1, 0.25, 4]
const [BEST_SHARE, TEMPERATURE, GAP_SEC] = [0.2, 0.06, 1]
/** Times are sums of fractions: one second may come out this much short. */
const SLACK_SEC = 1e-9

/** `budget` = most frames to score; `seed` decides the random looks. */
export type FocusParameters = { readonly seed: number; readonly budget: number }

type Seen = ReadonlyMap<number, number>

function take(seen: Map<number, number>, indices: readonly number[], scores: readonly number[]): void {
  if (scores.length !== indices.length)
    throw new AppError('invalid_input', `${indices.length} frames were to be scored, ${scores.length} scores came back.`)
  for (const [at, index] of indices.entries()) {
    const score = scores[at] ?? Number.NaN
    if (!Number.isFinite(score)) throw new AppError('invalid_input', `The score of frame ${index} is not a number.`, { frame: index })
    seen.set(index, score)
  }
}

/** The arms worth a closer look, most promising first. */
function promising(arms: readonly Arm[], seen: Seen): Arm[] {
  const count = Math.max(LEAST_ZOOMED, Math.ceil(arms.length * ZOOM_SHARE))
  return arms
    .map((arm) => ({ arm, hope: optimisticMean(scoresIn(arm, seen), seen.size) }))
    .sort((a, b) => (a.hope === b.hope ? 0 : b.hope - a.hope))
    .slice(0, count)
    .map(({ arm }) => arm)
}

const scoresIn = (arm: Arm, seen: Seen): number[] => arm.flatMap((index) => seen.get(index) ?? [])

/** Draws by softmax(score / T) among the seen frames of an arm, each ≥ 1 s away from everything chosen. */
function drawFrom(arm: Arm, count: number, chosen: number[], timeSec: readonly number[], seen: Seen, random: () => number): void {
  const isFree = (index: number) =>
    seen.has(index) && chosen.every((other) => Math.abs((timeSec[index] ?? 0) - (timeSec[other] ?? 0)) >= GAP_SEC - SLACK_SEC)
  for (let drawn = 0; drawn < count; drawn += 1) {
    const free = arm.filter((index) => isFree(index) && !chosen.includes(index))
    const next = free[argMax(free.map((index) => (seen.get(index) ?? 0) / TEMPERATURE + gumbel(random)))]
    if (next === undefined) return
    chosen.push(next)
  }
}

function choose(arms: readonly Arm[], timeSec: readonly number[], seen: Seen, k: number, random: () => number): number[] {
  const lowest = [...seen.values()].reduce((least, score) => Math.min(least, score), 0) - 1
  const known = timeSec.map((_, index) => seen.get(index) ?? lowest)
  const chosen = fillUp([], known, Math.min(k, Math.max(1, Math.round(BEST_SHARE * k))))
  const zoomed = promising(arms, seen)
  const rest = k - chosen.length
  for (const [rank, arm] of zoomed.entries()) {
    const share = Math.floor(rest / zoomed.length) + (rank < rest % zoomed.length ? 1 : 0)
    drawFrom(arm, share, chosen, timeSec, seen, random)
  }
  // Frames that were never scored come last.
  return fillUp(chosen, known, k)
}

/**
 * FOCUS (frame-optimistic confidence upper-bound selection) as a conversation: each `yield` names frames to score at once (one
 * batch for a model), `next` takes their scores. Arms of 16 s. First look: middle and two random frames of each arm. Second look, in
 * the quarter of the arms (at least 4) with the highest optimistic mean: a frame a second, half evenly, half randomly placed. Then
 * the best 20 % of k (at least one) of all that was scored, and the rest from the most promising arms in equal shares, drawn by
 * softmax(s / 0.06) with a gap of 1 s. The original lets a frame that was not scored borrow the score of its neighbour; here such a
 * frame is chosen only when fewer than k were scored. O(n + budget log budget) beside the scoring.
 *
 * @param timeSec time of each candidate frame in seconds, not falling
 * @returns min(k, n) distinct indices in the order of picking
 * @throws AppError `invalid_input` when the scores do not fit the frames asked for
 */
export function* focusSteps(
  timeSec: readonly number[],
  k: number,
  { seed, budget }: FocusParameters,
): Generator<readonly number[], number[], readonly number[]> {
  const random = randomFrom(seed)
  const arms = armsOf(timeSec, ARM_SEC)
  const seen = new Map<number, number>()
  const coarse = coarseFrames(arms, EXTRA_LOOKS, budget, random)
  take(seen, coarse, yield coarse)
  const fine = promising(arms, seen)
    .flatMap((arm) => fineFrames(arm, timeSec, (index) => seen.has(index), FINE_SEC, random))
    .slice(0, budget - seen.size)
  if (fine.length > 0) take(seen, fine, yield fine)
  return choose(arms, timeSec, seen, k, random)
}

/** `focusSteps` with a score function that answers at once; `lookedAt` = number of frames it was asked for. */
export function focus(
  score: (indices: readonly number[]) => readonly number[],
  timeSec: readonly number[],
  k: number,
  parameters: FocusParameters,
): { readonly indices: number[]; readonly lookedAt: number } {
  const steps = focusSteps(timeSec, k, parameters)
  let lookedAt = 0
  let step = steps.next([])
  while (step.done !== true) {
    lookedAt += step.value.length
    step = steps.next(score(step.value))
  }
  return { indices: step.value, lookedAt }
}
