import { getFramesUsed } from '@/server/queries/get-frames-used'
import { requireProject, routeHandler } from '@/server/viewer'

/** Frames that each method takes on average, by the newest finished report of the project (`framesUsedSchema`); null while there is none. */
export const GET = routeHandler<{ projectId: string }>(async (_request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  return Response.json(await getFramesUsed(project.id), { headers: { 'cache-control': 'no-store' } })
})
