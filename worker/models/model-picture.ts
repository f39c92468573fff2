/** A frame as a model gets it: a JPEG of at most 768 pixels a side, under a label that the prompt speaks of. */

import { sha256Of } from '@/server/sha256-of'
import type { FramePicture } from './roles'

const MAX_SIDE = 768

/** `width` and `height` of the JPEG, in pixels. The model's request names it by `sha256`, so an equal picture is an equal request. */
export type ModelPicture = {
  readonly label: string
  readonly sha256: string
  readonly jpeg: Buffer
  readonly width: number
  readonly height: number
}

export async function toModelPicture(label: string, picture: FramePicture): Promise<ModelPicture> {
  const jpeg = await picture.jpeg(MAX_SIDE)
  const shrink = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height))
  return {
    label,
    sha256: sha256Of(jpeg),
    jpeg,
    width: Math.max(1, Math.round(picture.width * shrink)),
    height: Math.max(1, Math.round(picture.height * shrink)),
  }
}
