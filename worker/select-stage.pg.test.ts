/** A run whose core frames a selector picks: after one whose writer picked them, with the embedded models on a real clip. */
import { symlinkSync } from 'node:fs'
import { appendFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { writeDualEncoder } from '@/bench/webgpu/dual-encoder-folder'
import { SMALL } from '@/bench/webgpu/dual-encoder-graph'
import { parseDocument, recordsOf } from '@/core/document'
import { pickCoreFramesOutputSchema } from '@/core/pipeline/outputs'
import { PROMPTS } from '@/core/pipeline/prompts/prompt-table'
import { wireSchemaOf } from '@/core/pipeline/prompts/wire-schema'
import { FIRST_SELECTOR, type PipelineSettings, PRESETS } from '@/core/pipeline/settings'
import { clipPath, clipSpec } from '@/e2e/fixtures/clips'
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

/** Frames that were decoded, with the stage that was at work. */
const decoded = vi.hoisted(() => {
  const all: { readonly stage: string; readonly index: number }[] = []
  return {
    stage: '',
    note(indices: readonly number[]) {
      all.push(...indices.map((index) => ({ stage: this.stage, index })))
    },
    pick: () => all.flatMap(({ stage, index }) => (stage === 'pick-core-frames' ? [index] : [])),
    clear: () => void all.splice(0),
  }
})
vi.mock('@/server/media/decode-stills', async (importOriginal) => {
  const real = await importOriginal<typeof import('@/server/media/decode-stills')>()
  const decodeStills: typeof real.decodeStills = (file, index, indices, ...rest) => {
    decoded.note(indices)
    return real.decodeStills(file, index, indices, ...rest)
  }
  return { ...real, decodeStills }
})

let server: ModelServer
/** Loaded after the environment names the server. */
const load = async () => ({
  ...(await import('./pipeline-for-tests')),
  ...(await import('./run-stage')),
  ...(await import('./models/register-model')),
  ...(await import('@/server/models/registered-manifest')),
  ...(await import('@/server/db')),
  ...(await import('@/server/media/register-video')),
  ...(await import('@/server/media/media-client')),
})
let parts: Awaited<ReturnType<typeof load>>
let projectId = ''

async function drained(settings: PipelineSettings) {
  const runId = await parts.startTestRun(projectId, { settings })
  for (let tasks = await parts.waitingTasks(runId); tasks[0] !== undefined; tasks = await parts.waitingTasks(runId)) {
    decoded.stage = tasks[0].stage
    await parts.runStage(tasks[0].id, NEVER)
  }
  return await parts.db.task.findMany({ where: { runId }, orderBy: [{ position: 'asc' }, { place: 'asc' }] })
}

async function runWith(settings: PipelineSettings) {
  const tasks = await drained(settings)
  expect(tasks.filter(({ state }) => state !== 'done').map(({ stage, errorMessage }) => ({ stage, errorMessage }))).toEqual([])
  return tasks
}

/** Ten seconds, enough for several questions. */
async function projectWithLongVideo(): Promise<string> {
  const { id } = await parts.db.project.create({ data: { slug: 'long', name: 'long' }, select: { id: true } })
  const spec = { ...clipSpec('cfr-25'), name: 'cfr-25-long', pts: Array.from({ length: 250 }, (_, frame) => frame) }
  await parts.registerVideo({ projectId: id, path: clipPath(spec), name: 'long.mp4' }, { probe: 'now' })
  return id
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

  it('are chosen by a registered dual encoder, which sees the frames of a video once for all its drafts', async () => {
    const name = 'by/chance'
    const folder = path.join(parts.registeredFolder(), ...name.split('/'))
    await writeDualEncoder(folder, SMALL, { modelType: 'siglip', resample: 2, isSplit: true })
    await parts.registerModel(folder)
    decoded.clear()
    const selector = { ...FIRST_SELECTOR, weights: { text: 0, objects: 0, vision: 1 }, visionModel: name, k: 2 }
    projectId = await projectWithLongVideo()
    const tasks = await runWith({ ...BY_SELECTOR, selector: { ...selector, method: 'topk' } })
    const picking = tasks.filter(({ stage }) => stage === 'pick-core-frames')
    expect(picking.length).toBeGreaterThan(1)
    expect(picking.map(({ isMemo }) => isMemo)).not.toContain(true)
    const drafts = await draftsOf()
    expect(drafts).toHaveLength(picking.length)
    for (const { frames, provenance } of drafts) {
      expect(frames).toHaveLength(2)
      for (const { id, match } of frames) {
        expect(match).toMatchObject({ by: 'selector topk in the pipeline' })
        expect(provenance[id]?.model).toBe(`selector topk (ssd-coco + ${name})`)
      }
    }
    const frames = decoded.pick()
    expect(frames.length).toBeGreaterThan(1)
    expect(new Set(frames).size).toBe(frames.length)
    // Chosen anew, nothing is looked at anew.
    decoded.clear()
    await runWith({ ...BY_SELECTOR, selector: { ...selector, method: 'mmr' } })
    expect(decoded.pick()).toEqual([])
  }, 120_000)

  it('end with a remedy where the dual encoder is not what was registered', async () => {
    const folder = path.join(parts.registeredFolder(), 'by', 'chance')
    await appendFile(path.join(folder, 'onnx', 'text_model.onnx'), 'x')
    const weights = { text: 0, objects: 0, vision: 1 }
    const selector = { ...FIRST_SELECTOR, weights, visionModel: 'by/chance', method: 'topk' as const, k: 1 }
    const failed = (await drained({ ...BY_SELECTOR, selector })).filter(({ state }) => state === 'failed')
    expect(failed.map(({ stage }) => stage)).toContain('pick-core-frames')
    for (const { errorMessage } of failed) expect(errorMessage).toMatch(/text_model\.onnx.*crema models add/)
  })
})
