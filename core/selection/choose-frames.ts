/** Which frames a method chooses, and why each: the one answer that screen, stage and terminal show. */
import { AppError } from '../errors'
import { coverageGains } from './adaptive-k'
import type { ChosenFrame, FrameChoice } from './frame-choice'
import { bestFirst } from './rank'
import { selectScored } from './select'
import { checkOptions, type SelectionMethod, type SelectionOptions } from './selection-options'
import { dot } from './similarity'
import type { WeighedFrames } from './weigh-frames'

/** The other chosen frame that this one is most like; of equals the earlier. */
function nearestOf(at: number, indices: readonly number[], { alike }: WeighedFrames): ChosenFrame['nearest'] {
  return indices.reduce<ChosenFrame['nearest']>((best, other) => {
    if (other === at) return best
    const cosine = dot(alike[at] ?? [], alike[other] ?? [])
    return best === null || cosine > best.cosine ? { at: other, cosine } : best
  }, null)
}

/**
 * Chooses among weighed frames. With no more frames than `k` all of them are the answer, except of `adaptive`. The coverage that a
 * chosen frame adds is measured with the ρ of adaptive k, whatever the method.
 *
 * @returns the chosen frames in time order
 * @throws AppError `invalid_input` naming the option, for `lifo` without embeddings of whole captions, for vectors that are not of
 *   unit length or not finite
 */
export function chooseFrames(weighed: WeighedFrames, method: SelectionMethod, options: SelectionOptions): FrameChoice {
  const { frames, signals, curve, alike, asked, captions } = weighed
  const { rho } = checkOptions(method, options)
  const timeSec = frames.map((frame) => frame.timeSec)
  const input = { scores: curve, frames: alike, timeSec, captions: method === 'lifo' ? (captions ?? undefined) : undefined }
  const { indices, lookedAt } = selectScored(method, input, options)
  const ranked = bestFirst(indices.map((at) => curve[at] ?? 0)).map((place) => indices[place] ?? 0)
  const gains = coverageGains(curve, alike, ranked, rho)
  const chosen = indices.map((at): ChosenFrame => {
    const frame = frames[at]
    if (frame === undefined) throw new AppError('internal', `The method ${method} chose a frame that is not there.`, { at })
    const shares = Object.fromEntries(signals.map((signal) => [signal.name, signal.shares[at] ?? 0]))
    const coverageGain = gains[ranked.indexOf(at)] ?? 0
    const nearest = nearestOf(at, indices, weighed)
    return { ...frame, at, relevance: curve[at] ?? 0, signals: shares, coverageGain, nearest, asked: asked[at] ?? [] }
  })
  return { method, chosen, curve, lookedAt }
}
