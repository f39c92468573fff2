/** Models that lie in the packed folder, beside the page. */
import type { DualEncoderFiles } from '@/browser/selector/dual-encoder'
import type { VerifiedModel } from '@/browser/selector/models'
import { DUAL_ENCODER, packedListSchema } from './packed-list'

export async function readPacked(): Promise<{
  weights(name: string): Promise<VerifiedModel>
  vocabulary(): Promise<Uint8Array>
  dualEncoder(): Promise<DualEncoderFiles>
}> {
  const list = packedListSchema.parse(await (await fetched('models.json')).json())
  return {
    async weights(name) {
      const entry = list.find((each) => each.name === name)
      if (entry === undefined) throw new Error(`The folder has no model ${name}.`)
      return { name, dtype: 'fp32', sha256: entry.sha256, content: new Uint8Array(await (await fetched(entry.file)).arrayBuffer()) }
    },
    vocabulary: async () => new Uint8Array(await (await fetched('models/use-lite.vocab.json')).arrayBuffer()),
    async dualEncoder() {
      const read = async (file: string) => (await fetched(`models/${DUAL_ENCODER}/${file}`)).text()
      return {
        name: DUAL_ENCODER,
        config: await read('config.json'),
        tokenizer: await read('tokenizer.json'),
        tokenizerConfig: await read('tokenizer_config.json'),
        preprocessor: await read('preprocessor_config.json'),
      }
    },
  }
}

async function fetched(file: string): Promise<Response> {
  const response = await fetch(file)
  if (!response.ok) throw new Error(`${file}: ${response.status}`)
  return response
}
