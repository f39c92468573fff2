import { getImport } from '@/server/queries/get-import'
import { requireProject, routeHandler } from '@/server/viewer'

/** Progress of one import, and its report when it is done. */
export const GET = routeHandler<{ projectId: string; importId: string }>(async (_request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  return Response.json(await getImport(project.id, params.importId), { headers: { 'cache-control': 'no-store' } })
})
