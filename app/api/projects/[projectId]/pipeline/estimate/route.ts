import { estimateRequestSchema } from '@/core/pipeline/run-estimate'
import { PRESETS } from '@/core/pipeline/settings'
import { parseInput } from '@/server/parse-input'
import { pipelineSettingsOf } from '@/server/pipeline/project-settings'
import { estimateRun } from '@/server/queries/estimate-run'
import { readJsonBody } from '@/server/read-json-body'
import { requireProject, routeHandler } from '@/server/viewer'

/** A hundred thousand ids of videos, and settings with every prompt written anew. */
const MAX_BODY_BYTES = 8 * 1024 ** 2

/** What a run would do anew and cost. It changes nothing; settings are too long for an address, so it is a POST. */
export const POST = routeHandler<{ projectId: string }>(async (request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  const { settings, preset, videoIds, freshFrom } = parseInput(estimateRequestSchema, await readJsonBody(request, MAX_BODY_BYTES))
  const meant = settings ?? (preset === null ? pipelineSettingsOf(project) : PRESETS[preset])
  const estimate = await estimateRun({ projectId: project.id, settings: meant, videoIds, freshFrom })
  return Response.json(estimate, { headers: { 'cache-control': 'no-store' } })
})
