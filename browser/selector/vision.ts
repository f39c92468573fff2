/**
 * Opens a registered dual encoder of pictures and texts. Each half is opened when it is first asked for, where it computes right and, of two
 * places where it does, where it is faster: a question about pictures that were seen before needs the half of texts alone.
 */
import { AppError } from '@/core/errors'
import { DETECTOR_SIDE } from '@/core/models/detector-io'
import { type DualHalf, fileOfHalf, HALF_OUTPUT } from '@/core/models/dual-encoder-io'
import { graphPart } from '@/core/models/graph-part'
import type { ListedModel } from '@/core/models/model-list'
import { cosine } from '@/core/models/vectors'
import {
  type DualEncoderFiles,
  kindOf,
  openPictureEncoder,
  openQuestionEncoder,
  type PictureEncoder,
  type QuestionEncoder,
  type VisionPicture,
} from './dual-encoder'
import { goldenRgba } from './golden-check'
import type { CallOptions, ModelStore, VerifiedModel } from './models'
import type { BrowserSession } from './onnx-session'
import { msOf } from './open-checked'
import { fasterOf, openPlacements, type Placements, type Timing } from './placements'
import type { SelectorRuntime } from './runtime'

/** Both reject with AppError bad_file, unavailable; the reason of the signal. What failed is opened anew when it is asked for again. */
export type BrowserVision = {
  readonly name: string
  pictures(call: CallOptions): Promise<PictureEncoder>
  texts(call: CallOptions): Promise<QuestionEncoder>
  /** Ends what is open. */
  release(): Promise<void>
}

/** A card below this cosine with what the processor gives for the same input does not compute the model, and is not used for it. */
const LEAST_AGREEMENT = 0.999
const ANY_TEXT = 'a red car on a street'

/**
 * On a card for the first time, a half is also run on the processor, which takes its weights once more through memory: both are compared
 * and timed. Later pages know the outcome.
 *
 * @throws AppError missing_file (no such dual encoder is registered), bad_file, unavailable; the reason of the signal
 */
export async function openVision(
  name: string,
  runtime: SelectorRuntime,
  options: CallOptions = {},
  placements: Placements = openPlacements(),
): Promise<BrowserVision> {
  const model = (await runtime.models.list(options)).models.find((each) => each.kind === 'vision' && each.name === name)
  if (model === undefined) {
    throw new AppError(
      'missing_file',
      `The model ${name} is not registered on the server any more, or does not compare pictures with texts.`,
      { name },
    )
  }
  const files = await readFiles(model, runtime.models, options)
  kindOf(files)
  const weightsOf = readHalves(model, runtime.models)
  const place = <Made extends Releasable>(half: DualHalf, trial: Trial<Made>) =>
    lazily(async (call) => placed({ ...trial, name: `${name} (${half})` }, await weightsOf(half, call), half, runtime, placements))
  const pictures = place('pictures', { make: (session) => openPictureEncoder(files, session), ...ON_PICTURES })
  const texts = place('texts', { make: (session) => openQuestionEncoder(files, session), ...ON_TEXTS })
  return {
    name,
    pictures: pictures.open,
    texts: texts.open,
    release: async () => void (await Promise.all([pictures.release(), texts.release()])),
  }
}

type Releasable = { release(): Promise<void> }

/** One that is opened when it is first asked for, and kept. */
function lazily<Made extends Releasable>(open: (call: CallOptions) => Promise<Made>) {
  let held: Promise<Made> | null = null
  return {
    open(call: CallOptions): Promise<Made> {
      held ??= open(call)
      const own = held
      own.catch(() => {
        if (held === own) held = null
      })
      return own
    },
    release: async () => void (await (await held?.catch(() => null))?.release()),
  }
}

/** What an encoder is tried with: the vectors of a test input, and how many inputs that were. */
type Trial<Made> = {
  readonly make: (session: BrowserSession) => Made
  readonly many: (made: Made) => number
  readonly look: (made: Made, count: number) => Promise<Float32Array[]>
}

const ON_TEXTS: Omit<Trial<QuestionEncoder>, 'make'> = { many: () => 1, look: async (texts) => [await texts.embedText(ANY_TEXT)] }

const ON_PICTURES: Omit<Trial<PictureEncoder>, 'make'> = {
  many: ({ batch }) => batch,
  async look(pictures, count) {
    const picture = await testPicture()
    try {
      return await pictures.embedPictures(Array.from({ length: count }, () => pictures.take(picture)))
    } finally {
      picture.source.close()
    }
  },
}

async function placed<Made extends Releasable>(
  trial: Trial<Made> & { readonly name: string },
  weights: VerifiedModel,
  half: DualHalf,
  runtime: SelectorRuntime,
  placements: Placements,
): Promise<Made> {
  const open = async (wish: 'webgpu' | 'wasm') => {
    const session = await runtime.openSession(weights, wish)
    try {
      return trial.make(session)
    } catch (thrown) {
      await session.release()
      throw thrown
    }
  }
  if (runtime.facts.kind === 'wasm') return await open('wasm')
  // Who wishes for the card outright gets it, slow or not.
  if (runtime.wish === 'webgpu') return await open('webgpu')
  const key = `${weights.sha256} ${half} ${runtime.facts.name} ${runtime.facts.threads}`
  const place = await placements.get(key)
  if (place !== null) return await open(place)
  const onCard = await open('webgpu').catch(onlyIfLost)
  if (onCard === null) {
    runtime.note(`The graphics card cannot run ${trial.name}, so it runs on the processor.`)
    return await open('wasm')
  }
  return await better(onCard, await open('wasm'), trial, (timing) => placements.set(key, timing), runtime.note)
}

/** A card that is gone is another matter: whoever holds the runtime opens a new one. */
function onlyIfLost(thrown: unknown): null {
  if (thrown instanceof AppError && thrown.code !== 'unavailable') return null
  throw thrown
}

/** Ends the one that is not used. */
async function better<Made extends Releasable>(
  onCard: Made,
  onProcessor: Made,
  { name, look, many }: Trial<Made> & { readonly name: string },
  keep: (timing: Timing) => Promise<void>,
  note: (line: string) => void,
): Promise<Made> {
  const count = many(onCard)
  const [wanted = NONE] = await look(onProcessor, 1)
  // The first run makes the programs of that size.
  const found = await look(onCard, count)
  const timing = { webgpu: (await msOf(() => look(onCard, count))) / count, wasm: await msOf(() => look(onProcessor, 1)) }
  const isRight = Math.min(cosine(found[0] ?? NONE, wanted), cosine(found.at(-1) ?? NONE, wanted)) >= LEAST_AGREEMENT
  // Not remembered: another driver may do better.
  if (!isRight) note(`The graphics card computes ${name} wrongly (a test input gave other numbers), so it runs on the processor.`)
  if (isRight) await keep(timing)
  const isOnCard = isRight && fasterOf(timing) === 'webgpu'
  await (isOnCard ? onProcessor : onCard).release()
  return isOnCard ? onCard : onProcessor
}

const NONE = new Float32Array()

async function readFiles(model: ListedModel, models: ModelStore, options: CallOptions): Promise<DualEncoderFiles> {
  const read = async (file: string) => {
    const part = model.files.find((each) => each.file === file)
    if (part === undefined) throw new AppError('missing_file', `The model ${model.name} has no ${file}.`, { name: model.name, file })
    return new TextDecoder().decode(await models.read(part, options))
  }
  return {
    name: model.name,
    config: await read('config.json'),
    tokenizer: await read('tokenizer.json'),
    tokenizerConfig: await read('tokenizer_config.json'),
    preprocessor: await read('preprocessor_config.json'),
  }
}

/** The weights of each half. A file with both is read once: what the other half needs of it waits until that is opened. */
function readHalves(model: ListedModel, models: ModelStore): (half: DualHalf, call: CallOptions) => Promise<VerifiedModel> {
  const waiting = new Map<DualHalf, VerifiedModel>()
  return async (half, call) => {
    const ready = waiting.get(half)
    waiting.delete(half)
    if (ready !== undefined) return ready
    const part = fileOfHalf(model.files, half)
    if (part === undefined) throw new AppError('missing_file', `The model ${model.name} has no ONNX file.`, { name: model.name })
    const whole = await models.read(part, call)
    const cut = (each: DualHalf): VerifiedModel => {
      return { name: model.name, dtype: model.dtype, sha256: part.sha256, content: graphPart(whole, HALF_OUTPUT[each]) ?? whole }
    }
    const other = half === 'pictures' ? 'texts' : 'pictures'
    if (fileOfHalf(model.files, other) === part) waiting.set(other, cut(other))
    return cut(half)
  }
}

async function testPicture(): Promise<VisionPicture & { readonly source: ImageBitmap }> {
  const pixels = new ImageData(DETECTOR_SIDE, DETECTOR_SIDE)
  pixels.data.set(goldenRgba())
  const source = await createImageBitmap(pixels)
  return {
    width: DETECTOR_SIDE,
    height: DETECTOR_SIDE,
    source,
    draw: (context, width, height) => context.drawImage(source, 0, 0, width, height),
  }
}
