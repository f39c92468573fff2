import { listExports } from '@/server/queries/list-exports'
import { requireProject, routeHandler } from '@/server/viewer'

/** The latest exports of the project. */
export const GET = routeHandler<{ projectId: string }>(async (_request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  return Response.json({ exports: await listExports(project.id) }, { headers: { 'cache-control': 'no-store' } })
})
