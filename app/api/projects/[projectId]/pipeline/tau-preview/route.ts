import { z } from 'zod'
import { parseInput } from '@/server/parse-input'
import { pipelineSettingsOf } from '@/server/pipeline/project-settings'
import { getTauPreview } from '@/server/queries/get-tau-preview'
import { requireProject, routeHandler } from '@/server/viewer'

const querySchema = z.object({
  video: z.uuid().optional(),
  run: z.uuid().optional(),
  variant: z.enum(['stack', 'adjacent']).optional(),
  symbols: z.enum(['on', 'off']).optional(),
})

/** Kept and dropped frames of a video for every threshold of the slider; null while there is nothing to show. */
export const GET = routeHandler<{ projectId: string }>(async (request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  const query = parseInput(querySchema, Object.fromEntries(new URL(request.url).searchParams))
  const own = pipelineSettingsOf(project).dedupe
  const rule = {
    variant: query.variant ?? own.variant,
    keepsNumbersAndDirections: query.symbols === undefined ? own.keepsNumbersAndDirections : query.symbols === 'on',
  }
  const preview = await getTauPreview(project.id, rule, { videoId: query.video ?? null, runId: query.run ?? null })
  return Response.json(preview, { headers: { 'cache-control': 'no-store' } })
})
