import { listImports } from '@/server/queries/list-imports'
import { requireProject, routeHandler } from '@/server/viewer'

/** The latest imports of the project. */
export const GET = routeHandler<{ projectId: string }>(async (_request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  return Response.json({ imports: await listImports(project.id) }, { headers: { 'cache-control': 'no-store' } })
})
