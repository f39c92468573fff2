import { getSampleOrigin } from '@/server/queries/get-sample-origin'
import { requireProject, routeHandler } from '@/server/viewer'

/** The stages that drafted a sample and what they refused; null for a sample that was imported. */
export const GET = routeHandler<{ projectId: string; sampleId: string }>(async (_request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  return Response.json(await getSampleOrigin(project.id, params.sampleId), { headers: { 'cache-control': 'no-store' } })
})
