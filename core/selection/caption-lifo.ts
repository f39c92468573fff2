import { frameIndexSchema } from '../ids'
import { dedupe } from '../pipeline/dedupe'
import { bestFirst, fillUp } from './rank'
import { normalised, type Vector } from './similarity'
import { uniform } from './uniform'

/**
 * The text-only selector of VideoEspresso with a small encoder in place of the 0.5B language model: captions that say what the
 * last kept caption says are dropped (last in, first out, cosine ≥ τ), the others are ranked by ⟨caption_i, q⟩. When fewer than
 * k captions survive, the best of the dropped fill up. All survivors equally relevant → uniform over them. O(n d + n log n).
 *
 * @param scores  ⟨caption_i, question⟩, one a frame
 * @param tau     similarity from which a caption is a repetition; 0.9 after StreamingCoT, the paper names none
 * @returns min(k, n) distinct indices, the best survivors first
 */
export function captionLifo(scores: readonly number[], captions: readonly Vector[], k: number, tau: number): number[] {
  const texts = captions.map((_, index) => ({ frameIndex: frameIndexSchema.parse(index), text: '' }))
  const rule = { threshold: tau, variant: 'stack', keepsNumbersAndDirections: false } as const
  const vectors = captions.map((caption) => Float32Array.from(caption))
  const kept: number[] = dedupe(vectors, texts, rule).kept
  const keptScores = kept.map((index) => scores[index] ?? 0)
  const order = normalised(keptScores) === null ? uniform(kept.length, k) : bestFirst(keptScores).slice(0, k)
  return fillUp(
    order.map((at) => kept[at] ?? 0),
    scores,
    k,
  )
}
