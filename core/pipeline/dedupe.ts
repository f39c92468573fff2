/**
 * Semantic redundancy removal (VideoEspresso §3.1): of captions that say the same, only the first is kept. S(c) is the cosine
 * of caption embeddings; a caption is kept while S(c) < τ. τ is not published; 0.9 is the default, after StreamingCoT.
 */
import { AppError } from '../errors'
import type { FrameIndex } from '../ids'
import { cosine } from '../models/vectors'
import type { Dropped } from './outputs'
import type { PipelineSettings } from './settings'
import { sameSymbols, symbolsOf } from './symbolic'

/** Threshold, variant and symbolic comparison, as the settings name them. */
export type DedupeRule = PipelineSettings['dedupe']
/** A caption as this rule sees it. Lists of them are in time order. */
export type CaptionText = { readonly frameIndex: FrameIndex; readonly text: string }

/** Cosines are sums of float32 products; two equal texts come out this far below 1. */
const COSINE_SLACK = 1e-6

type Verdicts = { readonly kept: FrameIndex[]; readonly dropped: Dropped[] }
/** How alike captions i and j are, and whether they name other numbers or directions. */
type Likeness = { readonly similarity: number; readonly hasOtherSymbols: boolean }

/** Cosines and symbols of a list, each worked out once, because a preview asks for the same pairs for many thresholds. */
function likenessOf(vectors: readonly Float32Array[], captions: readonly CaptionText[]): (a: number, b: number) => Likeness {
  if (vectors.length !== captions.length)
    throw new AppError('invalid_input', `There are ${captions.length} captions, but ${vectors.length} vectors.`, {
      captions: captions.length,
    })
  const symbols = captions.map((caption) => symbolsOf(caption.text))
  const known = new Map<number, Likeness>()
  return (a, b) => {
    const key = a * captions.length + b
    const found = known.get(key)
    if (found !== undefined) return found
    const [left, right] = [vectors[a], vectors[b]]
    const similarity = left === undefined || right === undefined ? -1 : cosine(left, right)
    const likeness = { similarity, hasOtherSymbols: !sameSymbols(symbols[a] ?? [], symbols[b] ?? []) }
    known.set(key, likeness)
    return likeness
  }
}

function judge(captions: readonly CaptionText[], likeness: ReturnType<typeof likenessOf>, rule: DedupeRule): Verdicts {
  const kept: FrameIndex[] = []
  const dropped: Dropped[] = []
  let top = 0
  for (const [position, caption] of captions.entries()) {
    const against = rule.variant === 'stack' ? top : position - 1
    const other = captions[against]
    const { similarity, hasOtherSymbols } = likeness(position, against)
    const isNew = similarity < rule.threshold - COSINE_SLACK || (rule.keepsNumbersAndDirections && hasOtherSymbols)
    if (position === 0 || other === undefined || isNew) {
      kept.push(caption.frameIndex)
      top = position
    } else dropped.push({ frameIndex: caption.frameIndex, against: other.frameIndex, similarity })
  }
  return { kept, dropped }
}

/**
 * Sorts captions into kept and dropped.
 *
 * `stack`: the last kept caption is the top of a stack; each caption is compared with it and pushed only when it says
 * something else (last in, first out). `adjacent`: each is compared with the caption just before it, kept or not, as the
 * paper's text has it; a slow change can then pass unseen. With `keepsNumbersAndDirections` a caption that names other
 * numbers or directions is never dropped (`symbolic.ts`). The first caption is always kept.
 *
 * @param vectors one unit vector a caption, in the same order
 * @returns frame indices; `against` = the caption it was compared with; `similarity` = their cosine
 * @throws AppError `invalid_input` when vectors and captions do not go together
 */
export function dedupe(vectors: readonly Float32Array[], captions: readonly CaptionText[], rule: DedupeRule): Verdicts {
  return judge(captions, likenessOf(vectors, captions), rule)
}

/**
 * The frames that each of many thresholds would keep, for the slider of the settings: the same as `dedupe` with that threshold,
 * with each cosine worked out once.
 *
 * @param thresholds values of τ, 0–1
 * @returns one list of kept frame indices for each threshold, in their order
 * @throws AppError `invalid_input` when vectors and captions do not go together
 */
export function previewThresholds(
  vectors: readonly Float32Array[],
  captions: readonly CaptionText[],
  thresholds: readonly number[],
  rule: Omit<DedupeRule, 'threshold'>,
): FrameIndex[][] {
  const likeness = likenessOf(vectors, captions)
  return thresholds.map((threshold) => judge(captions, likeness, { ...rule, threshold }).kept)
}
