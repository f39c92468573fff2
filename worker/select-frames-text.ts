/** The question against the captions of the candidate frames, by the embedded sentence encoder. */
import type { Caption } from '@/core/pipeline/outputs'
import { factsOf } from '@/core/pipeline/sentence-facts'
import { NOTHING_SEEN } from '@/core/pipeline/template/caption'
import { textSignal } from '@/core/selection/signals/text-signal'
import { embeddedEmbedder } from './models/embedded-embedder'
import { embedAll } from './stages/embed'

/** `scores` = text signal of each frame; `captions` = one vector of each whole caption. */
export type ReadText = { readonly scores: readonly number[]; readonly captions: readonly Float32Array[] }

/**
 * Equal sentences are embedded once: a video repeats itself.
 *
 * @throws AppError missing_file and bad_file (of the model), model_bad_answer
 */
export async function captionTexts(question: string, captions: readonly Caption[], folder?: string): Promise<ReadText> {
  const embedder = await embeddedEmbedder(folder)
  // That nothing was recognised is no fact about the frame.
  const facts = captions.map(({ text }) => (text === NOTHING_SEEN ? [] : factsOf(text)))
  const texts = [...new Set([question, ...captions.map(({ text }) => text), ...facts.flat()])]
  const vectors = await embedAll(embedder, texts)
  const byText = new Map(texts.map((text, at) => [text, vectors[at] ?? new Float32Array()]))
  const vectorOf = (text: string) => byText.get(text) ?? new Float32Array()
  const scores = textSignal(
    question,
    vectorOf(question),
    facts.map((own) => own.map((text) => ({ text, vector: vectorOf(text) }))),
  )
  return { scores, captions: captions.map(({ text }) => vectorOf(text)) }
}
