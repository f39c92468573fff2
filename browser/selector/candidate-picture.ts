/** What a candidate frame is to those who look at it, and to those who give it. */
import type { FrameTable } from '@/core/frame-table'
import type { SampledFrame } from '@/core/pipeline/outputs'
import type { SelectorRequest } from './selector-types'

/** Display orientation, size of the still; good until the callback that gets it has ended. */
export type CandidatePicture = {
  readonly frame: SampledFrame
  readonly width: number
  readonly height: number
  /** The whole picture, upright, stretched to that size at the canvas's origin. */
  draw(context: OffscreenCanvasRenderingContext2D, width: number, height: number): void
  /** The same, upright, for a texture. Its own size differs from `width` × `height` where pixels are not square. */
  readonly source: VideoFrame | ImageBitmap
}

export type OnPicture = (picture: CandidatePicture) => Promise<void>
export type FramesRequest = Pick<SelectorRequest, 'projectId' | 'video'> & { readonly table: FrameTable }

/**
 * Hands on what it can of `frames`, in their order.
 *
 * @returns why it could not give all, a sentence for people; null = nothing to say
 */
export type FrameSource = (
  request: FramesRequest,
  frames: readonly SampledFrame[],
  onPicture: OnPicture,
  signal: AbortSignal,
) => Promise<string | null>

/** `stillsBecause` = why frames came as stills; null where none did. */
export type ReadFrames = { readonly decoded: number; readonly stills: number; readonly stillsBecause: string | null }
