import { AppError } from '@/core/errors'
import { PRESETS } from '@/core/pipeline/settings'
import { STAGE_NAMES, type StageName, stagePosition } from '@/core/pipeline/stages'
import { audit } from '@/server/audit'
import { db } from '@/server/db'
import { RUN_ACT_TIMEOUT_MS } from '@/server/pipeline/control-run'
import { pipelineSettingsOf, requireSoundSettings } from '@/server/pipeline/project-settings'
import { createRun } from '@/server/pipeline/start-run'
import { defineCommand } from './arguments'
import { requireProject } from './project-option'
import { waitForRun } from './wait-for-run'
import { withWorker } from './with-worker'

/** `a,b` → the earliest of the stages named; everything after it follows anyway. */
function freshFrom(words: string | undefined): StageName | null {
  if (words === undefined) return null
  const stages = words.split(',').map((word) => {
    const name = STAGE_NAMES.find((stage) => stage === word.trim())
    if (name === undefined) {
      throw new AppError('invalid_input', `There is no stage "${word.trim()}". The stages are ${STAGE_NAMES.join(', ')}.`, {
        option: '--stages',
      })
    }
    return name
  })
  return stages.reduce((first, name) => (stagePosition(name) < stagePosition(first) ? name : first))
}

async function videoIds(projectId: string, words: string | undefined): Promise<string[] | null> {
  if (words === undefined) return null
  const names = words.split(',').map((word) => word.trim())
  const videos = await db.video.findMany({ where: { projectId, name: { in: names }, state: 'done' }, select: { id: true, name: true } })
  const missing = names.find((name) => !videos.some((video) => video.name === name))
  if (missing !== undefined) {
    throw new AppError('missing_file', `The project holds no video "${missing}" that has been read.`, { option: '--video' })
  }
  return videos.map((video) => video.id)
}

export const command = defineCommand({
  summary: 'run the pipeline over videos of a project and wait for its drafts',
  options: {
    project: { type: 'string', placeholder: 'NAME', summary: 'slug or name of the project', isRequired: true },
    preset: { type: 'string', summary: "who fills the roles; without it the project's own settings", choices: Object.keys(PRESETS) },
    video: { type: 'string', placeholder: 'NAMES', summary: 'names of videos, with commas; without it all that have been read' },
    stages: { type: 'string', placeholder: 'NAMES', summary: 'ask anew from the earliest of these stages on, whatever is remembered' },
    cap: { type: 'number', placeholder: 'USD', summary: 'never spend more than this', min: 0, max: 1e9 },
    detach: { type: 'boolean', summary: 'only queue it; a worker does the rest' },
  },
  needsDatabase: true,
  async run(args, io) {
    const fresh = freshFrom(args.stages)
    const { id } = await requireProject(args.project)
    const project = await db.project.findUniqueOrThrow({ where: { id }, select: { id: true, settings: true } })
    const preset = Object.entries(PRESETS).find(([name]) => name === args.preset)
    const settings = preset === undefined ? pipelineSettingsOf(project) : preset[1]
    requireSoundSettings(settings)
    const request = {
      projectId: project.id,
      userId: null,
      settings,
      videoIds: await videoIds(project.id, args.video),
      capMicroUsd: args.cap === undefined ? null : Math.round(args.cap * 1e6),
      freshFrom: fresh,
    }
    const { runId, number } = await db.$transaction(
      async (tx) => {
        const run = await createRun(tx, request)
        const facts = { number: run.number, preset: args.preset ?? null, cap: request.capMicroUsd }
        await audit(tx, { scope: project.id, actorId: null, action: 'run.start', subject: run.runId, facts })
        return run
      },
      { timeout: RUN_ACT_TIMEOUT_MS },
    )
    if (args.detach) {
      io.result({ runId, number, state: 'running' }, `Run ${number} is queued.`)
      return 0
    }
    const end = await withWorker(io, () => waitForRun(runId, io))
    const { drafts, failed, costMicroUsd } = end
    const text = `Run ${number}: ${end.state}, ${drafts} drafts, ${failed} failed stages, $${(costMicroUsd / 1e6).toFixed(2)} spent.`
    io.result({ runId, number, ...end }, text)
    return end.state === 'done' && failed === 0 ? 0 : 1
  },
})
