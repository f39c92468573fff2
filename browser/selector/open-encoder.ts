/**
 * Opens the sentence encoder: a question alone is embedded sooner on the processor (5 ms against 15 on an H100), many captions sooner on
 * a card (50 ms against 340 for 256). The card's session is opened with the first batch that is worth it, and measured once.
 */

import { ENCODER_BATCH } from '@/core/models/encoder-io'
import { encoderAgreement } from '@/core/models/golden'
import { GOLDEN_SENTENCES } from '@/core/models/golden-input'
import type { UnigramTokenizer } from '@/core/models/unigram-tokenizer'
import { type BrowserEncoder, encoderOf } from './encoder'
import { readGolden } from './golden-check'
import type { ModelHost } from './model-host'
import type { VerifiedModel } from './models'
import type { BrowserSession } from './onnx-session'
import { msOf, openOnCard, openOnProcessor, type Recipe } from './open-checked'
import { fasterOf } from './placements'

/** From this many texts on a card is worth asking. */
export const MANY_TEXTS = 10

type Opened = { readonly session: BrowserSession; readonly encoder: BrowserEncoder }

/** `weights` = reads them again when the card's session is opened, so that they are not held meanwhile. */
export async function openEncoder(
  sha256: string,
  tokenizer: UnigramTokenizer,
  weights: () => Promise<VerifiedModel>,
  host: ModelHost,
): Promise<BrowserEncoder> {
  const recipe: Recipe<Opened> = {
    what: 'sentence encoder',
    bufferBytes: 0,
    make: (session) => ({ session, encoder: encoderOf(sha256, tokenizer, async () => session) }),
    agreement: async ({ encoder }) => encoderAgreement(await encoder.embed(GOLDEN_SENTENCES), (await readGolden()).encoder),
    release: ({ session }) => session.release(),
  }
  const onProcessor = once(async () => openOnProcessor(recipe, await weights(), host))
  const onCard = once(async () => openOnCard(recipe, await weights(), host))
  const faster = once(async () => {
    const key = `${sha256} ${host.facts.name} ${host.facts.threads}`
    const place = await host.placements.get(key)
    if (place === 'wasm') return onProcessor()
    const card = await onCard()
    if (place === 'webgpu' || card === null) return card ?? onProcessor()
    const processor = await onProcessor()
    const texts = Array.from({ length: ENCODER_BATCH }, (_, place) => `${place} ${GOLDEN_SENTENCES[place % GOLDEN_SENTENCES.length]}`)
    // Once for the programs of that size, once for the time.
    await card.encoder.embed(texts)
    const timing = { webgpu: await msOf(() => card.encoder.embed(texts)), wasm: await msOf(() => processor.encoder.embed(texts)) }
    await host.placements.set(key, timing)
    if (fasterOf(timing) === 'webgpu') return card
    await recipe.release(card)
    return processor
  })
  // The first one is opened at once, so that a model that cannot be used is refused now.
  if (host.wish === 'webgpu' && host.gpu !== null) await onCard()
  if (host.gpu === null || host.wish !== 'webgpu') await onProcessor()
  return encoderOf(sha256, tokenizer, async (count) => {
    if (host.gpu === null) return (await onProcessor()).session
    if (host.wish === 'webgpu') return ((await onCard()) ?? (await onProcessor())).session
    return (await (count < MANY_TEXTS ? onProcessor() : faster())).session
  })
}

/** Does it once for all who ask; again where it failed. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null
  return () => {
    running ??= work()
    const current = running
    current.catch(() => {
      if (running === current) running = null
    })
    return current
  }
}
