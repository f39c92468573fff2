import { getSample } from '@/server/queries/get-sample'
import { requireProject, routeHandler } from '@/server/viewer'

/** One sample with everything the review screen paints from. */
export const GET = routeHandler<{ projectId: string; sampleId: string }>(async (_request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  return Response.json(await getSample(project.id, params.sampleId), { headers: { 'cache-control': 'no-store' } })
})
