import { z } from 'zod'
import { parseInput } from '@/server/parse-input'
import { listRunnableVideos } from '@/server/queries/list-runnable-videos'
import { requireProject, routeHandler } from '@/server/viewer'

const querySchema = z.object({ q: z.string().trim().max(200).default(''), of: z.enum(['dedupe', 'sample-frames']).optional() })

/** Videos that a run can be started on, by a part of their name; with `of` those that have a result of that stage. */
export const GET = routeHandler<{ projectId: string }>(async (request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  const { q, of } = parseInput(querySchema, Object.fromEntries(new URL(request.url).searchParams))
  return Response.json(await listRunnableVideos(project.id, q, of ?? null), { headers: { 'cache-control': 'no-store' } })
})
