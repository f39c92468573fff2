/** Stage `dedupe`: near-duplicate captions are dropped, whole captions compared as the paper does. The vectors are stored. */
import { dedupe } from '@/core/pipeline/dedupe'
import { need } from './before'
import { embedAll } from './embed'
import type { Stage } from './stage'
import { packVectors } from './vector-file'

/** Throws AppError model_bad_answer, storage_full, and what the embedder throws. */
export const dedupeStage: Stage<'dedupe'> = async (input, { models, putBlob }) => {
  const { captions } = need(input, 'caption')
  const embedder = await models.embedder()
  const vectors = await embedAll(
    embedder,
    captions.map((caption) => caption.text),
  )
  const { kept, dropped } = dedupe(vectors, captions, input.settings.dedupe)
  const { sha256 } = await putBlob(packVectors(vectors))
  return { kept, dropped, vectors: { sha256, dimensions: embedder.dimensions } }
}
