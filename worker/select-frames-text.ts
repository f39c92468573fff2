/** The texts that a question is compared with, as vectors. */
import { captionTexts } from '@/core/selection/caption-texts'
import type { Embedder } from './models/roles'
import { vectorsOf } from './stages/embed'

/**
 * Vectors of the question and of what captions say, by text; equal sentences are embedded once.
 *
 * @param isWhole whole captions too, for `lifo`
 * @throws AppError model_bad_answer, and what the embedder throws
 */
export async function embedCaptions(
  embedder: Embedder,
  question: string,
  captions: readonly { readonly text: string }[],
  isWhole: boolean,
): Promise<ReadonlyMap<string, Float32Array>> {
  return await vectorsOf(embedder, [...new Set([question, ...captionTexts(captions, isWhole)])])
}
