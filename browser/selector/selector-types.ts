/** What the review screen asks the selector in its worker, and what it is told. Everything here can be sent between threads. */
import type { CandidateFrames } from '@/core/selection/candidate-frames'
import type { FrameChoice } from '@/core/selection/frame-choice'
import type { SelectionMethod, SelectionOptions } from '@/core/selection/selection-options'
import type { SignalName } from '@/core/selection/signals/blend'

/** Where the models run: `auto` = on the graphics card where there is a real one. */
export type DeviceWish = 'auto' | 'webgpu' | 'wasm'

/** `methods`: the first is the proposal, the others are compared with it. `visionModel` = name of a registered dual encoder. */
export type SelectorRequest = {
  readonly projectId: string
  readonly video: { readonly id: string; readonly sha256: string; readonly width: number; readonly height: number }
  readonly question: string
  readonly weights: Readonly<Record<SignalName, number>>
  readonly methods: readonly { readonly method: SelectionMethod; readonly options: SelectionOptions }[]
  readonly device: DeviceWish
  readonly visionModel: string | null
}

/** `name` = of the adapter as the browser tells it; `reason` = why not WebGPU, null where it is. */
export type DeviceFacts = {
  readonly kind: 'webgpu' | 'wasm'
  readonly name: string
  readonly threads: number
  readonly reason: string | null
}

/** Milliseconds of each part of one answer; 0 = was there already. */
export type SelectorTiming = {
  readonly modelsMs: number
  readonly framesMs: number
  readonly lookMs: number
  readonly textMs: number
  readonly chooseMs: number
  readonly totalMs: number
}

/**
 * `choices` = one a method, in their order. `isCached` = no frame was decoded and no picture encoded for this answer. `captionedBy` =
 * who wrote the captions that the text signal read. `notes` = sentences for people: what could not be looked for, what was left out,
 * which way was taken instead and why. `memoryBytes` = weights and buffers that the worker holds.
 */
export type SelectorAnswer = {
  readonly candidates: Pick<CandidateFrames, 'frames' | 'run' | 'fps'>
  readonly choices: readonly FrameChoice[]
  readonly device: DeviceFacts
  readonly timing: SelectorTiming
  readonly isCached: boolean
  readonly captionedBy: string | null
  readonly notes: readonly string[]
  readonly memoryBytes: number
}

export type SelectorPhase = 'models' | 'frames' | 'look' | 'text' | 'choose'
/** `total` null = not known yet. Of models: bytes. */
export type SelectorProgress = { readonly phase: SelectorPhase; readonly done: number; readonly total: number | null }

export type SelectorClient = {
  /**
   * One at a time: a new question ends the one before (AbortError). The worker starts with the first question.
   *
   * @throws AppError bad_file (a model is not what the server says), unavailable, invalid_input …; DOMException AbortError at once
   *   when `signal` fires
   */
  suggest(
    request: SelectorRequest,
    options: { readonly signal: AbortSignal; readonly onProgress: (progress: SelectorProgress) => void },
  ): Promise<SelectorAnswer>
  /** Ends the worker and frees what it holds. */
  dispose(): void
}
