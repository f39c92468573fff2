/** The embedded sentence encoder in the browser: one vector of 512 numbers a text. */
import { AppError } from '@/core/errors'
import { ENCODER_BATCH, encoderFeed, encoderRows, readVocabulary } from '@/core/models/encoder-io'
import { type UnigramTokenizer, unigramTokenizer } from '@/core/models/unigram-tokenizer'
import type { BrowserSession } from './onnx-session'

/** A card takes 256 texts in thrice the time of 16; a processor gains nothing from more than 32. */
const BATCH = { webgpu: 256, wasm: ENCODER_BATCH } as const

export type BrowserEncoder = {
  readonly sha256: string
  /** @throws AppError model_bad_answer, unavailable */
  embed(texts: readonly string[]): Promise<Float32Array[]>
}

/** Which of the open sessions suits so many texts: few are done sooner on a processor, many on a card. */
export type SessionChoice = (count: number) => Promise<BrowserSession>

export function encoderOf(sha256: string, tokenizer: UnigramTokenizer, choose: SessionChoice): BrowserEncoder {
  return {
    sha256,
    async embed(texts) {
      const session = await choose(texts.length)
      const batch = BATCH[session.kind]
      const vectors: Float32Array[] = []
      for (let from = 0; from < texts.length; from += batch) {
        const some = texts.slice(from, from + batch)
        vectors.push(...encoderRows(await session.run(encoderFeed(tokenizer, some)), some.length))
      }
      return vectors
    },
  }
}

/** @throws AppError bad_file */
export function tokenizerOf(vocabulary: Uint8Array): UnigramTokenizer {
  const entries = readVocabulary(new TextDecoder().decode(vocabulary))
  if (entries === null) throw new AppError('bad_file', 'The vocabulary of the sentence encoder cannot be read.')
  return unigramTokenizer(entries)
}
