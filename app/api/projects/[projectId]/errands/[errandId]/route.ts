import { getErrand } from '@/server/queries/get-errand'
import { requireProject, routeHandler } from '@/server/viewer'

/** How far a small question to a model is; its answer when it is there. */
export const GET = routeHandler<{ projectId: string; errandId: string }>(async (_request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  return Response.json(await getErrand(project.id, params.errandId, viewer.userId), { headers: { 'cache-control': 'no-store' } })
})
