import { findVideo, type VideoParams } from '@/server/media/find-video'
import { getCandidates } from '@/server/queries/get-candidates'
import { routeHandler } from '@/server/viewer'

export const dynamic = 'force-dynamic'

/** What a selector may choose from (`candidateFramesSchema`). A run may have sampled or captioned the video since the last answer. */
export const GET = routeHandler<VideoParams>(async (_request, { viewer, params }) => {
  const candidates = await getCandidates(await findVideo(viewer, params))
  return Response.json(candidates, { headers: { 'cache-control': 'no-store' } })
})
