/** A run whose core frames a selector picks: after one whose writer picked them, with the embedded models on a real clip. */
import { symlinkSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocument, recordsOf } from '@/core/document'
import { pickCoreFramesOutputSchema } from '@/core/pipeline/outputs'
import { PROMPTS } from '@/core/pipeline/prompts/prompt-table'
import { wireSchemaOf } from '@/core/pipeline/prompts/wire-schema'
import { FIRST_SELECTOR, type PipelineSettings, PRESETS } from '@/core/pipeline/settings'
import { type LoggedRequest, type ModelServer, startModelServer } from '@/e2e/model-server'
import { weightsForTests } from './models/weights-for-tests'

const weights = await weightsForTests()
const NEVER = new AbortController().signal
const LOCAL = { provider: 'server:local', model: 'qwen', parameters: {} } as const
const BY_WRITER: PipelineSettings = {
  ...PRESETS['local-server'],
  preset: 'custom',
  roles: { ...PRESETS['local-server'].roles, captioner: LOCAL, 'qa-writer': LOCAL, 'cot-writer': LOCAL },
}
const BY_SELECTOR: PipelineSettings = { ...BY_WRITER, selector: FIRST_SELECTOR }

let server: ModelServer
/** Loaded after the environment names the server. */
const load = async () => ({
  ...(await import('./pipeline-for-tests')),
  ...(await import('./run-stage')),
  ...(await import('@/server/db')),
  ...(await import('@/server/media/media-client')),
})
let parts: Awaited<ReturnType<typeof load>>
let projectId = ''

async function runWith(settings: PipelineSettings) {
  const runId = await parts.startTestRun(projectId, { settings })
  for (let tasks = await parts.waitingTasks(runId); tasks[0] !== undefined; tasks = await parts.waitingTasks(runId)) {
    await parts.runStage(tasks[0].id, NEVER)
  }
  const tasks = await parts.db.task.findMany({ where: { runId }, orderBy: [{ position: 'asc' }, { place: 'asc' }] })
  expect(tasks.filter(({ state }) => state !== 'done').map(({ stage, errorMessage }) => ({ stage, errorMessage }))).toEqual([])
  return tasks
}

/** Whether a request is the writer's question for core frames, by the shape of the answer that it wants. */
const FRAMES_WANTED = JSON.stringify(wireSchemaOf(PROMPTS['pick-core-frames'].answerSchema))
const asksForFrames = ({ call }: LoggedRequest) => call?.kind === 'generate' && JSON.stringify(call.schema) === FRAMES_WANTED

async function draftsOf() {
  const samples = await parts.db.sample.findMany({ where: { projectId }, include: { body: true }, orderBy: { ordinal: 'asc' } })
  return samples.map(({ body }) => ({
    frames: recordsOf(parseDocument(body?.document), 'coreFrame'),
    provenance: Object(body?.provenance) as Readonly<Record<string, { model: string; parameters: Record<string, unknown> }>>,
  }))
}

describe.skipIf(weights === null)('core frames picked by a selector', () => {
  beforeAll(async () => {
    server = await startModelServer()
    Object.assign(process.env, server.env)
    const models = path.join(process.env.CREMA_DATA ?? '', 'models')
    await mkdir(models, { recursive: true })
    symlinkSync(weights ?? '', path.join(models, 'embedded'))
    parts = await load()
    ;({ projectId } = await parts.projectWithVideos('selector', ['cfr-25']))
  })
  afterAll(async () => {
    parts.stopMedia()
    await server.close()
  })

  it('stand in the drafts with the selector’s name, and nothing before them is done again', async () => {
    await runWith(BY_WRITER)
    const written = await draftsOf()
    expect(written.length).toBeGreaterThan(0)
    expect(written.flatMap(({ frames }) => frames.map(({ match }) => match.method))).not.toContain('selector')

    const asked = server.log.length
    const tasks = await runWith(BY_SELECTOR)
    const done = tasks.filter(({ isMemo }) => !isMemo).map(({ stage }) => stage)
    expect(done).toContain('pick-core-frames')
    expect(done).not.toContain('filter-qa')
    expect(server.log.length).toBeGreaterThan(asked)
    expect(server.log.slice(0, asked).some(asksForFrames)).toBe(true)
    expect(server.log.slice(asked).some(asksForFrames)).toBe(false)

    const drafts = await draftsOf()
    expect(drafts).toHaveLength(written.length)
    const picked = await Promise.all(
      tasks
        .filter(({ stage }) => stage === 'pick-core-frames')
        .map(async ({ resultId }) => {
          const { output } = await parts.db.stageResult.findUniqueOrThrow({ where: { id: resultId ?? '' } })
          return pickCoreFramesOutputSchema.parse(output)
        }),
    )
    expect(picked).toHaveLength(drafts.length)
    for (const [at, { frames, provenance }] of drafts.entries()) {
      expect(frames.map(({ index }) => index)).toEqual(picked[at]?.frames.map(({ claimedIndex }) => claimedIndex))
      expect(frames.length).toBeLessThanOrEqual(FIRST_SELECTOR.k)
      for (const { id, match, score } of frames) {
        expect(match).toEqual({ method: 'selector', confidence: 1, by: 'selector adaptive in the pipeline' })
        expect(provenance[id]?.model).toBe('selector adaptive (ssd-coco + use-lite)')
        expect(provenance[id]?.parameters).toMatchObject({ stage: 'pick-core-frames', selector: 'adaptive', relevance: score })
      }
    }
  }, 120_000)

  it('are in memory for the same settings, and chosen anew for others', async () => {
    const again = await runWith(BY_SELECTOR)
    expect(again.filter(({ isMemo, stage }) => !isMemo && stage !== 'lint')).toEqual([])
    const other = await runWith({ ...BY_SELECTOR, selector: { ...FIRST_SELECTOR, method: 'uniform', k: 1 } })
    expect(other.find(({ stage }) => stage === 'pick-core-frames')?.isMemo).toBe(false)
    for (const { frames } of await draftsOf()) {
      expect(frames).toHaveLength(1)
      expect(frames[0]?.match).toMatchObject({ by: 'selector uniform in the pipeline' })
    }
  }, 120_000)
})
