/** Where an import finds its videos and stills: a folder (command line) or what the project holds already (web). */

import type { VideoIdentity } from '@/core/formats/sample-facts'
import type { FrameTable } from '@/core/frame-table'

/** A video of the project whose frame table can be read. */
export type KnownVideo = {
  readonly id: string
  readonly sha256: string
  readonly name: string
  readonly width: number
  readonly height: number
  readonly frameCount: number
  readonly table: () => Promise<FrameTable>
}

/** `broken` = the file is there and cannot be read as a video; the message says why. */
export type VideoAnswer =
  | { readonly kind: 'found'; readonly video: KnownVideo }
  /** A dry run does not read videos that the project does not hold yet. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'broken'; readonly message: string }

export type MediaSource = {
  /** @throws AppError path_outside */
  findVideo(path: string | null, identity: VideoIdentity | null): Promise<VideoAnswer>
  /** A file with the picture of a core frame, if one was supplied. @throws AppError path_outside */
  findStill(path: string): Promise<string | null>
}
