import { parseSampleFilter } from '@/core/sample-filter'
import { countFacets } from '@/server/queries/count-samples'
import { requireProject, routeHandler } from '@/server/viewer'

/** Counts beside the choices of the filter. */
export const GET = routeHandler<{ projectId: string }>(async (request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  const facets = await countFacets(project.id, parseSampleFilter(new URL(request.url).searchParams))
  return Response.json(facets, { headers: { 'cache-control': 'private, no-store' } })
})
