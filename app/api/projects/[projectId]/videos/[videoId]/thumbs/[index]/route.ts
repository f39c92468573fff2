import { AppError } from '@/core/errors'
import { findVideo, type VideoParams } from '@/server/media/find-video'
import { STILL_TYPE } from '@/server/media/picture-files'
import { readThumb } from '@/server/media/read-thumb'
import { routeHandler } from '@/server/viewer'

/** A small picture of one frame for lists. Content never changes under its address: frame and video are named exactly. */
export const GET = routeHandler<VideoParams & { readonly index: string }>(async (_request, { viewer, params }) => {
  const video = await findVideo(viewer, params)
  if (!/^\d{1,9}$/.test(params.index)) throw new AppError('invalid_input', 'A frame index is a whole number from 0.', { field: 'index' })
  const bytes = await readThumb(video.sha256, Number(params.index))
  if (bytes === null) throw new AppError('not_found', 'This frame has no still yet.')
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': STILL_TYPE,
      'content-length': String(bytes.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, max-age=31536000, immutable',
    },
  })
})
