import { findRunId } from '@/server/queries/find-run'
import { listRejectedPairs } from '@/server/queries/list-rejected-pairs'
import { requireProject, routeHandler } from '@/server/viewer'

/** The questions that the judges of a run refused, with their reasons: `?after=` goes on from a place. */
export const GET = routeHandler<{ projectId: string; runId: string }>(async (request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  const runId = await findRunId(project.id, params.runId)
  const page = await listRejectedPairs(runId, new URL(request.url).searchParams.get('after'))
  return Response.json(page, { headers: { 'cache-control': 'no-store' } })
})
