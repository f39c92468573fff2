/**
 * Pictures and texts in one space, by the halves of a dual encoder in the layout of Hugging Face (CLIP, SigLIP). On the graphics card,
 * pictures are prepared there; on the processor, here.
 */
import { Tokenizer } from '@huggingface/tokenizers'
import { AppError } from '@/core/errors'
import {
  blankPicture,
  type DualEncoderKind,
  dualEncoderKind,
  photoOf,
  readTextRule,
  type TextRule,
  textFeed,
  unitRows,
} from '@/core/models/dual-encoder-io'
import { type PicturePreparation, preparationPlan, readPicturePreparation } from '@/core/models/picture-preparation'
import { preparePicture } from '@/core/models/prepare-picture'
import type { TensorInputs, TensorOutputs } from '@/core/models/tensors'
import type { CandidatePicture } from './candidate-picture'
import type { BrowserSession, SessionInputs } from './onnx-session'
import { joinBuffers, makePictureShader } from './picture-shader'

/** What of a picture is looked at. */
export type VisionPicture = Pick<CandidatePicture, 'width' | 'height' | 'draw' | 'source'>
/** The numbers of one picture, where the model wants them; given back by `embedPictures`, which is its end. */
export type TakenPicture = { readonly planes: Float32Array } | { readonly buffer: GPUBuffer }

/** `config` … `preprocessor` = what stands in the files of the model: JSON. */
export type DualEncoderFiles = {
  readonly name: string
  readonly config: string
  readonly tokenizer: string
  readonly tokenizerConfig: string
  readonly preprocessor: string
}

export type PictureEncoder = {
  /** Pictures at a time that are worth it. */
  readonly batch: number
  /** Done with the picture when it returns. @throws AppError invalid_input */
  take(picture: VisionPicture): TakenPicture
  /**
   * One vector of unit length for each, in their order.
   *
   * @throws AppError model_bad_answer, unavailable (the device is gone)
   */
  embedPictures(taken: readonly TakenPicture[]): Promise<Float32Array[]>
  release(): Promise<void>
}

export type QuestionEncoder = {
  /** The vector of a photo of what the text says. @throws as `embedPictures` */
  embedText(text: string): Promise<Float32Array>
  release(): Promise<void>
}

/** More at a time gain little, and hold memory: 38 MB a batch of 64. */
const BATCH = 16
/** Any text will do where only pictures are asked about. */
const NO_TEXT = 'a photo'

/**
 * @param session the half of pictures, or the whole graph where it could not be cut apart
 * @throws AppError bad_file when the files are not those of a dual encoder, or ask for what is not done here
 */
export function openPictureEncoder(
  files: DualEncoderFiles,
  session: BrowserSession,
  pixelsOf: (picture: VisionPicture) => Uint8ClampedArray = pixelsByCanvas,
): PictureEncoder {
  const kind = kindOf(files)
  const preparation = readPicturePreparation(files.preprocessor, files.name)
  const missing = session.inputNames.includes('input_ids') ? readTexts(files)(NO_TEXT) : {}
  const shader = session.device === null ? null : makePictureShader(session.device, preparation)
  const { width, height } = outcomeOf(preparation)
  return {
    batch: BATCH,
    take(picture) {
      const plan = preparationPlan(preparation, picture)
      if (shader === null) return { planes: preparePicture(pixelsOf(picture), plan, preparation) }
      return { buffer: shader.prepare(inItsSize(picture), plan) }
    },
    async embedPictures(taken) {
      if (taken.length === 0) return []
      const dims = [taken.length, 3, height, width]
      const joined = joinTaken(taken, session.device)
      try {
        const outputs = await runWith(session, { ...missing, pixel_values: { type: 'float32', dims, ...joined } })
        return unitRows(outputs, 'pictures', taken.length, kind)
      } finally {
        if ('buffer' in joined) joined.buffer.destroy()
      }
    },
    async release() {
      shader?.dispose()
      await session.release()
    },
  }
}

/** @param session the half of texts, or the whole graph where it could not be cut apart. @throws as `openPictureEncoder` */
export function openQuestionEncoder(files: DualEncoderFiles, session: BrowserSession): QuestionEncoder {
  const kind = kindOf(files)
  const texts = readTexts(files)
  const missing = session.inputNames.includes('pixel_values')
    ? blankPicture(outcomeOf(readPicturePreparation(files.preprocessor, files.name)))
    : {}
  return {
    async embedText(text) {
      const outputs = await runWith(session, { ...missing, ...texts(photoOf(text)) })
      const [vector] = unitRows(outputs, 'texts', 1, kind)
      if (vector === undefined) throw new AppError('model_bad_answer', `The model ${files.name} gave no vector for a text.`)
      return vector
    },
    release: () => session.release(),
  }
}

/** With what of the inputs the model takes. */
async function runWith(session: BrowserSession, inputs: SessionInputs): Promise<TensorOutputs> {
  const asked = Object.entries(inputs).filter(([name]) => session.inputNames.includes(name))
  return await session.run(Object.fromEntries(asked))
}

/** @throws AppError bad_file */
export function kindOf({ name, config }: Pick<DualEncoderFiles, 'name' | 'config'>): DualEncoderKind {
  const kind = dualEncoderKind(config)
  if (kind === null) throw new AppError('bad_file', `The model ${name} does not compare pictures with texts.`, { name })
  return kind
}

/** Texts to what the model takes of them. */
function readTexts(files: DualEncoderFiles): (text: string) => TensorInputs {
  const { name, tokenizer, tokenizerConfig } = files
  const rule = readTextRule(tokenizerConfig, kindOf(files), name)
  const words = openTokenizer(name, tokenizer, tokenizerConfig)
  const padId = padIdOf(words, rule)
  return (text) => {
    const { ids } = words.encode(text)
    // A model cannot be asked about nothing at all.
    return textFeed(ids.length === 0 ? [padId] : ids, rule, padId)
  }
}

function openTokenizer(name: string, tokenizer: string, config: string): Tokenizer {
  try {
    return new Tokenizer(JSON.parse(tokenizer), JSON.parse(config))
  } catch (cause) {
    throw new AppError('bad_file', `The tokenizer.json of ${name} cannot be used.`, { name }, { cause })
  }
}

const padIdOf = (words: Tokenizer, { padToken }: TextRule) => (padToken === null ? undefined : words.token_to_id(padToken)) ?? 0

/** The sides of every picture that the model gets. */
function outcomeOf(preparation: PicturePreparation): { readonly width: number; readonly height: number } {
  return preparationPlan(preparation, { width: 1, height: 1 })
}

type Joined = { readonly data: Float32Array } | { readonly buffer: GPUBuffer }

function joinTaken(taken: readonly TakenPicture[], device: GPUDevice | null): Joined {
  const buffers = taken.flatMap((one) => ('buffer' in one ? [one.buffer] : []))
  if (device !== null && buffers.length === taken.length) return { buffer: joinBuffers(device, buffers) }
  const planes = taken.flatMap((one) => ('planes' in one ? [one.planes] : []))
  const data = new Float32Array(planes.reduce((sum, one) => sum + one.length, 0))
  planes.reduce((offset, one) => {
    data.set(one, offset)
    return offset + one.length
  }, 0)
  return { data }
}

/** Pixels of the source where they are square, else drawn so. */
function inItsSize(picture: VisionPicture): VideoFrame | ImageBitmap | OffscreenCanvas {
  const { source, width, height } = picture
  const [w, h] = 'displayWidth' in source ? [source.displayWidth, source.displayHeight] : [source.width, source.height]
  return w === width && h === height ? source : drawn(picture).canvas
}

function drawn(picture: VisionPicture): OffscreenCanvasRenderingContext2D {
  const { width, height } = picture
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (context === null) throw new AppError('unavailable', 'The browser gave no canvas to draw a frame on.')
  picture.draw(context, width, height)
  return context
}

function pixelsByCanvas(picture: VisionPicture): Uint8ClampedArray {
  return drawn(picture).getImageData(0, 0, picture.width, picture.height).data
}
