import { AppError } from '@/core/errors'
import { jsonResponse } from '@/server/media/blob-response'
import { findVideo, type VideoParams } from '@/server/media/find-video'
import { getFrameTable } from '@/server/media/frame-tables'
import { warmMedia } from '@/server/media/media-client'
import { routeHandler } from '@/server/viewer'

export const dynamic = 'force-dynamic'

/** The frame table of a video (`frameTableSchema` of core/frame-table.ts). */
export const GET = routeHandler<VideoParams>(async (request, { viewer, params }) => {
  const video = await findVideo(viewer, params)
  if (video.frameTableSha256 === null)
    throw new AppError('not_found', 'The frames of this video are not known yet.', { state: video.state })
  // Whoever reads the table is about to ask for stills.
  warmMedia()
  return jsonResponse(request, await getFrameTable(video.sha256), video.frameTableSha256)
})
