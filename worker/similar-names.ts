/** Reads a question with the help of the sentence encoder, for names that no table knows. */
import { phrasesToCompare, planQuestion, type QuestionPlan } from '@/core/selection/question-plan'
import type { SignalWeights } from '@/core/selection/signals/blend'
import { ANCHOR_TEXTS, type SimilarLabels, similarLabels, textOfPhrase } from '@/core/selection/signals/similar-labels'
import type { Embedder } from './models/roles'
import { vectorsOf } from './stages/embed'

type Vectors = ReadonlyMap<string, Float32Array>

/** What every phrase is compared with, embedded once an encoder. */
const anchors = new WeakMap<Embedder, Promise<Vectors>>()

function anchorsOf(embedder: Embedder): Promise<Vectors> {
  const known = anchors.get(embedder)
  if (known !== undefined) return known
  const vectors = vectorsOf(embedder, ANCHOR_TEXTS)
  anchors.set(embedder, vectors)
  // The next question tries again.
  vectors.catch(() => anchors.delete(embedder))
  return vectors
}

async function similarNames(phrases: readonly string[], embedder: Embedder): Promise<SimilarLabels> {
  const known = await anchorsOf(embedder)
  const own = await vectorsOf(embedder, [...new Set(phrases.map(textOfPhrase))])
  return similarLabels(phrases, (text) => known.get(text) ?? own.get(text))
}

/**
 * `planQuestion`, and names in no table by the embedded encoder: the bar was measured with that one, so another is not asked.
 *
 * @param open is called only where there is such a name
 * @throws AppError as `planQuestion`; model_bad_answer, and what opening throws
 */
export async function planWithNames(question: string, weights: SignalWeights, open: () => Promise<Embedder | null>): Promise<QuestionPlan> {
  const phrases = phrasesToCompare(question, weights)
  if (phrases.length === 0) return planQuestion(question, weights)
  const embedder = await open()
  const isMeasured = embedder?.identity.provider === 'embedded'
  return planQuestion(question, weights, isMeasured ? await similarNames(phrases, embedder) : undefined)
}
