import { getExport } from '@/server/queries/get-export'
import { requireProject, routeHandler } from '@/server/viewer'

/** Progress of one export, and what it holds when it is done. */
export const GET = routeHandler<{ projectId: string; exportId: string }>(async (_request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  return Response.json(await getExport(project.id, params.exportId), { headers: { 'cache-control': 'no-store' } })
})
