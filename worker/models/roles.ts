/**
 * What each role of a model does, whoever fills it (design §1). An adapter of `worker/models` implements one of these; a
 * stage of `worker/stages` calls them and never knows which one it has. Every failure is an AppError: `model_unavailable`
 * (with `details.retryAfterMs` where the server named it), `model_bad_answer`, `model_refused`, `budget_exhausted`.
 */

import type { FrameTable } from '@/core/frame-table'
import type { ModelCallOutcome, ModelCallRequest } from '@/core/pipeline/model-call'
import type {
  Caption,
  ClassifyTaskOutput,
  Judgement,
  NameObjectsOutput,
  PickCoreFramesOutput,
  QaPair,
  SampledFrame,
  Shot,
  WriteEvidenceOutput,
} from '@/core/pipeline/outputs'
import type { Provenance } from '@/core/provenance'
import type { Rect } from '@/core/records'
import type { FrameChoice } from '@/core/selection/frame-choice'

/** A decoded frame: packed RGB of the whole still, and the same as a JPEG for models behind a network. */
export type FramePicture = {
  readonly frame: SampledFrame
  readonly width: number
  readonly height: number
  readonly rgb: Buffer
  /** Encoded on first use. `maxSide` in pixels; the picture is never enlarged. */
  readonly jpeg: (maxSide: number) => Promise<Buffer>
}

/** Reads frames of the video at hand; pictures come one by one, so memory does not grow with their number. */
export type FrameReader = {
  readonly width: number
  readonly height: number
  /** Where it is known, a captioner may also read frames between the sampled ones, to see what moves. */
  readonly table?: FrameTable
  /** Of a stored video: what models saw on its frames is kept under it. */
  readonly videoSha256?: string
  read(frames: readonly SampledFrame[], onPicture: (picture: FramePicture) => Promise<void>): Promise<void>
}

/** What a draft record will say of its origin; cost and time are added by the run. */
export type ModelIdentity = Pick<Provenance, 'kind' | 'provider' | 'model' | 'version'>

type Filled = { readonly identity: ModelIdentity }

export type Captioner = Filled & {
  /** One caption for each frame, in their order; never fewer. */
  caption(frames: readonly SampledFrame[], shots: readonly Shot[], reader: FrameReader, batch: number): Promise<Caption[]>
}

export type Embedder = Filled & {
  readonly dimensions: number
  /** One unit vector for each text. A text of several facts is embedded fact by fact by the caller. */
  embed(texts: readonly string[]): Promise<Float32Array[]>
}

/** The captions of one group, in time order. */
export type GroupView = { readonly position: number; readonly captions: readonly Caption[] }

export type QaWriter = Filled & { writePairs(group: GroupView, count: number): Promise<Pick<QaPair, 'question' | 'answer' | 'support'>[]> }

export type Judge = Filled & { readonly name: string; judge(pair: QaPair, group: GroupView): Promise<Judgement> }

/** A question on its way to a draft, with the group it came from. */
export type PairView = { readonly pair: QaPair; readonly group: GroupView }

export type CotWriter = Filled & {
  pickCoreFrames(view: PairView, limits: { min: number; max: number }): Promise<PickCoreFramesOutput>
  nameObjects(view: PairView, frames: PickCoreFramesOutput): Promise<NameObjectsOutput>
  writeEvidence(view: PairView, frames: PickCoreFramesOutput, objects: NameObjectsOutput): Promise<WriteEvidenceOutput>
  classifyTask(view: PairView): Promise<ClassifyTaskOutput>
  /** Wrong answers of about the length of the right one. */
  writeDistractors(view: PairView, count: number): Promise<string[]>
}

export type FoundBox = { readonly rect: Rect; readonly score: number; readonly label: string }
/** `reason` says why a phrase cannot be looked for at all; boxes may be empty without a reason: looked, not found. */
export type Found = { readonly boxes: readonly FoundBox[]; readonly reason: string | null }

export type Detector = Filled & {
  /** One answer for each phrase, boxes best first. Thresholds 0–1. */
  detect(picture: FramePicture, phrases: readonly string[], thresholds: { box: number; text: number }): Promise<Found[]>
}

/** Chooses core frames in the place of a writer, by what captions say and what is seen on the frames. */
export type FrameSelector = Filled & {
  /**
   * Among the frames of the captions, in order of time; `notes` = what could not be looked for, in sentences. `signal` ends it.
   */
  select(
    question: string,
    captions: readonly (Caption & { readonly frame: SampledFrame })[],
    reader: FrameReader,
    signal: AbortSignal,
  ): Promise<{ readonly choice: FrameChoice; readonly notes: readonly string[] }>
}

export type CropCheck = { readonly agreement: number | null; readonly rank: number | null; readonly note: string }

export type Verifier = Filled & {
  /** How well each box shows what its phrase says, among all phrases of the sample. */
  verify(picture: FramePicture, boxes: readonly { rect: Rect; phrase: string }[], phrases: readonly string[]): Promise<CropCheck[]>
}

export type RoleModels = {
  captioner(): Promise<Captioner>
  embedder(): Promise<Embedder>
  qaWriter(): Promise<QaWriter>
  judges(): Promise<readonly Judge[]>
  cotWriter(): Promise<CotWriter>
  detector(): Promise<Detector>
  verifier(): Promise<Verifier>
  /** Throws AppError internal where the settings name none. */
  selector(): Promise<FrameSelector>
}

/**
 * The one way to a model that costs: a remembered answer is given back free, otherwise the worst case is reserved, the call
 * made, and what it really cost is booked. Throws AppError `budget_exhausted` before the call when the cap would be passed.
 */
export type CallDesk = {
  call(request: ModelCallRequest, perform: (signal: AbortSignal) => Promise<ModelCallOutcome>): Promise<unknown>
}
