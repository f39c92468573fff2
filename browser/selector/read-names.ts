/** Names of a question that no table knows, by the sentence encoder. What they are compared with is embedded once on a device, and kept. */
import { ANCHOR_TEXTS, type SimilarLabels, similarLabels, textOfPhrase } from '@/core/selection/signals/similar-labels'
import { embedTexts } from './embed-texts'
import type { CallOptions } from './models'
import type { SelectorRuntime } from './runtime'
import type { KeptTable } from './selector-cache'
import type { Stopwatch } from './stopwatch'

/**
 * `phrases` = as `phrasesToCompare` gives them; `question` = embedded with them, in one run, where it will be compared with captions; else
 * null. `names` = the table of the anchors, `texts` = that of the video's sentences.
 */
type Asked = {
  readonly phrases: readonly string[]
  readonly question: string | null
  readonly tables: { readonly names: KeptTable; readonly texts: KeptTable }
  readonly call: CallOptions & { readonly signal: AbortSignal }
  readonly watch: Stopwatch
}

/** About 30 ms on a processor, so that it can be called off. */
const AT_ONCE = { webgpu: 256, wasm: 32 } as const

/** @throws AppError of the model; the reason of the signal */
export async function readNames(
  { phrases, question, tables: { names, texts }, call, watch }: Asked,
  runtime: SelectorRuntime,
): Promise<SimilarLabels> {
  const wanted = phrases.map(textOfPhrase)
  const isKnown = (table: KeptTable, some: readonly string[]) => some.every((text) => table.entries.has(text))
  if (!isKnown(names, ANCHOR_TEXTS) || !isKnown(texts, wanted)) {
    const encoder = await watch.time('modelsMs', () => runtime.encoder(call))
    const embed = (some: readonly string[]) => encoder.embed(some)
    const onDone = (done: number, total: number) => call.onProgress?.({ phase: 'text', done, total })
    const options = { step: AT_ONCE[runtime.facts.kind], signal: call.signal, onDone }
    await watch.time('textMs', async () => {
      await embedTexts(ANCHOR_TEXTS, names.entries, embed, options)
      await embedTexts(question === null ? wanted : [...wanted, question], texts.entries, embed, options)
    })
  }
  return similarLabels(phrases, (text) => (names.entries.get(text) ?? texts.entries.get(text))?.vector)
}
