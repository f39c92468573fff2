/**
 * Temporal grounding (VideoEspresso §3.3): the writer of a chain paraphrases captions, so the frame it means is found again by
 * t = argmax_k cos(φ(c_j), φ(c_k)), with c_j its own caption and c_k the original captions of the group.
 *
 * Where the lead over the runner-up is below the low margin, the cosine alone cannot tell the frames apart. Our addition for
 * this case only: the frame that the writer itself names wins if it is among them, else the one whose single facts fit best.
 * Such a place keeps its low margin and is flagged.
 */
import { AppError } from '../errors'
import type { FrameIndex } from '../ids'
import { cosine } from '../models/vectors'
import type { RetrieveOutput } from './outputs'

/** An original caption of the group. */
export type Candidate = { readonly frameIndex: FrameIndex; readonly vector: Float32Array }
/** A candidate with its cosine to the generated caption, −1 to 1. */
export type Ranked = { readonly frameIndex: FrameIndex; readonly score: number }

/** Cosines closer than this are the same number but for rounding. */
const TIE = 1e-6

/**
 * The candidates, best first; equal ones in the order they came in, which is that of time.
 *
 * @param query unit vector of the generated caption
 */
export function rankFrames(query: Float32Array, candidates: readonly Candidate[]): Ranked[] {
  const round = (score: number) => Math.round(score / TIE)
  return candidates
    .map(({ frameIndex, vector }) => ({ frameIndex, score: cosine(query, vector) }))
    .sort((a, b) => round(b.score) - round(a.score))
}

/** The frames that the cosine cannot tell from the best one, best first: those less than `lowMargin` behind, and all equal ones. */
export function nearFrames(ranked: readonly Ranked[], lowMargin: number): FrameIndex[] {
  const best = ranked[0]?.score ?? 0
  return ranked.filter((entry) => best - entry.score < Math.max(lowMargin, TIE)).map((entry) => entry.frameIndex)
}

/**
 * What is stored of a core frame found by retrieval: its cosine, and its lead over the best of the others (0 when it does not
 * lead; null when there is no other).
 *
 * @param chosen one of the ranked frames
 * @throws AppError `invalid_input` when it is none of them
 */
export function placeOf(ranked: readonly Ranked[], chosen: FrameIndex, lowMargin: number): RetrieveOutput['frames'][number] {
  const found = ranked.find((entry) => entry.frameIndex === chosen)
  if (found === undefined) throw new AppError('invalid_input', `Frame ${chosen} is none of the captioned frames of this group.`, { chosen })
  const others = ranked.filter((entry) => entry !== found).map((entry) => entry.score)
  const margin = others.length === 0 ? null : Math.max(0, found.score - Math.max(...others))
  return { frameIndex: found.frameIndex, score: found.score, margin, isLowMargin: margin !== null && margin < lowMargin }
}
