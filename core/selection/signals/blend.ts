/** Several signals as one relevance. */
import { AppError } from '../../errors'

/** Where relevance may come from: captions, a detector, a dual encoder of texts and pictures. */
export const SIGNALS = ['text', 'objects', 'vision'] as const
export type SignalName = (typeof SIGNALS)[number]
/** One score a candidate frame; `weight` ≥ 0. */
export type Signal = { readonly name: SignalName; readonly scores: readonly number[]; readonly weight: number }

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

/**
 * Weighted mean of the signals, each as (s − min) / max(max − min, least range), 0 to 1: text and objects 0.1, vision 0.02. O(n).
 *
 * @param signals of the same frames; a weight of 0 leaves one out
 * @returns one relevance a frame, 0 to 1
 * @throws AppError `invalid_input`: no signal with a weight, a negative weight, lists of different lengths, NaN
 */
export function blendSignals(signals: readonly Signal[]): number[] {
  const count = signals[0]?.scores.length ?? 0
  for (const signal of signals) checkSignal(signal, count)
  const total = signals.reduce((sum, { weight }) => sum + weight, 0)
  if (!(total > 0)) throw new AppError('invalid_input', 'No signal has a weight, so there is nothing to choose by.')
  const blended = new Array<number>(count).fill(0)
  for (const { name, scores, weight } of signals) {
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const score of scores) {
      min = Math.min(min, score)
      max = Math.max(max, score)
    }
    const range = Math.max(max - min, LEAST_RANGE[name])
    for (const [at, score] of scores.entries()) blended[at] = (blended[at] ?? 0) + ((weight / total) * (score - min)) / range
  }
  return blended.map((score) => Math.min(1, score))
}
