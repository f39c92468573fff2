/** Opens a registered dual encoder of pictures and texts where it computes right and, of two places where it does, where it is faster. */
import { AppError } from '@/core/errors'
import type { ListedModel } from '@/core/models/model-list'
import { DETECTOR_SIDE } from '@/core/pipeline/detector-io'
import { cosine } from '@/core/pipeline/vectors'
import { type BrowserVision, type DualEncoderFiles, openDualEncoder, type VisionPicture } from './dual-encoder'
import { goldenRgba } from './golden-check'
import type { CallOptions, ModelStore } from './models'
import { msOf } from './open-checked'
import { fasterOf, openPlacements, type Placements, type Timing } from './placements'
import type { SelectorRuntime } from './runtime'

/** A card below this cosine with what the processor gives for the same picture does not compute the model, and is not used for it. */
const LEAST_AGREEMENT = 0.999
const ANY_TEXT = 'a red car on a street'

/**
 * On a card for the first time, the model is also run on the processor, which takes its download once more through memory: both are
 * compared and timed. Later pages know the outcome.
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
  const weights = await runtime.models.weights(model, options)
  const open = async (wish: 'webgpu' | 'wasm') => {
    const session = await runtime.openSession(weights, wish)
    try {
      return openDualEncoder(files, session)
    } catch (thrown) {
      await session.release()
      throw thrown
    }
  }
  if (runtime.facts.kind === 'wasm') return await open('wasm')
  // Who wishes for the card outright gets it, slow or not.
  if (runtime.wish === 'webgpu') return await open('webgpu')
  const key = `${weights.sha256} ${runtime.facts.name} ${runtime.facts.threads}`
  const place = await placements.get(key)
  if (place !== null) return await open(place)
  const onCard = await open('webgpu').catch(onlyIfLost)
  if (onCard === null) {
    runtime.note(`The graphics card cannot run ${name}, so it runs on the processor.`)
    return await open('wasm')
  }
  return await better(onCard, await open('wasm'), (timing) => placements.set(key, timing), runtime.note)
}

/** A card that is gone is another matter: whoever holds the runtime opens a new one. */
function onlyIfLost(thrown: unknown): null {
  if (thrown instanceof AppError && thrown.code !== 'unavailable') return null
  throw thrown
}

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

/** Ends the one that is not used. */
async function better(
  onCard: BrowserVision,
  onProcessor: BrowserVision,
  keep: (timing: Timing) => Promise<void>,
  note: (line: string) => void,
): Promise<BrowserVision> {
  const { agreement, timing } = await compared(onCard, onProcessor)
  const isRight = agreement >= LEAST_AGREEMENT
  // Not remembered: another driver may do better.
  if (!isRight) note(`The graphics card computes ${onCard.name} wrongly (a test picture gave other numbers), so it runs on the processor.`)
  if (isRight) await keep(timing)
  const isOnCard = isRight && fasterOf(timing) === 'webgpu'
  await (isOnCard ? onProcessor : onCard).release()
  return isOnCard ? onCard : onProcessor
}

async function compared(onCard: BrowserVision, onProcessor: BrowserVision): Promise<{ agreement: number; timing: Timing }> {
  const picture = await testPicture()
  const pictures = Array.from({ length: onCard.batch }, () => picture)
  const look = (vision: BrowserVision, some: readonly VisionPicture[]) => vision.embedPictures(some.map((each) => vision.take(each)))
  const wanted = await look(onProcessor, [picture])
  // The first run makes the programs of that size.
  const found = await look(onCard, pictures)
  const [webgpu, wasm] = [(await msOf(() => look(onCard, pictures))) / onCard.batch, await msOf(() => look(onProcessor, [picture]))]
  const texts = [await onCard.embedText(ANY_TEXT), await onProcessor.embedText(ANY_TEXT)]
  const [one = NONE, other = NONE, first = NONE, last = NONE, right = NONE] = [...texts, found[0], found.at(-1), wanted[0]]
  picture.source.close()
  return { agreement: Math.min(cosine(one, other), cosine(first, right), cosine(last, right)), timing: { webgpu, wasm } }
}

const NONE = new Float32Array()

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
