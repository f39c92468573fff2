import { z } from 'zod'
import { videoFilterSchema } from '@/core/pipeline/run-videos'
import { parseInput } from '@/server/parse-input'
import { findRunId } from '@/server/queries/find-run'
import { listRunVideos } from '@/server/queries/list-run-videos'
import { requireProject, routeHandler } from '@/server/viewer'

const querySchema = z.object({ filter: videoFilterSchema.default('active'), after: z.string().max(8192).optional() })

/** Videos of a run with the state of every stage: `?filter=active|failed|done`, `?after=` goes on from a place. */
export const GET = routeHandler<{ projectId: string; runId: string }>(async (request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  const { filter, after } = parseInput(querySchema, Object.fromEntries(new URL(request.url).searchParams))
  const page = await listRunVideos(await findRunId(project.id, params.runId), filter, after ?? null)
  return Response.json(page, { headers: { 'cache-control': 'no-store' } })
})
