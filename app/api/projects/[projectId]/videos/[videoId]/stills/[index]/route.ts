import { AppError } from '@/core/errors'
import { blobResponse } from '@/server/media/blob-response'
import { ensureStills } from '@/server/media/ensure-stills'
import { findVideo, type VideoParams } from '@/server/media/find-video'
import { STILL_TYPE } from '@/server/media/picture-files'
import { routeHandler } from '@/server/viewer'

export const dynamic = 'force-dynamic'

/** The exact picture of one frame; decoded and stored when nobody has asked for it before. */
export const GET = routeHandler<VideoParams & { readonly index: string }>(async (request, { viewer, params }) => {
  const video = await findVideo(viewer, params)
  if (!/^\d{1,9}$/.test(params.index)) throw new AppError('invalid_input', 'A frame index is a whole number from 0.', { field: 'index' })
  const [still] = await ensureStills(video.sha256, [Number(params.index)], { isQuick: true })
  if (still === undefined) throw new AppError('not_found', 'There is no such still.')
  return blobResponse(request, { sha256: still.sha256, contentType: STILL_TYPE, caching: 'immutable' })
})

export const HEAD = GET
