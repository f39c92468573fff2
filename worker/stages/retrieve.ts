/**
 * Stage `retrieve`: the frame that each picked caption means (paper §3.3), among the captions of its group. A writer that
 * names its frames because it saw them (support) is taken at its word: then there is nothing to look up, and no score. Neither is
 * there where a selector chose frames: their score is its relevance.
 */
import type { FrameIndex } from '@/core/ids'
import { factSimilarity, factsOf } from '@/core/models/sentence-facts'
import type { RetrieveOutput } from '@/core/pipeline/outputs'
import { nearFrames, placeOf, rankFrames } from '@/core/pipeline/retrieval'
import type { Embedder } from '../models/roles'
import { badAnswer } from './bad-answer'
import { need, pairView } from './before'
import { embedAll } from './embed'
import type { Stage } from './stage'

/** Of frames the whole captions cannot tell apart, the one whose single facts hold most of what was said. */
async function byFacts(
  embedder: Embedder,
  said: string,
  near: readonly { frameIndex: FrameIndex; text: string }[],
): Promise<FrameIndex | null> {
  const saidVectors = await embedAll(embedder, factsOf(said))
  let best: { frameIndex: FrameIndex; fit: number } | null = null
  for (const { frameIndex, text } of near) {
    const fit = factSimilarity(saidVectors, await embedAll(embedder, factsOf(text)))
    // Rounding must not let a later frame win over an equal earlier one.
    if (best === null || fit > best.fit + 1e-6) best = { frameIndex, fit }
  }
  return best?.frameIndex ?? null
}

/** Throws AppError model_bad_answer, and what the embedder throws. */
export const retrieveStage: Stage<'retrieve'> = async (input, { models }) => {
  const { pair, group } = pairView(input)
  const { frames: picks, selector } = need(input, 'pick-core-frames')
  if (selector !== undefined) {
    return {
      frames: picks.flatMap(({ claimedIndex }, place) => {
        const score = selector.relevance[place] ?? null
        return claimedIndex === null ? [] : [{ frameIndex: claimedIndex, score, margin: null, isLowMargin: false }]
      }),
    }
  }
  if (pair.support !== null && picks.every((pick) => pick.claimedIndex !== null)) {
    const known = picks.flatMap(({ claimedIndex }) => (claimedIndex === null ? [] : [claimedIndex]))
    return { frames: known.map((frameIndex) => ({ frameIndex, score: null, margin: null, isLowMargin: false })) }
  }
  const embedder = await models.embedder()
  const { lowMargin } = input.settings.retrieval
  const vectors = await embedAll(embedder, [...picks.map((pick) => pick.caption), ...group.captions.map((caption) => caption.text)])
  const candidates = group.captions.flatMap(({ frameIndex }, place) => {
    const vector = vectors[picks.length + place]
    return vector === undefined ? [] : [{ frameIndex, vector }]
  })
  const frames: RetrieveOutput['frames'] = []
  for (const [place, { caption, claimedIndex }] of picks.entries()) {
    const query = vectors[place]
    const ranked = query === undefined ? [] : rankFrames(query, candidates)
    const near = nearFrames(ranked, lowMargin)
    const [first] = near
    if (first === undefined) throw badAnswer('embedder', 'there is no caption to find the core frame among.')
    let chosen = first
    if (claimedIndex !== null && near.includes(claimedIndex)) chosen = claimedIndex
    else if (near.length > 1) {
      const texts = near.flatMap((frameIndex) => group.captions.filter((entry) => entry.frameIndex === frameIndex))
      chosen = (await byFacts(embedder, caption, texts)) ?? first
    }
    frames.push(placeOf(ranked, chosen, lowMargin))
  }
  return { frames }
}
