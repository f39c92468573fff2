/** The captions of candidate frames as texts for a sentence encoder: which ones, and each once, because a video repeats itself. */
import { factsOf } from '../models/sentence-facts'
import { NOTHING_SEEN } from '../pipeline/template/caption'

/** The sentences of a caption. That nothing was recognised is no fact about the frame. */
export function captionFacts(caption: string): string[] {
  return caption === NOTHING_SEEN ? [] : factsOf(caption)
}

/**
 * The texts whose embeddings `weighFrames` looks up, each once, in the order in which they come.
 *
 * @param isWhole whole captions too, which the method `lifo` compares
 */
export function captionTexts(captions: readonly { readonly text: string }[], isWhole: boolean): string[] {
  return [...new Set(captions.flatMap(({ text }) => [...(isWhole ? [text] : []), ...captionFacts(text)]))]
}
