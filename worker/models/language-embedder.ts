/** Embeddings behind an API. Vectors come back at unit length, whatever the provider sends. */
import { embedMany } from 'ai'
import { z } from 'zod'
import type { ProviderRef } from '@/core/pipeline/settings'
import { maxInputTokens } from '@/core/pipeline/tokens'
import { type ModelAccess, parametersOf, stopped, withUsage } from './ask-model'
import { languageIdentity } from './language-identity'
import { badAnswer, type CallContext, toModelError } from './model-errors'
import type { Embedder } from './roles'

/** Texts a call: 32 vectors of 3,072 numbers are about two megabytes of JSON. */
const BATCH = 32
const vectorsSchema = z.array(z.array(z.number()).min(1).max(16_384))

/** Asks for one short text first, because only an answer tells how many dimensions a model has. */
export async function createLanguageEmbedder(ref: ProviderRef, access: Pick<ModelAccess, 'desk' | 'clients'>): Promise<Embedder> {
  const [probe] = await embedBatch(ref, access, ['frame'], null)
  const dimensions = probe?.length ?? 0
  return {
    identity: languageIdentity(ref),
    dimensions,
    async embed(texts) {
      const vectors: Float32Array[] = []
      for (let start = 0; start < texts.length; start += BATCH) {
        vectors.push(...(await embedBatch(ref, access, texts.slice(start, start + BATCH), dimensions)))
      }
      return vectors
    },
  }
}

async function embedBatch(
  ref: ProviderRef,
  access: Pick<ModelAccess, 'desk' | 'clients'>,
  texts: readonly string[],
  dimensions: number | null,
): Promise<Float32Array[]> {
  const timeoutMs = parametersOf(ref).timeoutMs ?? access.clients.timeoutMs
  const context: CallContext = { provider: ref.provider, model: ref.model, timeoutMs, secrets: access.clients.secrets }
  const worstCase = { inputTokens: maxInputTokens(ref.provider, ref.model, texts, []), outputTokens: 0 }
  const read = (answer: unknown) => unitVectors(answer, texts.length, dimensions, context)
  const remembered = await access.desk.call(
    {
      role: 'embedder',
      provider: ref.provider,
      model: ref.model,
      content: { texts },
      worstCase,
      promptHash: null,
      parameters: ref.parameters,
    },
    async (signal) => {
      const given = await embedMany({
        model: await access.clients.embedding(ref, timeoutMs),
        // An empty text is refused by every provider; its place is kept by a space.
        values: texts.map((text) => (text.trim() === '' ? ' ' : text)),
        maxRetries: 0,
        abortSignal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      }).catch((thrown: unknown) => {
        if (signal.aborted) throw stopped(signal)
        throw toModelError(thrown, context)
      })
      const counted = given.usage.tokens
      const usage = { inputTokens: Number.isFinite(counted) ? counted : worstCase.inputTokens, outputTokens: 0 }
      withUsage(usage, () => read(given.embeddings))
      return { answer: given.embeddings, usage }
    },
  )
  return read(remembered)
}

function unitVectors(answer: unknown, count: number, dimensions: number | null, context: CallContext): Float32Array[] {
  const parsed = vectorsSchema.safeParse(answer)
  if (!parsed.success || parsed.data.length !== count) throw badAnswer(context, `did not give one vector for each of ${count} texts`)
  const width = dimensions ?? parsed.data[0]?.length
  return parsed.data.map((vector) => {
    const length = Math.hypot(...vector)
    if (vector.length !== width) throw badAnswer(context, `gave a vector of ${vector.length} numbers instead of ${width}`)
    if (!Number.isFinite(length) || length === 0) throw badAnswer(context, 'gave a vector without a direction')
    return Float32Array.from(vector, (value) => value / length)
  })
}
