/** What a selector says: which frames, and why. */
import type { SampledFrame } from '../pipeline/outputs'
import type { SelectionMethod } from './selection-options'
import type { SignalName } from './signals/blend'

/**
 * One frame of the choice. `at` = its place among the candidates; `relevance` = blended, 0 to 1; `signals` = its share by each signal
 * that counted, 0 to 1 after stretching; `coverageGain` = coverage (as adaptive k measures it) that it adds to the chosen frames before
 * it in order of relevance; `nearest` = the chosen frame it is most like, null when it is the only one. `asked` = the things that were
 * looked for, in the words of the question, and whether each was seen on this frame, null = in a colour that is not clear; empty where objects had no
 * say.
 */
export type ChosenFrame = SampledFrame & {
  readonly at: number
  readonly relevance: number
  readonly signals: Readonly<Partial<Record<SignalName, number>>>
  readonly coverageGain: number
  readonly nearest: { readonly at: number; readonly cosine: number } | null
  readonly asked: readonly { readonly phrase: string; readonly isShown: boolean | null }[]
}

/** `chosen` in time order; `curve` = relevance of every candidate, 0 to 1; `lookedAt` = how many candidates the method scored. */
export type FrameChoice = {
  readonly method: SelectionMethod
  readonly chosen: readonly ChosenFrame[]
  readonly curve: readonly number[]
  readonly lookedAt: number
}
