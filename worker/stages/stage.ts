/**
 * A stage is a function `(input, deps) → output`: pure of queue and database, so it runs the same in a test, from the command
 * line and in a worker. `worker/run-stage.ts` gives it its input and keeps its output.
 */
import type { FrameTable } from '@/core/frame-table'
import type { StageOutput } from '@/core/pipeline/outputs'
import type { PipelineSettings } from '@/core/pipeline/settings'
import type { StageName } from '@/core/pipeline/stages'
import type { FrameReader, RoleModels } from '../models/roles'

/** The video at hand. */
export type StageVideo = { readonly id: string; readonly sha256: string; readonly table: FrameTable }

/** What the stages before have put out for this video, and for this draft where there is one. */
export type StageInput = {
  readonly video: StageVideo
  readonly settings: PipelineSettings
  readonly before: Partial<StageOutput>
  /** The pair a draft stage works on; null for stages of a whole video. */
  readonly pairKey: string | null
}

export type StageDeps = {
  readonly models: RoleModels
  readonly reader: FrameReader
  /** 32 × 32 grey pictures of all frames, one after the other (`SIGNATURE_BYTES` each): what motion is measured on. */
  readonly signatures: () => Promise<Buffer>
  readonly putBlob: (content: Buffer) => Promise<{ sha256: string }>
  readonly readBlob: (sha256: string) => Promise<Buffer>
  readonly signal: AbortSignal
}

export type Stage<Name extends StageName> = (input: StageInput, deps: StageDeps) => Promise<StageOutput[Name]>
