/** Sentence embeddings on this machine: Universal Sentence Encoder lite, 512 numbers a text. English. */
import { AppError } from '@/core/errors'
import { ENCODER_BATCH, ENCODER_DIMENSIONS, encoderFeed, encoderRows, readVocabulary } from '@/core/models/encoder-io'
import { type UnigramTokenizer, unigramTokenizer } from '@/core/models/unigram-tokenizer'
import { embeddedFolder } from '@/server/models/embedded-models'
import { embeddedModel } from './embedded-folder'
import { openOnnxModel } from './onnx-runtime'
import { type ModelFile, readVerified } from './read-verified'
import type { Embedder } from './roles'

/** @throws AppError missing_file, bad_file, model_unavailable */
export async function embeddedEmbedder(folder = embeddedFolder()): Promise<Embedder> {
  const { entry, model: file, vocabulary } = await embeddedModel('use-lite', folder)
  const [model, tokenizer] = await Promise.all([openOnnxModel(file), openTokenizer(requireVocabulary(file, vocabulary))])
  return {
    identity: { kind: 'model', provider: 'embedded', model: entry.name, version: entry.version },
    dimensions: ENCODER_DIMENSIONS,
    async embed(texts) {
      const vectors: Float32Array[] = []
      for (let from = 0; from < texts.length; from += ENCODER_BATCH) {
        const batch = texts.slice(from, from + ENCODER_BATCH)
        vectors.push(...encoderRows(await model.run(encoderFeed(tokenizer, batch)), batch.length))
      }
      return vectors
    },
  }
}

/** How the encoder takes a text apart, without opening the encoder. @throws AppError missing_file, bad_file */
export async function embeddedTokenizer(folder = embeddedFolder()): Promise<UnigramTokenizer> {
  const { model, vocabulary } = await embeddedModel('use-lite', folder)
  return openTokenizer(requireVocabulary(model, vocabulary))
}

function requireVocabulary({ remedy }: ModelFile, vocabulary: ModelFile | null): ModelFile {
  if (vocabulary === null) throw new AppError('bad_file', `The sentence encoder has no vocabulary. ${remedy}`)
  return vocabulary
}

async function openTokenizer(file: ModelFile): Promise<UnigramTokenizer> {
  const vocabulary = readVocabulary((await readVerified(file)).toString('utf8'))
  if (vocabulary === null) throw new AppError('bad_file', `The vocabulary of the sentence encoder cannot be read. ${file.remedy}`)
  return unigramTokenizer(vocabulary)
}
