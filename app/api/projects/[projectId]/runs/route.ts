import { listRuns } from '@/server/queries/list-runs'
import { requireProject, routeHandler } from '@/server/viewer'

/** The latest runs of the project. */
export const GET = routeHandler<{ projectId: string }>(async (_request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  return Response.json({ runs: await listRuns(project.id) }, { headers: { 'cache-control': 'no-store' } })
})
