import { getRun } from '@/server/queries/get-run'
import { requireProject, routeHandler } from '@/server/viewer'

/** One run: its stages, its videos in numbers, its budget. */
export const GET = routeHandler<{ projectId: string; runId: string }>(async (_request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  return Response.json(await getRun(project.id, { id: params.runId }), { headers: { 'cache-control': 'no-store' } })
})
