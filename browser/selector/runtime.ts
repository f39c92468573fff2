/** The models of one worker: the device they run on, each opened when it is first wanted. */
import { AppError } from '@/core/errors'
import type { ListedModel } from '@/core/models/model-list'
import type { BrowserDetector } from './detector'
import { openDevice, worldOfBrowser } from './device'
import { type BrowserEncoder, tokenizerOf } from './encoder'
import { modelHost } from './model-host'
import { type CallOptions, type ModelStore, openModelStore, type VerifiedModel } from './models'
import { type BrowserSession, configureRuntime } from './onnx-session'
import { openDetector } from './open-detector'
import { openEncoder } from './open-encoder'
import { openPlacements } from './placements'
import type { DeviceFacts, DeviceWish, SelectorProgress } from './selector-types'

export type SelectorRuntime = {
  /** May change when a model is opened: a card that computes wrongly is left, and the reason stands here. */
  readonly facts: DeviceFacts
  /** Weights and buffers that are held, in bytes. */
  readonly memoryBytes: () => number
  readonly models: ModelStore
  /** As it was opened. */
  readonly wish: DeviceWish
  /** For people: why something runs elsewhere than wished. */
  note(line: string): void
  /** Opened on first use. @throws AppError bad_file, missing_file, unavailable; the reason of the signal */
  detector(options?: CallOptions): Promise<BrowserDetector>
  /** Opened on first use. @throws as `detector` */
  encoder(options?: CallOptions): Promise<BrowserEncoder>
  /** Any other model, on the card unless `wasm` is wished or there is none. Its owner compares its numbers. */
  openSession(file: VerifiedModel, wish: DeviceWish): Promise<BrowserSession>
  /** Resolves with the reason, a sentence, when the device is gone; runs on it are then refused, and a new runtime is wanted. */
  readonly lost: Promise<string>
  dispose(): Promise<void>
}

export type RuntimeOptions = {
  readonly signal: AbortSignal
  readonly onProgress: (progress: SelectorProgress) => void
  /** Sentences for people: why something runs elsewhere than wished. */
  readonly notes: (line: string) => void
}

type World = {
  readonly device: Parameters<typeof openDevice>[1]
  readonly models: ModelStore
  readonly placements: ReturnType<typeof openPlacements>
}

/** Never fails for want of a card: then it is the processor, and `facts.reason` says why. */
export async function openRuntime(wish: DeviceWish, options: RuntimeOptions, world: Partial<World> = {}): Promise<SelectorRuntime> {
  const opened = await openDevice(wish, world.device ?? worldOfBrowser())
  configureRuntime(opened.facts.threads)
  const models = world.models ?? openModelStore()
  const host = modelHost(opened, { wish, placements: world.placements ?? openPlacements(), note: options.notes })
  let detector: Promise<BrowserDetector> | null = null
  let encoder: Promise<BrowserEncoder> | null = null

  return {
    get facts() {
      return host.facts
    },
    memoryBytes: host.memoryBytes,
    models,
    wish,
    note: host.note,
    lost: host.lost,
    openSession: (file, wanted) => host.openSession(file, wanted),
    dispose: () => host.dispose(),
    detector(call = options) {
      detector ??= findModel(models, 'detector', call)
        .then((model) => models.weights(model, call))
        .then((weights) => openDetector(weights, host))
      const opening = detector
      opening.catch(() => {
        if (detector === opening) detector = null
      })
      return opening
    },
    encoder(call = options) {
      encoder ??= openEncoderOf(call)
      const opening = encoder
      opening.catch(() => {
        if (encoder === opening) encoder = null
      })
      return opening
    },
  }

  async function openEncoderOf(call: CallOptions): Promise<BrowserEncoder> {
    const model = await findModel(models, 'encoder', call)
    const part = model.files.find(({ file }) => file.endsWith('.onnx'))
    const words = model.files.find(({ file }) => file.endsWith('.vocab.json'))
    if (part === undefined || words === undefined) throw new AppError('missing_file', 'The sentence encoder is not whole on the server.')
    const tokenizer = tokenizerOf(await models.read(words, call))
    // What is opened later is kept here by then, and does not end with the question that opened the first.
    let next = call
    const weights = () => {
      const now = next
      next = {}
      return models.weights(model, now)
    }
    return openEncoder(part.sha256, tokenizer, weights, host)
  }
}

async function findModel(models: ModelStore, kind: ListedModel['kind'], call: CallOptions): Promise<ListedModel> {
  const found = (await models.list(call)).models.find((model) => model.isEmbedded && model.kind === kind)
  if (found !== undefined) return found
  const message = `The embedded ${kind} has not been prepared on the server yet. Start Crema with the npm registry in reach, or ask the administrator.`
  throw new AppError('missing_file', message, { kind })
}
