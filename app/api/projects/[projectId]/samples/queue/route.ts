import { parseSampleFilter } from '@/core/sample-filter'
import { getQueue, type QueuePlace } from '@/server/queries/get-queue'
import { requireProject, routeHandler } from '@/server/viewer'

/** A page of the queue: `?around=ID` (or the first sample left to do), `?after=CURSOR`, `?before=CURSOR`, and a sample filter. */
export const GET = routeHandler<{ projectId: string }>(async (request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  const query = new URL(request.url).searchParams
  const scope = { projectId: project.id, filter: parseSampleFilter(query), userId: viewer.userId }
  return Response.json(await getQueue(scope, placeOf(query)), { headers: { 'cache-control': 'no-store' } })
})

function placeOf(query: URLSearchParams): QueuePlace {
  const after = query.get('after')
  if (after !== null) return { after }
  const before = query.get('before')
  return before === null ? { around: query.get('around') } : { before }
}
