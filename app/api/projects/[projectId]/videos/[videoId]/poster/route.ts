import { AppError } from '@/core/errors'
import { blobResponse } from '@/server/media/blob-response'
import { findVideo, type VideoParams } from '@/server/media/find-video'
import { STILL_TYPE } from '@/server/media/picture-files'
import { routeHandler } from '@/server/viewer'

export const dynamic = 'force-dynamic'

export const GET = routeHandler<VideoParams>(async (request, { viewer, params }) => {
  const video = await findVideo(viewer, params)
  if (video.posterSha256 === null) throw new AppError('not_found', 'This video has no poster yet.', { state: video.state })
  return blobResponse(request, { sha256: video.posterSha256, contentType: STILL_TYPE, caching: 'revalidate' })
})

export const HEAD = GET
