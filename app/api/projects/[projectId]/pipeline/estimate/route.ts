import { AppError } from '@/core/errors'
import { estimateRequestSchema } from '@/core/pipeline/run-estimate'
import { PRESETS } from '@/core/pipeline/settings'
import { parseInput } from '@/server/parse-input'
import { pipelineSettingsOf } from '@/server/pipeline/project-settings'
import { estimateRun } from '@/server/queries/estimate-run'
import { requireProject, routeHandler } from '@/server/viewer'

/** What a run would do anew and cost. It changes nothing; settings are too long for an address, so it is a POST. */
export const POST = routeHandler<{ projectId: string }>(async (request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  const { settings, preset, videoIds, freshFrom } = parseInput(estimateRequestSchema, await bodyOf(request))
  const meant = settings ?? (preset === null ? pipelineSettingsOf(project) : PRESETS[preset])
  const estimate = await estimateRun({ projectId: project.id, settings: meant, videoIds, freshFrom })
  return Response.json(estimate, { headers: { 'cache-control': 'no-store' } })
})

async function bodyOf(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch (cause) {
    throw new AppError('invalid_input', 'The request holds no JSON.', {}, { cause })
  }
}
