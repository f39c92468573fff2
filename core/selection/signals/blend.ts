/** Several signals as one relevance. */
import { AppError } from '../../errors'

/** Where relevance may come from: captions, a detector, a dual encoder of texts and pictures. */
export const SIGNALS = ['text', 'objects', 'vision'] as const
export type SignalName = (typeof SIGNALS)[number]
/** Relative to each other; 0 or absent = left out. */
export type SignalWeights = Readonly<Partial<Record<SignalName, number>>>
/** One score a candidate frame; `weight` ≥ 0. */
export type Signal = { readonly name: SignalName; readonly scores: readonly number[]; readonly weight: number }
/** `shares` = scores stretched to 0 … 1, one a frame; `weight` = part of the whole, all together 1. */
export type StretchedSignal = { readonly name: SignalName; readonly shares: readonly number[]; readonly weight: number }

/** A signal that varies less than this is stretched no further: it would be noise. In its own units. */
const LEAST_RANGE: Readonly<Record<SignalName, number>> = { text: 0.1, objects: 0.1, vision: 0.02 }

function checkSignal({ name, scores, weight }: Signal, count: number): void {
  const refuse = (message: string) => {
    throw new AppError('invalid_input', message, { signal: name })
  }
  if (!Number.isFinite(weight) || weight < 0) refuse(`The weight of ${name} must be a number from 0 on.`)
  if (scores.length !== count) refuse(`The signal ${name} has ${scores.length} scores, not ${count}.`)
  const wrong = scores.findIndex((score) => !Number.isFinite(score))
  if (wrong !== -1) refuse(`The score of frame ${wrong} by ${name} is not a number.`)
}

function sharesOf({ name, scores }: Signal): number[] {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const score of scores) {
    min = Math.min(min, score)
    max = Math.max(max, score)
  }
  const range = Math.max(max - min, LEAST_RANGE[name])
  return scores.map((score) => Math.min(1, (score - min) / range))
}

/**
 * Each signal as (s − min) / max(max − min, least range), 0 to 1: text and objects 0.1, vision 0.02. Those with a weight above 0, in
 * the order of `SIGNALS` whatever order they come in, so that rounding is the same too. O(n).
 *
 * @param signals of the same frames; a weight of 0 leaves one out
 * @throws AppError `invalid_input`: no signal with a weight, a negative weight, lists of different lengths, NaN
 */
export function stretchSignals(signals: readonly Signal[]): StretchedSignal[] {
  const count = signals[0]?.scores.length ?? 0
  for (const signal of signals) checkSignal(signal, count)
  const used = SIGNALS.flatMap((name) => signals.filter((signal) => signal.name === name && signal.weight > 0))
  const total = used.reduce((sum, { weight }) => sum + weight, 0)
  if (used.length === 0) throw new AppError('invalid_input', 'No signal has a weight, so there is nothing to choose by.')
  return used.map((signal) => ({ name: signal.name, shares: sharesOf(signal), weight: signal.weight / total }))
}

/** Weighted mean of stretched signals: one relevance a frame, 0 to 1. O(n). */
export function meanOfSignals(signals: readonly StretchedSignal[]): number[] {
  const blended = new Array<number>(signals[0]?.shares.length ?? 0).fill(0)
  for (const { shares, weight } of signals) {
    for (const [at, share] of shares.entries()) blended[at] = (blended[at] ?? 0) + weight * share
  }
  return blended.map((score) => Math.min(1, score))
}
