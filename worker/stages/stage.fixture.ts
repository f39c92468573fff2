/** Test material: a video of grey frames, and role models that answer by rule, with no network and no weights. */
import { createHash } from 'node:crypto'
import { frameNo } from '@/core/document.fixture'
import { frameAt } from '@/core/frame-table'
import type { Caption, SampledFrame, StageOutput } from '@/core/pipeline/outputs'
import { type PipelineSettings, PRESETS } from '@/core/pipeline/settings'
import { evenTable, plainSignatures } from '@/core/pipeline/video.fixture'
import type { FrameChoice } from '@/core/selection/frame-choice'
import type {
  CotWriter,
  Detector,
  Embedder,
  FramePicture,
  FrameReader,
  FrameSelector,
  Judge,
  QaWriter,
  RoleModels,
  Verifier,
} from '../models/roles'
import type { StageDeps, StageInput, StageVideo } from './stage'

export const VIDEO_ID = '6f1c3a52-9d0e-4b1a-8d43-0a1b2c3d4e5f'
/** 8 s at 20 fps, 640 × 360. */
export const video: StageVideo = { id: VIDEO_ID, sha256: 'f'.repeat(64), table: evenTable(160, 20) }
const stillSignatures = Buffer.from(plainSignatures(Array.from({ length: 160 }, () => 90)))

const identity = { kind: 'model', provider: 'fake', model: 'fake', version: null } as const
export const sampled = (index: number) => {
  const { pts, timeSec } = frameAt(video.table, index)
  return { index: frameNo(index), pts, timeSec }
}
export const captionOf = (index: number, text: string): Caption => ({ frameIndex: frameNo(index), text, facts: null })

/** A vector that counts letters: equal texts are equal, unlike ones are not. */
function letterVector(text: string): Float32Array {
  const counts = new Float32Array(26)
  for (const letter of text.toLowerCase()) {
    const at = letter.charCodeAt(0) - 97
    if (at >= 0 && at < 26) counts[at] = (counts[at] ?? 0) + 1
  }
  const length = Math.hypot(...counts) || 1
  return counts.map((value) => value / length)
}

/** Notes which frames were read and how often, and gives pictures of one pixel's worth of bytes. */
export function fakeReader(): FrameReader & { readonly reads: number[][] } {
  const reads: number[][] = []
  return {
    width: 640,
    height: 360,
    table: video.table,
    reads,
    async read(frames, onPicture) {
      reads.push(frames.map((frame) => frame.index))
      // Last first, because no stage may count on an order.
      for (const frame of [...frames].reverse()) await onPicture(pictureOf(frame))
    },
  }
}

function pictureOf(frame: FramePicture['frame']): FramePicture {
  return { frame, width: 640, height: 360, rgb: Buffer.alloc(3), jpeg: async () => Buffer.alloc(0) }
}

export type Fakes = {
  readonly captioner: Partial<Awaited<ReturnType<RoleModels['captioner']>>>
  readonly embedder: Partial<Embedder>
  readonly qaWriter: Partial<QaWriter>
  readonly judges: readonly Judge[]
  readonly cotWriter: Partial<CotWriter>
  readonly detector: Partial<Detector>
  readonly verifier: Partial<Verifier>
  readonly selector: Partial<FrameSelector>
}

/** Chooses the first and the last frame. */
export function choiceOf(frames: readonly SampledFrame[]): FrameChoice {
  const places = [...new Set([0, frames.length - 1])]
  const chosen = places.flatMap((at) => {
    const frame = frames[at]
    return frame === undefined ? [] : [{ ...frame, at, relevance: 1 / (at + 1), signals: {}, coverageGain: 0.5, nearest: null, asked: [] }]
  })
  return { method: 'topk', chosen, curve: frames.map((_, at) => 1 / (at + 1)), lookedAt: frames.length }
}

export const judgeOf = (name: string, answer: Partial<Awaited<ReturnType<Judge['judge']>>> = {}): Judge => ({
  identity,
  name,
  judge: async () => ({ judge: name, verdict: 'keep', criterion: null, reason: '', ...answer }),
})

const cotWriter: CotWriter = {
  identity,
  pickCoreFrames: async ({ group }, { min }) => ({
    frames: group.captions.slice(0, min).map(({ text }) => ({ claimedIndex: null, caption: text })),
  }),
  nameObjects: async () => ({ objects: [{ phrase: 'the man' }, { phrase: 'a dog' }] }),
  writeEvidence: async (_, { frames }) => ({
    steps: [
      {
        tokens: [
          { kind: 'mention', text: 'The man', object: 0 },
          { kind: 'text', text: ' sees ' },
          { kind: 'mention', text: 'a dog', object: 1 },
        ],
        frames: frames.map((_frame, place) => place),
      },
    ],
  }),
  classifyTask: async () => ({ task: 'Causal Analysis', reason: 'It asks why.' }),
  writeDistractors: async (_, count) => Array.from({ length: count }, (_item, at) => `wrong answer ${at}`),
}

/** Models that do as they are asked, with parts replaced. */
export function fakeModels(fakes: Partial<Fakes> = {}): RoleModels {
  const boxes = [{ rect: { x: 10, y: 20, w: 30, h: 40 }, score: 0.8, label: 'thing' }]
  return {
    captioner: async () => ({
      identity,
      caption: async (frames) => frames.map(({ index }) => captionOf(index, `Frame ${index} of a street.`)),
      ...fakes.captioner,
    }),
    embedder: async () => ({ identity, dimensions: 26, embed: async (texts) => texts.map(letterVector), ...fakes.embedder }),
    qaWriter: async () => ({
      identity,
      writePairs: async ({ position }, count) =>
        Array.from({ length: count }, (_, at) => ({ question: `Why ${position}.${at}?`, answer: `Because ${at}.`, support: null })),
      ...fakes.qaWriter,
    }),
    judges: async () => fakes.judges ?? [judgeOf('one'), judgeOf('two')],
    cotWriter: async () => ({ ...cotWriter, ...fakes.cotWriter }),
    detector: async () => ({ identity, detect: async (_, phrases) => phrases.map(() => ({ boxes, reason: null })), ...fakes.detector }),
    verifier: async () => ({
      identity,
      verify: async (_, asked) => asked.map(() => ({ agreement: 0.9, rank: 1, note: '' })),
      ...fakes.verifier,
    }),
    selector: async () => ({
      identity,
      select: async (_, captions) => ({ choice: choiceOf(captions.map(({ frame }) => frame)), notes: [] }),
      ...fakes.selector,
    }),
  }
}

export function depsOf(fakes: Partial<Fakes> = {}, change: Partial<StageDeps> = {}): StageDeps & { readonly blobs: Map<string, Buffer> } {
  const blobs = new Map<string, Buffer>()
  return {
    models: fakeModels(fakes),
    reader: fakeReader(),
    signatures: async () => stillSignatures,
    putBlob: async (content) => {
      const sha256 = createHash('sha256').update(content).digest('hex')
      blobs.set(sha256, content)
      return { sha256 }
    },
    readBlob: async (sha256) => blobs.get(sha256) ?? Buffer.alloc(0),
    signal: new AbortController().signal,
    blobs,
    ...change,
  }
}

const captions = [
  captionOf(0, 'A man waits.'),
  captionOf(20, 'A dog comes.'),
  captionOf(40, 'A bus stops here.'),
  captionOf(60, 'Quiet street.'),
]

/** Outputs of all stages before the last, that fit together. */
export const before: Partial<StageOutput> = {
  'sample-frames': { frames: [0, 20, 40, 60].map(sampled), shots: [], curve: [] },
  caption: { captions },
  group: { groups: [captions.map((caption) => caption.frameIndex)] },
  'write-qa': { pairs: [{ key: 'k1', group: 0, question: 'Why?', answer: 'Because.', support: null }] },
  'pick-core-frames': {
    frames: [
      { claimedIndex: frameNo(20), caption: 'a dog comes' },
      { claimedIndex: null, caption: 'a man waits' },
    ],
  },
  'name-objects': { objects: [{ phrase: 'the man' }, { phrase: 'a dog' }] },
  retrieve: {
    frames: [
      { frameIndex: frameNo(20), score: 0.9, margin: 0.3, isLowMargin: false },
      { frameIndex: frameNo(0), score: 0.9, margin: 0.3, isLowMargin: false },
    ],
  },
  ground: {
    boxes: [
      { object: 0, frame: 1, rect: { x: 1, y: 2, w: 3, h: 4 }, score: 0.9, label: 'person' },
      { object: 1, frame: 0, rect: { x: 5, y: 6, w: 7, h: 8 }, score: 0.8, label: 'dog' },
    ],
    undetectable: [],
  },
}

export const settings: PipelineSettings = PRESETS.videoespresso

export function inputOf(change: Partial<StageOutput> = {}, own: Partial<PipelineSettings> = {}): StageInput {
  return { video, settings: { ...settings, ...own }, before: { ...before, ...change }, pairKey: 'k1' }
}
