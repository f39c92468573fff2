/**
 * Pictures and texts in one space, by a registered CLIP or SigLIP model. Its halves are asked apart, whether it comes as two graphs or as
 * one, so that a picture or a text is encoded once, whatever it is compared with.
 */
import { createHash } from 'node:crypto'
import path from 'node:path'
import type { Tensor } from '@huggingface/transformers'
import { AppError } from '@/core/errors'
import { type DualHalf, dualEncoderKind, fileOfHalf, HALF_OUTPUT, photoOf, unitRows } from '@/core/models/dual-encoder-io'
import type { TensorInput, TensorInputs } from '@/core/models/tensors'
import type { RgbImage } from './detector-input'
import { type OnnxModel, openOnnxModel } from './onnx-runtime'
import { cannotOpen, cannotRun, openRegistered, type RegisteredModel } from './open-registered'
import type { ModelIdentity } from './roles'

export type DualEncoder = {
  readonly identity: ModelIdentity
  readonly name: string
  /** Of all its files: what its vectors depend on. */
  readonly sha256: string
  /** A vector of unit length. @throws AppError model_bad_answer */
  embedPicture(picture: RgbImage): Promise<Float32Array>
  /** The vector of a photo of what the text says; the same text is encoded once. @throws AppError model_bad_answer */
  embedText(text: string): Promise<Float32Array>
}

const TASK = 'comparing pictures with texts'
/** Phrases of a sample, or questions of a video; of more, the oldest go. */
const MOST_TEXTS = 512

/** @throws AppError missing_file, bad_file, limit_exceeded, model_unavailable */
export async function registeredDualEncoder(name: string, root?: string): Promise<DualEncoder> {
  const model = await openRegistered(name, root)
  const { AutoConfig, AutoProcessor, AutoTokenizer, RawImage } = model.transformers
  const [config, processor, tokenizer] = await Promise.all([
    AutoConfig.from_pretrained(name, model.options),
    AutoProcessor.from_pretrained(name, model.options),
    AutoTokenizer.from_pretrained(name, model.options),
  ]).catch(cannotOpen(name, TASK))
  const kind = dualEncoderKind(JSON.stringify({ model_type: config.model_type }))
  if (kind === null) throw new AppError('bad_file', `The model ${name} cannot be used for ${TASK}. Register a CLIP or SigLIP.`, { name })
  // One after the other: each is read as a whole while it is opened.
  const halves = { pictures: await openHalf(model, 'pictures'), texts: await openHalf(model, 'texts') }

  const pixelsOf = async ({ width, height, rgb }: RgbImage): Promise<TensorInputs> => {
    const image = new RawImage(new Uint8ClampedArray(rgb), width, height, 3)
    const { pixel_values } = await processor(image)
    return { pixel_values: inputOf(pixel_values) }
  }
  const wordsOf = async (text: string): Promise<TensorInputs> => {
    const words = await tokenizer(photoOf(text), { padding: kind === 'siglip' ? 'max_length' : true, truncation: true })
    return Object.fromEntries(Object.entries(words).map(([input, tensor]) => [input, inputOf(tensor)]))
  }
  const embed = async (half: DualHalf, own: Promise<TensorInputs>): Promise<Float32Array> => {
    const net = halves[half]
    const given = { ...(await own), ...(await missing(net, half)) }
    const asked = Object.entries(given).filter(([input]) => net.inputNames.includes(input))
    const [vector] = unitRows(await net.run(Object.fromEntries(asked)), half, 1, kind)
    return vector ?? new Float32Array()
  }
  /** What a graph that cannot be cut apart wants of the other half: anything. */
  const missing = async (net: OnnxModel, half: DualHalf): Promise<TensorInputs> => {
    if (half === 'texts') return net.inputNames.includes('pixel_values') ? await pixelsOf(BLACK) : {}
    return net.inputNames.includes('input_ids') ? await wordsOf('') : {}
  }
  const texts = new Map<string, Promise<Float32Array>>()
  return {
    identity: model.identity,
    name,
    sha256: createHash('sha256')
      .update(model.files.map(({ file, sha256 }) => `${file} ${sha256}`).join('\n'))
      .digest('hex'),
    embedPicture: (picture) => embed('pictures', pixelsOf(picture)).catch(cannotRun(name)),
    embedText(text) {
      const vector = texts.get(text) ?? embed('texts', wordsOf(text)).catch(cannotRun(name))
      texts.set(text, vector)
      vector.catch(() => texts.delete(text))
      for (const oldest of texts.keys()) {
        if (texts.size <= MOST_TEXTS) break
        texts.delete(oldest)
      }
      return vector
    },
  }
}

const BLACK: RgbImage = { width: 8, height: 8, rgb: new Uint8Array(8 * 8 * 3) }

async function openHalf({ name, folder, files }: RegisteredModel, half: DualHalf): Promise<OnnxModel> {
  const part = fileOfHalf(files, half)
  if (part === undefined) throw new AppError('missing_file', `The model ${name} has no ONNX file for its ${half}.`, { name })
  const remedy = `Run \`crema models add ${folder}\` when the folder is as it should be.`
  return openOnnxModel({ path: path.join(folder, part.file), sha256: part.sha256, bytes: part.bytes, remedy }, HALF_OUTPUT[half])
}

function inputOf({ data, dims }: Tensor): TensorInput {
  if (data instanceof Float32Array) return { type: 'float32', data, dims }
  if (data instanceof BigInt64Array) return { type: 'int64', data, dims }
  throw new AppError('model_bad_answer', 'A picture or text was prepared in a type that is not known here.')
}
