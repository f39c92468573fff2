import { z } from 'zod'
import { parseInput } from '@/server/parse-input'
import { getMotionPreview } from '@/server/queries/get-motion-preview'
import { requireProject, routeHandler } from '@/server/viewer'

const querySchema = z.object({ video: z.uuid().optional() })

/** The motion of a video with its shots; null while no video has been measured. */
export const GET = routeHandler<{ projectId: string }>(async (request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  const { video } = parseInput(querySchema, Object.fromEntries(new URL(request.url).searchParams))
  return Response.json(await getMotionPreview(project.id, video ?? null), { headers: { 'cache-control': 'no-store' } })
})
