import { listSelectorReports } from '@/server/queries/list-selector-reports'
import { requireProject, routeHandler } from '@/server/viewer'

/** The latest selector reports of the project. */
export const GET = routeHandler<{ projectId: string }>(async (_request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  return Response.json(await listSelectorReports(project.id), { headers: { 'cache-control': 'no-store' } })
})
