import { blobResponse } from '@/server/media/blob-response'
import { findVideo, type VideoParams } from '@/server/media/find-video'
import { routeHandler } from '@/server/viewer'

export const dynamic = 'force-dynamic'

/** The video for playing: its H.264 copy when there is one, unless `?original=1` asks for the file as it came. */
export const GET = routeHandler<VideoParams>(async (request, { viewer, params }) => {
  const video = await findVideo(viewer, params)
  const isOriginal = new URL(request.url).searchParams.get('original') === '1'
  if (video.proxySha256 !== null && !isOriginal) {
    return blobResponse(request, { sha256: video.proxySha256, contentType: 'video/mp4', caching: 'revalidate' })
  }
  return blobResponse(request, {
    sha256: video.sha256,
    contentType: video.mediaType ?? 'application/octet-stream',
    caching: isOriginal ? 'immutable' : 'revalidate',
  })
})

export const HEAD = GET
