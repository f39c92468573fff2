import { z } from 'zod'
import { parseSampleFilter } from '@/core/sample-filter'
import { parseInput } from '@/server/parse-input'
import { listSamples, MAX_PAGE } from '@/server/queries/list-samples'
import { requireProject, routeHandler } from '@/server/viewer'

const placeSchema = z.object({
  after: z.string().max(300).optional(),
  offset: z.coerce.number().int().min(0).max(100_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(100),
})

/** Rows of the samples list: `?after=` goes on from a row, `?offset=` jumps; the rest is the filter. */
export const GET = routeHandler<{ projectId: string }>(async (request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  const query = new URL(request.url).searchParams
  const { after, offset, limit } = parseInput(placeSchema, Object.fromEntries(query))
  const page = await listSamples(project.id, parseSampleFilter(query), after === undefined ? { offset } : { after }, limit)
  return Response.json(page, { headers: { 'cache-control': 'private, no-store' } })
})
