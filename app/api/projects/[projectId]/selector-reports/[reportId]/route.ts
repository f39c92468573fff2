import { getSelectorReport } from '@/server/queries/get-selector-report'
import { requireProject, routeHandler } from '@/server/viewer'

/** Progress of one selector report, and its figures when it is done. */
export const GET = routeHandler<{ projectId: string; reportId: string }>(async (_request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  return Response.json(await getSelectorReport(project.id, params.reportId), { headers: { 'cache-control': 'no-store' } })
})
