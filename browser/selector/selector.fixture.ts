/** A selector whose models and files are made up, but whose every step is the real one. Pictures are told apart by their first byte. */
import { AppError } from '@/core/errors'
import type { FrameTable } from '@/core/frame-table'
import { frameIndexSchema } from '@/core/ids'
import { DETECTOR_FEATURE, DETECTOR_SIDE, type DetectorAnswer } from '@/core/models/detector-io'
import type { ModelList } from '@/core/models/model-list'
import type { CandidateFrames } from '@/core/selection/candidate-frames'
import type { CandidatePicture } from './candidate-picture'
import type { readCandidates } from './frames'
import type { KeptRows } from './kept-rows'
import { openSelector, type SelectorParts } from './run-selector'
import type { RuntimeOptions, SelectorRuntime } from './runtime'
import { holdRuntime } from './runtime-holder'
import { openSelectorCache } from './selector-cache'
import type { DeviceWish, SelectorProgress, SelectorRequest } from './selector-types'
import type { BrowserVision } from './vision'
import { holdVision } from './vision-holder'

export const VIEW = { width: 600, height: 300 }
const SHA = { video: 'a'.repeat(64), detector: 'd'.repeat(64), encoder: 'e'.repeat(64), vision: 'f'.repeat(64) }
/** COCO numbers less 1. */
const PERSON = 0
const DOG = 17
const BATCH = 4

export function framesOf(count: number): CandidateFrames['frames'] {
  return Array.from({ length: count }, (_, at) => ({ index: frameIndexSchema.parse(at * 10), pts: at * 10, timeSec: at }))
}

export function candidatesOf(count: number, captions: readonly string[] | null = null): CandidateFrames {
  return {
    ...{ videoSha256: SHA.video, run: captions === null ? null : 7, fps: captions === null ? 1 : null, frames: framesOf(count) },
    captions: captions === null ? null : framesOf(count).map((_, at) => ({ text: captions[at] ?? 'Nothing.', facts: null })),
    captionedBy: captions === null ? null : 'server:local internvl',
  }
}

const part = (file: string, sha256: string) => ({ file, sha256, bytes: 1 })
const model = (name: string, kind: 'detector' | 'encoder' | 'vision', sha256: string) => ({
  ...{ name, kind, isEmbedded: kind !== 'vision', dtype: 'fp32' as const, licence: null, source: 'made up' },
  files: [part(`${name}.onnx`, sha256)],
})
export const MODELS: ModelList = {
  models: [model('ssd', 'detector', SHA.detector), model('use', 'encoder', SHA.encoder), model('org/clip', 'vision', SHA.vision)],
}

/** Frame 0 shows a person and frame 30 a dog, in the middle of the picture; every frame looks a little different. */
export function answerFor(index: number): DetectorAnswer {
  const feature = Float32Array.from({ length: DETECTOR_FEATURE }, (_, at) => (at % 7 === index % 7 ? 1 : 0.1))
  const boxes = Float32Array.of(0.25, 0.25, 0.75, 0.75)
  return {
    raw: {
      score: Float32Array.of(index === 0 || index === 30 ? 0.9 : 0),
      classes: BigInt64Array.of(BigInt(index === 0 ? PERSON : DOG)),
      boxes,
    },
    feature,
  }
}

/** Texts are alike by their letters. */
export function vectorOf(text: string): Float32Array {
  const counts = new Float32Array(26)
  for (const letter of text.toLowerCase()) {
    const at = letter.charCodeAt(0) - 97
    if (at >= 0 && at < 26) counts[at] = (counts[at] ?? 0) + 1
  }
  const length = Math.hypot(...counts)
  if (length === 0) return counts.fill(1, 0, 1)
  return counts.map((count) => count / length)
}

const pictureOf = (frame: CandidateFrames['frames'][number]): CandidatePicture => ({
  ...{ frame, ...VIEW, draw: () => undefined },
  get source(): never {
    throw new Error('no pictures here')
  },
})

function tableOf(count: number): FrameTable {
  const pts = Array.from({ length: count * 10 }, (_, at) => at)
  const one: [number, number] = [1, 1]
  const sizes = { ...VIEW, codedWidth: VIEW.width, codedHeight: VIEW.height, rotation: 0 as const, sar: one }
  return { ...sizes, timeBase: [1, 10], pts, duration: pts.map(() => 1), key: pts.map((at) => at === 0) }
}

/** What happens when; each may throw, abort, or lose the device. */
export type Hooks = {
  beforeBatch?: (done: number, runtime: FakeRuntime) => void
  beforeTexts?: (count: number, runtime: FakeRuntime) => void
  beforeVision?: (count: number, runtime: FakeRuntime) => void
  onOpen?: (wish: DeviceWish) => void
  onDetector?: () => void
  stillsBecause?: string
}
export type FakeRuntime = SelectorRuntime & { lose(reason: string): never; isDisposed: () => boolean }
/** What was done, in order: `open auto`, `read 10`, `look 4`, `embed 3`, `picture 4`, `text`. */
export type Log = string[]

function fakeRuntime(wish: DeviceWish, options: RuntimeOptions, hooks: Hooks, log: Log): FakeRuntime {
  const kind = wish === 'wasm' ? 'wasm' : 'webgpu'
  let tell: (reason: string) => void = () => undefined
  const lost = new Promise<string>((resolve) => {
    tell = resolve
  })
  let [looked, isDisposed] = [0, false]
  const refuse = (): never => {
    throw new Error('not used here')
  }
  const runtime: FakeRuntime = {
    facts: { kind, name: kind === 'wasm' ? 'processor' : 'made up', threads: 4, reason: kind === 'wasm' ? 'It was chosen.' : null },
    ...{ wish, lost, memoryBytes: () => 1000, note: options.notes, openSession: refuse },
    models: { list: async () => MODELS, read: refuse, weights: refuse },
    isDisposed: () => isDisposed,
    dispose: async () => {
      isDisposed = true
    },
    lose(reason) {
      tell(reason)
      throw new AppError('unavailable', reason)
    },
    detector: async (call) => {
      hooks.onDetector?.()
      call?.onProgress?.({ phase: 'models', done: 1, total: 1 })
      return {
        ...{ kind, sha256: SHA.detector, batch: BATCH, bytes: 0, release: async () => undefined },
        look: async (squares) => {
          hooks.beforeBatch?.(looked, runtime)
          looked += squares.length
          log.push(`look ${squares.length}`)
          return squares.map(([first = 0]) => answerFor(first))
        },
      }
    },
    encoder: async () => ({
      sha256: SHA.encoder,
      embed: async (texts) => {
        hooks.beforeTexts?.(texts.length, runtime)
        log.push(`embed ${texts.length}`)
        return texts.map(vectorOf)
      },
    }),
  }
  return runtime
}

function fakeVision(runtime: SelectorRuntime, hooks: Hooks, log: Log): BrowserVision {
  // The holder may hand on a runtime in other clothes: what loses it is the same.
  const fake = runtime as FakeRuntime
  const release = async () => undefined
  return {
    ...{ name: 'org/clip', release },
    pictures: async () => ({
      ...{ batch: 16, release },
      take: (picture) => ({ planes: Float32Array.of(pictureNumber(picture)) }),
      embedPictures: async (taken) => {
        hooks.beforeVision?.(taken.length, fake)
        log.push(`picture ${taken.length}`)
        return taken.map((one) => ('planes' in one && one.planes[0] === 50 ? Float32Array.of(1, 0) : Float32Array.of(0, 1)))
      },
    }),
    texts: async () => ({
      release,
      embedText: async () => {
        log.push('text')
        return Float32Array.of(1, 0)
      },
    }),
  }
}

const pictureNumber = (picture: object) => ('frame' in picture ? (picture as CandidatePicture).frame.index : 0)

export type Fake = {
  readonly selector: ReturnType<typeof openSelector>
  readonly log: Log
  readonly progress: SelectorProgress[]
  ask(question: string, more?: Partial<SelectorRequest> & { signal?: AbortSignal }): ReturnType<ReturnType<typeof openSelector>['suggest']>
}

/** `rows` = what lies on the device; `more` replaces parts. */
export function fakeSelector(
  candidates: CandidateFrames,
  hooks: Hooks = {},
  more: { readonly rows?: () => Promise<KeptRows>; readonly parts?: Partial<SelectorParts> } = {},
): Fake {
  const log: Log = []
  const progress: SelectorProgress[] = []
  const nothing: KeptRows = { get: async () => null, put: async () => undefined, close: () => undefined }
  const read: typeof readCandidates = async (_, frames, onPicture, signal) => {
    log.push(`read ${frames.length}`)
    for (const frame of frames) {
      signal.throwIfAborted()
      await onPicture(pictureOf(frame))
    }
    return { decoded: frames.length, stills: 0, stillsBecause: hooks.stillsBecause ?? null }
  }
  let clock = 0
  const selector = openSelector({
    runtimes: holdRuntime(async (wish, options) => {
      hooks.onOpen?.(wish)
      log.push(`open ${wish}`)
      return fakeRuntime(wish, options, hooks, log)
    }, 20),
    cache: openSelectorCache(more.rows ?? (async () => nothing)),
    models: async () => MODELS,
    candidates: async () => {
      log.push('candidates')
      return candidates
    },
    table: async () => tableOf(candidates.frames.length),
    read,
    squareOf: ({ frame }) => new Uint8ClampedArray(DETECTOR_SIDE * DETECTOR_SIDE * 4).fill(frame.index),
    vision: holdVision(async (_, runtime) => fakeVision(runtime, hooks, log)),
    now: () => {
      clock += 1
      return clock
    },
    ...more.parts,
  })
  return {
    ...{ selector, log, progress },
    ask: (question, { signal = new AbortController().signal, ...asked } = {}) =>
      selector.suggest(
        {
          ...{ projectId: 'p', video: { id: 'v', sha256: SHA.video, ...VIEW }, question, device: 'auto', visionModel: null },
          weights: { text: 1, objects: 1, vision: 0 },
          methods: [{ method: 'topk', options: { k: 1 } }],
          ...asked,
        },
        { signal, onProgress: (each) => void progress.push(each) },
      ),
  }
}
