/** Stage `sample-frames`: which frames are captioned, by measured motion (`core/pipeline/sampling.ts`). No model. */
import { sampleFrames, samplingFor } from '@/core/pipeline/sampling'
import type { Stage } from './stage'

/** Throws AppError corrupt_media, and what decoding can throw. */
export const sampleFramesStage: Stage<'sample-frames'> = async ({ video, settings }, { signatures }) =>
  sampleFrames(video.table, await signatures(), samplingFor(settings, video.id))
