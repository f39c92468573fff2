/** The video of one row, with the words for the report when it cannot be used. */
import { AppError } from '@/core/errors'
import type { RowProblem } from '@/core/formats/row-problem'
import type { VideoIdentity } from '@/core/formats/sample-facts'
import type { KnownVideo, MediaSource } from './media-source'

/** `missing` = the name to list as missing; `isMissing` = flag V1. A video that a dry run has not read is neither. */
export type RowMedia = {
  readonly video: KnownVideo | null
  readonly isMissing: boolean
  readonly missing: string | null
  readonly warning: RowProblem | null
}

export type RowMediaResult =
  | { readonly ok: true; readonly value: RowMedia }
  | { readonly ok: false; readonly problems: readonly RowProblem[] }

/** @param field name of the field with the path, for messages */
export async function findRowMedia(
  media: MediaSource,
  path: string | null,
  identity: VideoIdentity | null,
  field: string,
): Promise<RowMediaResult> {
  const answer = await media.findVideo(path, identity).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === 'path_outside') return thrown
    throw thrown
  })
  if (answer instanceof AppError) return { ok: false, problems: [{ field, code: answer.code, message: answer.message }] }
  const done = (value: RowMedia): RowMediaResult => ({ ok: true, value })
  switch (answer.kind) {
    case 'found':
      return done({ video: answer.video, isMissing: false, missing: null, warning: null })
    case 'unread':
      return done({ video: null, isMissing: false, missing: null, warning: null })
    case 'missing':
      return done({ video: null, isMissing: true, missing: path, warning: null })
    case 'broken': {
      const warning: RowProblem = { field, code: 'corrupt_media', message: `The video “${path ?? ''}” cannot be used: ${answer.message}` }
      return done({ video: null, isMissing: true, missing: path, warning })
    }
  }
}
