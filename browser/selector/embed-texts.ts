/** Vectors of texts, each computed once for a video. */
import type { KeptEntries } from './kept-rows'

/** `step` = texts between two looks at the signal. */
type Options = {
  readonly step: number
  readonly signal: AbortSignal
  readonly onDone: (done: number, total: number) => void
}

/**
 * After it `known` has every text. What was embedded before it failed is kept there.
 *
 * @returns how many had to be embedded
 * @throws what `embed` throws; the reason of the signal, between two steps
 */
export async function embedTexts(
  texts: readonly string[],
  known: KeptEntries,
  embed: (texts: readonly string[]) => Promise<readonly Float32Array[]>,
  { step, signal, onDone }: Options,
): Promise<number> {
  const missing = [...new Set(texts)].filter((text) => !known.has(text))
  for (let from = 0; from < missing.length; from += step) {
    signal.throwIfAborted()
    onDone(from, missing.length)
    const some = missing.slice(from, from + step)
    const vectors = await embed(some)
    for (const [at, text] of some.entries()) {
      const vector = vectors[at]
      if (vector !== undefined) known.set(text, { vector, seen: null })
    }
  }
  if (missing.length > 0) onDone(missing.length, missing.length)
  return missing.length
}
